"""A record that some crawler made of an article: its address, fields read off its page, and a piece of its markup.

It may lie anywhere in a reply of unknown shape: a dump of a database, a feed in JSON, a reply of a crawling service.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from crawler import sites
from crawler.body.document import text_of
from crawler.body.shows import shows
from crawler.items import Article
from crawler.pages import extraction
from crawler.pages.eastmoney import article_page
from crawler.pages.eastmoney.elements import Elements
from crawler.pages.eastmoney.eras import ERAS
from crawler.pages.eastmoney.media_names import closing_medium
from crawler.pages.eastmoney.prose import plain, without_site
from crawler.pages.eastmoney.reply import first_text, named_medium, time_in
from crawler.pages.escapes import with_line_ends
from crawler.pages.json_text import parsed
from crawler.pages.promise import names_ours
from crawler.pages.record_fields import ADDRESSES, ARTICLE_NUMBER, CUT_OFF, ENDS, fields_of, texts_in, unfolded
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.patterns import compiled
from crawler.urls import hostname

_BLOCK = compiled(r"(?:<|&lt;|&#0*+60;|&#x0*+3c;|\\u003c|%3c)(?:p|div|br|table)(?![a-z0-9])", re.IGNORECASE)
"""Markup of a text, be it escaped as a whole."""
_PAGE = compiled(r"\s*+<(?:!doctype|html)\b", re.IGNORECASE)
_MERCURY = frozenset(("next_page_url", "rendered_pages"))
"""Fields of a parser (Mercury, Postlight) that takes a page's time for one of the zone in which its machine stands."""
_TEXTS = frozenset(
    (
        *("text", "raw_text", "maintext", "cleaned_text", "content_text", "markdown"),
        *("article", "articlebody", "article_body", "fulltext", "正文"),
    )
)
"""Fields that hold no digest, be they short."""
_CONTENTS = frozenset(("content", "body", "内容"))
"""Fields that hold a digest or a short article, which ends with a sentence."""
_DIGEST = "摘要"
"""A column of akshare's, of digests as long as they may be."""
_HAN = compiled("[\u4e00-\u9fff]")
_SHORT = 300
"""Characters of a field that may be a digest, a list's."""
_DEEP = 100
_MEDIA = (
    *("media", "medium", "medianame", "media_name", "媒体", "媒体名称", "source_name", "sourcename", "news_source"),
    *("文章来源", "source", "from", "来源"),
)
"""Fields that name the medium, in the order they are believed: the last may name the site."""
_NO_PROSE = frozenset(("title", "headline", "name", "标题"))
"""Fields of which many are a list of other articles."""
_CODES = compiled(r"[\w.,-]*", re.ASCII)
"""Of securities and the like: thousands of them are no text."""
_NUMBERED = compiled(
    rf'"(?:news_?id|art_?code|info_?code|code|id)"\s*+:\s*+"{ARTICLE_NUMBER}"|"{ARTICLE_NUMBER}"\s*+:',
    re.ASCII | re.IGNORECASE,
)
"""An article's number, as a value or as the name of what is said of it."""

EXAMPLES = (
    ("", '{"url":"http://finance.eastmoney.com/a/202201142248170578.html","title":"题","html":"<p>正文</p>"}'),
    ("", '{"items":[{"url":"http://finance.eastmoney.com/a/202201142248170578.html","content_html":"<p>正文</p>"}]}'),
)


def matches(url: str, text: str) -> bool:
    """Whether the page is JSON that names the address of an East Money article, or its number."""
    return names_ours(text) or _NUMBERED.search(text) is not None


def read(url: str, text: str) -> tuple[Article, ...]:
    """The articles, where one field alone holds markup of each; where none holds more than a digest, what a list says.

    Raises Unreadable when nobody can tell which field is the body, whether it is whole, or of what article it is.
    """
    value = parsed(text)
    found = list(_records(value))
    if not found:
        named = _NUMBERED.search(text) or any(_is_article(said) or _leads_to_one(said) for _, said in texts_in(value))
        if (named and _holds_text(value)) or any(closing_medium(said) for _, said in texts_in(value)):
            raise Unreadable(
                "long text and an article's address, of which nobody can tell whether they belong together"
            )
        raise Unreadable(f"{NOT_OURS}: it names articles, and holds none")
    articles = tuple(article for record in found for article in _articles(record))
    is_list = all(article.origin == "list" for article in articles)
    if is_list and (_holds_text(value) if len(found) == 1 else _holds_prose(value)):
        raise Unreadable("a record of an article, and long text beside it")
    return articles


def _articles(fields: Mapping[str, object]) -> tuple[Article, ...]:
    address = _address(fields)
    texts = {key: said for key, said in fields.items() if isinstance(said, str)}
    marked = {said for said in texts.values() if _BLOCK.search(said) and shows(said)}
    most = 2 * max((_letters(text_of(said)) for said in marked), default=0)
    more = {key: said for key, said in texts.items() if key not in _NO_PROSE and _letters(said) > most}
    is_cut, is_less = any(map(CUT_OFF.search, marked)), any("。" in said for said in more.values())
    whole = len(marked) == 1 and not is_cut and not is_less
    if _title(fields) and (text := _closed_text(more)):
        return extraction.read(address, "\n".join((address, *_head(fields), text)))
    if not whole and _holds_text(fields):
        raise Unreadable("a record of an article, of which nobody can tell where its body is, or whether it is whole")
    if whole and _PAGE.match(page := next(iter(marked))):
        return article_page.read(address, page)
    body = _body(marked.pop()) if whole else None
    name, title = closing_medium(body or "") or _medium(fields), _title(fields)
    return (
        Article(
            code=sites.digits(sites.code_of_url(address) or ""),
            origin="article-page" if whole else "list",
            url=address,
            title=title,
            time=_time(fields),
            tag=sites.tag_of(name) if name else None,
            text=body,
        ),
    )


def _letters(text: str) -> int:
    """How much a text says: pictures in letters, addresses and the like say nothing."""
    return len(_HAN.findall(text))


def _medium(fields: Mapping[str, object]) -> str | None:
    named = {**fields, "source": _no_address(fields)}
    return named_medium(named, *_MEDIA)


def _title(fields: Mapping[str, object]) -> str | None:
    title = first_text(fields, "title", "headline", "标题", "新闻标题", "文章标题", "news_title", "article_title")
    return without_site(plain(title)) if title else title


def _closed_text(texts: Mapping[str, str]) -> str:
    """The plain text that ends as articles do, of several spellings that with most lines; "" where texts differ."""
    found = [with_line_ends(said.strip()) for said in texts.values()]
    found = [said for said in found if closing_medium(said.splitlines()[-1] if said else "")]
    same = {"".join(said.split()) for said in found}
    return max(found, key=lambda said: said.count("\n")) if len(same) == 1 else ""


def _head(fields: Mapping[str, object]) -> list[str]:
    """The lines with which a text off a page begins: its title, and its time."""
    return [line for line in (_title(fields), _time(fields)) if line]


def _time(fields: Mapping[str, object]) -> str | None:
    return None if fields.keys() >= _MERCURY else time_in(fields)


def _no_address(fields: Mapping[str, object]) -> object:
    said = fields.get("source")
    return None if isinstance(said, str) and "://" in said else said


def _is_long(key: str, said: str) -> bool:
    """Whether a text is more than a digest, or the whole of a short article."""
    is_whole = ENDS.search(said) if key in _CONTENTS else key in _TEXTS and not CUT_OFF.search(said)
    return (len(said) > _SHORT and key != _DIGEST) or bool(_BLOCK.search(said)) or bool(is_whole)


def _holds_prose(value: object) -> bool:
    """Whether a field holds more than a digest, in sentences: bookmarks have long addresses, lists places and codes."""
    return any(("。" in said and _is_long(key, said)) or closing_medium(said) for key, said in texts_in(value))


def _holds_text(value: object) -> bool:
    """Whether a field holds more than a digest, or those of one name do that lie in lists: its paragraphs."""
    if any(_is_long(key, said) or closing_medium(said) for key, said in texts_in(value)):
        return True
    together: dict[str, int] = {}
    for key, said in texts_in(value):
        if key not in (*_NO_PROSE, _DIGEST) and "//" not in said and not _CODES.fullmatch(said):
            together[key] = together.get(key, 0) + len(said)
    return any(size > _SHORT for size in together.values())


def _body(markup: str) -> str:
    """What a container of East Money's in it holds, else all of it."""
    page = Elements(markup)
    found = next((element for era in ERAS if (element := page.shown(era.container)) and element.closed), None)
    return markup[slice(*found.inner)] if found else markup


def _records(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The records of articles in a value; what is in one is its own."""
    if depth > _DEEP:
        return
    value = unfolded(value)
    if _address(fields := fields_of(value)):
        yield fields
        return
    if isinstance(value, Mapping):
        for name, part in value.items():
            named = isinstance(part, Mapping) and _is_article(str(name))
            yield from _records({**part, "url": name} if named else part, depth + 1)
    for part in value if isinstance(value, list) else ():
        yield from _records(part, depth + 1)


def _address(fields: Mapping[str, object]) -> str:
    """The address of the article, "" when the record has none of East Money."""
    urls = [value for key in ADDRESSES if isinstance(value := fields.get(key), str)]
    return next((url.strip() for url in urls if _is_article(url)), "")


def _is_article(text: str) -> bool:
    """Whether a text is the address of an article of East Money's, and nothing else."""
    url = text.strip() if len(text) < _SHORT else ""
    is_ours = sites.is_eastmoney(url) or hostname(url) in sites.SHARE_HOSTS
    return is_ours and sites.code_of_url(url) is not None


def _leads_to_one(text: str) -> bool:
    """Whether a text is another's address that has an article's in it: a service's that shows, or counts, pages."""
    url = text.strip() if len(text) < _SHORT else ""
    return url.startswith("http") and len(url.split()) == 1 and names_ours(unquote(url))

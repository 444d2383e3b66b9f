"""A rendered post page of the site: title, time, category, tag, share link, and the body as kramdown left it."""

import re
from urllib.parse import unquote

from crawler import footer, sites
from crawler.items import Article
from crawler.pages import kramdown, site_list
from crawler.pages.damage import damage
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled
from crawler.times import beijing

_HEAD = compiled(r"<small\b[^<>]*+>\s*+[(\[]GMT\+8(?P<stamp>[^<]*+)</small>\s*+<h1\b[^<>]*+>")
_STAMPS = compiled(r"<small\b[^<>]*+>\s*+[(\[]GMT\+8")
"""The header has round brackets, or square ones."""
_TITLE_END = compiled(r"</h1>(?=[^\S\n]*+(?:\n|<|\Z))")
_BARE_TITLE_END = compiled("</h1>")
_BARE_HEAD = compiled(r"<section\b[^<>]*+>\s*+(?:<small\b[^<>]*+>[^<]*+</small>\s*+)?<h1\b[^<>]*+>")
_TAGS = compiled(
    r"<small\b[^<>]*+>\s*+tags:\s*+(?P<tags>[^<]*+(?:<(?!/?small\b)[^<]*+)*+)</small>(?=[^\S\n]*+(?:</section>|\Z|\n))"
)
_EMPHASIS = compiled(r"<em\b[^<>]*+>([^<]*+(?:<(?!/?em\b)[^<]*+)*+)</em>")
_PUBLISHED = compiled(r'<meta property="article:published_time" content="(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\+08:00"')
_CELL = compiled(r"</td>\s*<td>")
_GAPS = compiled(" +")
_END = r"\s*+(?:</p>\s*+)?\Z"
_MARKDOWN_LINK = r"\[返回(?P<mtag>(?:[^<\n\]]|\](?!\())*+)\]\((?P<mhref>[^<\n]*?)\)"
_P = r"<p(?:\s[^<>]*+)?>\s*+"
_HREF = r"""href=(?:"(?P<href>[^"<>]*+)"|'(?P<href1>[^'<>]*+)'|(?P<href2>[^"'<>\s]*+))"""
_A = rf"<a\b[^<>]{{0,300}}?\s{_HREF}(?:\s[^<>]{{0,300}}+)?>\s*+"
_FOOTER = compiled(
    rf"{_P}(?:{_A}返回(?P<tag>[^<]*+(?:<(?!/a>)[^<]*+)*+)</a>|{_MARKDOWN_LINK})\s*+(?:｜\s*+)?"
    rf"<a\b[^<>]*+>\s*+返回首页\s*+</a>{_END}"
)
_BLANKS = " \t\n"
_TABLE = compiled(r"<table>\s*+<tbody>\s*+<tr>\s*+<td>")
_TABLE_END = compiled(r"</td>\s*+</tr>\s*+</tbody>\s*+</table>\s*+\Z")
_LINK = compiled(rf"{_P}(?:{_A}(?P<spelled>[^<]*+)</a>|(?P<none>&lt;&gt;)){_END}")
"""Tools that save a page leave out quotes and end tags, or have others, and attributes of their own."""
_LINE_END = compiled("\r\n?")
"""kramdown writes LF alone: another line end is that of who saved the page."""
_ABSOLUTE, _UP = compiled(r"(?:https?:)?//", re.IGNORECASE), compiled(r"\A(?:\.\./)++")
_QUOTE = compiled(r"\A\s*<blockquote\b[^<>]*+>(?P<digest>.*?)</blockquote>\s*", re.DOTALL)


EXAMPLES = (
    (
        "https://finews.withounder.com/a/2022/01/14/NW202201142248170578.html",
        "<section><small>(GMT+8) 2022-01-14 13:02:46</small><h1>题</h1>\n<p>正文</p></section>",
    ),
)


def matches(url: str, text: str) -> bool:
    """Whether the page is a rendered post."""
    if sites.is_eastmoney(url):
        return False
    if _STAMPS.search(text):
        return True
    address = sites.post_address(url)
    return address is not None and sites.CODE.fullmatch(address.code) is not None and "<section" in text


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article of the page; raises Unreadable when it has no post in it.

    The title is the source text between ``<h1>`` and ``</h1>``: layouts print it unescaped. A post whose front matter
    broke stands under an empty heading.
    """
    text = _LINE_END.sub("\n", text) if "\r" in text else text
    if len(_STAMPS.findall(text)) > 1:
        raise Unreadable("several pages in one file: split it")
    start = text.find("<section")
    head = _HEAD.search(text, max(start, 0))
    opening = head or _BARE_HEAD.search(text)
    if not opening:
        raise Unreadable("no post on the page")
    title, end = _title(text, opening.end())
    if not head and site_list.matches("", text):
        raise Unreadable("a list of posts in place of the post")
    if text.find("</section>", end) < 0:
        raise Unreadable("cut short")
    content, tags = _content(text, end)
    end, tag, category = _footer(content)
    if tag is None and (reason := damage(content)):  # with the footer other marks may be lost, too
        raise Unreadable(reason)
    content = content[:end].rstrip(_BLANKS)
    content, link = _link(content)
    address = sites.post_address(url)
    code = _code(address, link, category)
    tag = tags[0] if tag is None and len(tags) == 1 else tag
    category = _category(address, tag) if category is None else category
    tag = _as_wide(tag, category) if tag and category else tag
    kind = sites.post_kind(code, category)
    digest, html = _digest(content) if kind == "emnews" else (None, content)
    time = beijing(head["stamp"]) if head else None
    published = None if time else _PUBLISHED.search(text)
    time = " ".join(published.groups()) if published else time
    return (
        Article(
            code=code,
            origin="finews-page",
            url=url,
            kind=kind,
            title=title or None,
            time=time,
            category=category,
            tag=tag,
            link=link,
            digest=digest,
            text=kramdown.body(html.strip("\n")) or None,
        ),
    )


def _title(text: str, start: int) -> tuple[str, int]:
    """The heading as it is, and where the post begins; on a line of its own a tool put it that indents elements."""
    ending = _TITLE_END.search(text, start) or _BARE_TITLE_END.search(text, start)
    if not ending:
        raise Unreadable("no post on the page")
    if text.count("<p", start, ending.start()) > 1:
        raise Unreadable("broken markup: the heading does not end")
    heading = text[start : ending.start()]
    return heading.strip() if heading.lstrip(" \t").startswith("\n") else heading, ending.end()


def _code(address: sites.PostAddress | None, link: str | None, category: str | None) -> str:
    """The address tells it; of one that was renamed, the link. Only the site's own notices have other names."""
    linked = sites.code_of_url(link or "") if category != sites.SITENEWS else None
    code = address.code if address and (sites.CODE.fullmatch(address.code) or not linked) else linked
    if not code:
        raise Unreadable("neither the address nor a share link names the article")
    return code


def _content(text: str, start: int) -> tuple[str, list[str]]:
    """The rendered post without the layout round it, and the tags that the layout lists (split at blanks)."""
    end = text.rfind("</section>")
    text = text[start : end if end > start else len(text)]
    found = next(reversed(list(_TAGS.finditer(text))), None)
    if found is None:
        return text.strip("\n").rstrip(), []
    return text[: found.start()].strip("\n").rstrip(), [tag.strip(_BLANKS) for tag in _EMPHASIS.findall(found["tags"])]


def _footer(content: str) -> tuple[int, str | None, str | None]:
    """Where the footer begins, and the tag and slug that it names: what the rest of the page loses."""
    base = content
    table = _TABLE.match(content, max(0, content.rfind("<table>")))
    end = _TABLE_END.search(content, table.end()) if table else None
    if table and end:  # a `|` in the medium's name makes kramdown print the line as a table
        base = content[: table.start()] + "<p>" + _CELL.sub("|", content[table.end() : end.start()]) + "</p>"
    start = _last_paragraph(base[: base.rfind("返回首页") + 1])
    found = _FOOTER.match(base, start) if start >= 0 else None
    if found is None:
        return len(content), None, None
    href = _href(found) if found["tag"] is not None else found["mhref"]
    tag = found["tag"].rstrip(_BLANKS) if found["tag"] is not None else found["mtag"]
    return start, tag.replace("&amp;", "&"), footer.category_of(href)


def _link(content: str) -> tuple[str, str | None]:
    """The content without the share link at its end, and that link: "" for an empty one, None without."""
    found = _LINK.match(content, max(_last_paragraph(content), 0))
    if found is None:
        return content, None
    spelled = (found["spelled"] or "").strip()
    link = "" if found["none"] else _meant(_href(found), spelled)
    if link and not _ABSOLUTE.match(spelled) and not sites.code_of_url(link):  # words of the article's, with a link
        return content, None
    return content[: found.start()].rstrip(_BLANKS), link


def _last_paragraph(content: str) -> int:
    """Where the last paragraph begins; -1 without any."""
    return max(content.rfind("<p>"), content.rfind("<p "))


def _href(found: re.Match[str]) -> str:
    """The address of the link that was found, whatever quotes it has."""
    return found["href"] or found["href1"] or found["href2"] or ""


def _meant(href: str, spelled: str) -> str | None:
    """The article's link; what kramdown spelled where a saver put a place over it, or what that place names."""
    for told in (href, spelled):
        if _ABSOLUTE.match(told):
            return told.replace("&amp;", "&")
    path, mark, query = unquote(_UP.sub("", href)).partition("?")
    link = f"http://{path}{mark}{query.removesuffix('.html')}"
    return link if "." in path.partition("/")[0] and sites.code_of_url(link) else None


def _as_wide(tag: str, category: str) -> str:
    """The tag with as many blanks between its words as the slug has: savers may leave one of several."""
    words, gaps = tag.split(" "), _GAPS.findall(category)
    if len(words) != len(gaps) + 1 or "  " not in category:
        return tag
    return "".join(word + gap for word, gap in zip(words, [*gaps, ""], strict=True))


def _category(address: sites.PostAddress | None, tag: str | None) -> str | None:
    """The category without a footer: the address has it in lower case, the tag's own slug gives the case back."""
    if tag == sites.EMNEWS_TAG:
        return sites.EMNEWS
    if address is None or not address.category:
        return None
    computed = sites.slug(sites.medium_of(tag)) if tag else ""
    return computed if computed.lower() == address.category else address.category.replace("/", " ")


def _digest(content: str) -> tuple[str | None, str]:
    """Digest and body of an emnews post; the first emnews posts had a digest as plain text, and no body."""
    if quote := _QUOTE.match(content):
        html = content[quote.end() :]
        return kramdown.digest(quote["digest"], html), html
    if re.fullmatch(r"\s*<p>(?:(?!</?p>).)*</p>\s*", content, re.DOTALL):
        return kramdown.digest(content), ""
    return None, content

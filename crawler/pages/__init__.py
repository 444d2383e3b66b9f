"""Reading: a Page in, the articles it tells of out. One module per kind of page, decided by address and content."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Final, NamedTuple, Protocol, TypeAlias, cast

from crawler import sites
from crawler.items import EAST_MONEY, WHOLE, Article, Origin, Page, changed
from crawler.pages.damage import mended, undo
from crawler.pages.eastmoney import pager
from crawler.pages.eastmoney.prose import LONGEST_HEAD, is_anothers, page_title
from crawler.pages.encoding import decode
from crawler.pages.escapes import with_characters
from crawler.pages.identity import prove
from crawler.pages.json_text import is_json, is_refusal
from crawler.pages.json_view import unwrap_json_view
from crawler.pages.made_elements import unmade
from crawler.pages.promise import NOT_KNOWN, is_clipped, promises_article
from crawler.pages.saved_date import saved_date
from crawler.pages.server_message import server_message
from crawler.pages.shared_pictures import with_pictures
from crawler.pages.source_view import unwrap_source_view
from crawler.pages.translated import own_language
from crawler.pages.unreadable import NOT_OURS, AnothersPage, TooSlow, Unreadable, Withdrawn
from crawler.pages.walls import wall
from crawler.pages.withdrawn import notice, notice_on
from crawler.patterns import compiled
from crawler.urls import hostname

__all__ = [
    "KINDS",
    "AnothersPage",
    "PageContent",
    "PageKind",
    "TooSlow",
    "Unreadable",
    "Withdrawn",
    "kinds_of",
    "read",
    "read_as",
]

_ROOT = compiled(r"<(?:!doctype\s+(?:html|netscape-bookmark)|html|head|body)\b", re.IGNORECASE)
_SHEET = compiled(r"<html\b[^<>]*\boffice:excel|\bExcel\.Sheet|<table\b[^<>]*\b(?:waffle|dataframe)\b", re.IGNORECASE)
"""What programs make of tables: their rows may be whole articles."""
_BASE = compiled(r"""<base\b[^<>]*?\bhref\s*=\s*["']?(https?://[^"'\s<>]+)""", re.IGNORECASE)
_PAGES: Final = frozenset[Origin](("article-page", "wap", "extraction"))
"""What readers see: replies hold all of an article, and posts are whole, or were published so."""
_HEAD = 1 << 13
"""Characters of a page in which such an element is looked for: it stands before all addresses."""
Example: TypeAlias = tuple[str, str]
"""The address and the text of a page that gives an article."""


class PageKind(Protocol):
    """A kind of page, which is a module: how it is known, how it is read, and pages to try it with."""

    @property
    def EXAMPLES(self) -> tuple[Example, ...]:  # noqa: N802 - a constant of the module
        """Such pages, one for each of its shapes."""

    def matches(self, url: str, text: str) -> bool:
        """Whether a page is of this kind; of one that is nothing but JSON, the text is JSON."""

    def read(self, url: str, text: str) -> tuple[Article, ...]:
        """The articles of such a page; raises Unreadable."""


class PageContent(NamedTuple):
    """What a page says: its kind, and the articles it tells of, in the order of the page."""

    page_kind: str
    articles: tuple[Article, ...]


_MODULES: Final = {
    "feed": "feed",
    "search": "eastmoney.searches",
    "news-text": "news_text",
    "extraction": "extraction",
    "post-file": "post_file",
    "github": "github_file",
    "share": "share",
    "post": "post_page",
    "list": "site_list",
    "app-api": "eastmoney.app_api",
    "web-api": "eastmoney.web_api",
    "list-api": "eastmoney.list_api",
    "record": "record",
    "article-page": "eastmoney.article_page",
    "list-page": "eastmoney.list_page",
}
"""In the order they are tried: adding a kind of page is adding a line."""
_JSON: Final = frozenset({"search", "app-api", "web-api", "list-api", "record"})
"""Those that are JSON, whatever their address: no other text is shown to them."""
_NOT_JSON: Final = tuple(name for name in _MODULES if name not in _JSON)


class _Kinds(Mapping[str, PageKind]):
    """By their names, each loaded when it is first asked for: a crawl reads seven of them, most commands none."""

    def __getitem__(self, name: str) -> PageKind:
        return _kind(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


@cache
def _kind(name: str) -> PageKind:
    return cast("PageKind", import_module(f"{__name__}.{_MODULES[name]}"))


KINDS: Final[Mapping[str, PageKind]] = _Kinds()


def kinds_of(url: str, text: str) -> Iterator[str]:
    """The names of the kinds that know the page, in the order in which they are to read it."""
    may_be = _MODULES if is_json(text) else _NOT_JSON
    return (name for name in may_be if _kind(name).matches(url, text))


def read(page: Page, known: sites.Sites = sites.KNOWN) -> PageContent:
    """What the page says, whatever kind it is of; raises Unreadable with the reason when it is none we know."""
    text = with_characters(
        own_language(with_pictures(unwrap_source_view(unwrap_json_view(decode(page.body, page.encoding)))))
    )

    def read_text(text: str) -> PageContent:
        refused = None
        for name in kinds_of(page.url, text):
            try:
                return _content(name, page, text)
            except Unreadable as error:
                if not str(error).startswith(NOT_OURS):
                    raise
                if name != "article-page" or not _promises(page.url, text, known):
                    refused = refused or error  # it may be one of another kind
        raise refused or _unknown(page.url, text, known)

    return _read_sound(text, read_text)


def read_as(name: str, page: Page) -> PageContent:
    """What the page says, read as a page of the named kind: for callers that know what they asked for."""
    text = with_characters(decode(page.body, page.encoding))
    if not text.strip():
        raise Unreadable("empty page")
    return _read_sound(text, lambda text: _content(name, page, text))


def _read_sound(text: str, read_text: Callable[[str], PageContent]) -> PageContent:
    """What is read from a text, or from the one that it was before a wrong reading, where what was read shows one.

    In JSON, which may spell characters as numbers, a wrong reading is undone in the values alone.
    """
    content = refused = None
    try:
        content = read_text(text)
        if not any(article.undone for article in content.articles):
            return content
    except Unreadable as error:
        refused = error
    sound = text if is_json(text) else undo(text)
    if sound is not text:
        content = read_text(sound)
        return content._replace(articles=tuple(changed(article, undone=True) for article in content.articles))
    if content is None:
        assert refused
        raise refused
    return content


def _unknown(url: str, text: str, known: sites.Sites) -> Unreadable:
    """Why a page is of no kind we know."""
    if not text.strip():
        return Unreadable("empty page")
    if is_json(text) and is_refusal(text):
        return Unreadable("blocked: JSON says so, in place of what was asked for")
    if sites.is_promised(url, known):
        if words := notice_on(text):
            return Withdrawn(words)
        return Unreadable("cut short, or an error page: nothing of what stands at its address")
    if _promises(url, text, known):
        return Unreadable(NOT_KNOWN)
    return Unreadable(f"{NOT_OURS}: no page of a kind we know")


def _part(article: Article) -> Article:
    """The article as one of several pages where its address or a link in its body says so, whatever tells of it."""
    body = article.text or article.content or ""
    if not body or article.origin == "post-file" or article.part != WHOLE or not sites.CODE.fullmatch(article.code):
        return article
    number = pager.part(article.url, sites.digits(article.code), body, body)
    if number == WHOLE:
        return article
    return changed(article, part=number, text=pager.without_links(body), content=None)


def _promises(url: str, text: str, known: sites.Sites) -> bool:
    """Whether a text that is no page and no reply of another site's may hold an article of ours."""
    host = hostname(url)
    if (host and not known.is_article_host(host)) or is_json(text):
        return False
    root = _ROOT.search(text[:1024])
    if root is None or _SHEET.search(text, root.start(), root.start() + 2048):
        return promises_article(text.encode("utf-8", "replace"))
    return not host and is_clipped(text) and not is_anothers(page_title(text[:LONGEST_HEAD]))


def _base(text: str) -> str:
    """What a page's head makes relative addresses relative to; "" where it says nothing of it."""
    head = text[:_HEAD]
    if "<base" not in head and "<BASE" not in head:
        return ""
    body = head.lower().find("<body")
    found = _BASE.search(head, 0, body if body >= 0 else _HEAD)
    return found[1] if found else ""


def _content(name: str, page: Page, text: str) -> PageContent:
    """What the page says, seen to be of the article at its address; with the times of its receipt and its pictures."""
    try:
        articles = tuple(unmade(mended(article)) for article in KINDS[name].read(page.url, text))
        articles = articles if name == "article-page" else tuple(map(_part, articles))
    except Unreadable as error:
        if not isinstance(error, AnothersPage | Withdrawn) and not is_json(text) and (words := notice_on(text)):
            raise Withdrawn(words) from None
        raise
    if articles and articles[0].origin in EAST_MONEY and not is_json(text) and (base := _base(text)):
        articles = tuple(changed(article, base=base) for article in articles)
    has_pictures = any("data:image/" in (a.text or a.content or "") for a in articles)
    saved = (page.fetched or saved_date(text)) if has_pictures else None
    if page.fetched or saved:
        fetched = int(page.fetched.timestamp()) if page.fetched else 0
        articles = tuple(changed(article, fetched=fetched, saved=saved and saved.isoformat()) for article in articles)
    if len(articles) == 1 and (article := articles[0]).origin != "list":
        prove(article)
        if words := notice(article.text or article.content or ""):
            raise Withdrawn(words, code=article.code)
        said = article.text or article.content or ""
        if words := server_message(said) or (wall(said) if article.origin in _PAGES else ""):
            raise Unreadable(f"in place of the article, a server's message: {words}")
    return PageContent(name, articles)

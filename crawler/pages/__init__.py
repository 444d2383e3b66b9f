"""Reading: a Page in, the articles it tells of out. One module per kind of page, decided by address and content."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from crawler import sites
from crawler.items import Article, Page
from crawler.pages import news_text, post_file, post_page, share, site_list
from crawler.pages.eastmoney import app_api, article_page, list_api, web_api
from crawler.pages.encoding import decode
from crawler.pages.json_text import is_json, is_refusal
from crawler.pages.shown_json import undressed
from crawler.pages.unreadable import NOT_OURS, Unreadable

__all__ = ["KINDS", "Kind", "Reading", "Unreadable", "read", "read_as"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: how it is known, and how it is read."""

    name: str
    matches: Callable[[str, str], bool]
    read: Callable[[str, str], tuple[Article, ...]]


class Reading(NamedTuple):
    """What a page says: its kind, and the articles it tells of, in the order of the page."""

    kind: str
    articles: tuple[Article, ...]


KINDS = (
    Kind("news-text", news_text.matches, news_text.read),
    Kind("post-file", post_file.matches, post_file.read),
    Kind("share", share.matches, share.read),
    Kind("post", post_page.matches, post_page.read),
    Kind("list", site_list.matches, site_list.read),
    Kind("app-api", app_api.matches, app_api.read),
    Kind("web-api", web_api.matches, web_api.read),
    Kind("list-api", list_api.matches, list_api.read),
    Kind("article-page", article_page.matches, article_page.read),
)
"""In the order they are tried: adding a kind of page is adding a line."""

_BY_NAME = {kind.name: kind for kind in KINDS}


def read(page: Page, known: sites.Sites = sites.KNOWN) -> Reading:
    """What the page says, whatever kind it is of; raises Unreadable with the reason when it is none we know."""
    text = undressed(decode(page.body, page.encoding))
    for kind in KINDS:
        if kind.matches(page.url, text):
            return Reading(kind.name, kind.read(page.url, text))
    if not text.strip():
        raise Unreadable("empty page")
    if is_json(text) and is_refusal(text):
        raise Unreadable("blocked: JSON says so, in place of what was asked for")
    if sites.is_promised(page.url, known):
        raise Unreadable("cut short, or an error page: nothing of what stands at its address")
    raise Unreadable(f"{NOT_OURS}: no page of a kind we know")


def read_as(name: str, page: Page) -> Reading:
    """What the page says, read as a page of the named kind: for callers that know what they asked for."""
    text = decode(page.body, page.encoding)
    if not text.strip():
        raise Unreadable("empty page")
    return Reading(name, _BY_NAME[name].read(page.url, text))

"""Reading: a Page in, the articles it tells of out. One module per kind of page, decided by address and content."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler import hosts, sources
from crawler.items import Article, Page
from crawler.pages import news_text, post_file, post_page, share, site_list
from crawler.pages.eastmoney import app_api, article_page, list_api, web_api
from crawler.pages.encoding import decode
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

_SHOWN_JSON = re.compile(
    r"\s*<html\b[^<>]*>\s*(?:<head\b[^<>]*>(?:(?!</head>).){0,4000}</head>)?\s*<body\b[^<>]*>\s*<pre\b[^<>]*>"
    r"(?P<json>\s*[^<>]{0,200}[{\[][^<>]*+)</pre>(?:\s|<div\b[^<>]*>|</div>)*+</body>\s*</html>\s*",
    re.IGNORECASE | re.DOTALL,
)
_BY_NAME = {kind.name: kind for kind in KINDS}


def read(page: Page) -> Reading:
    """What the page says, whatever kind it is of; raises Unreadable with the reason when it is none we know."""
    text = _undressed(decode(page.body, page.encoding))
    for kind in KINDS:
        if kind.matches(page.url, text):
            return Reading(kind.name, kind.read(page.url, text))
    if not text.strip():
        raise Unreadable("empty page")
    if _is_promised(page.url):
        raise Unreadable("cut short, or an error page: nothing of what stands at its address")
    raise Unreadable(f"{NOT_OURS}: no page of a kind we know")


def _is_promised(url: str) -> bool:
    """Whether an article or a list of the site stands at the address."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == hosts.SITE_HOST:
        path = parts.path.removesuffix("index.html")
        return path in {"", "/", "/emnews/"} or path.startswith("/category/") or sources.post_address(url) is not None
    named = sources.CODE.search(f"{parts.path.rpartition('/')[2]}?{parts.query}")
    return named is not None and (host in hosts.SHARE_HOSTS or host.endswith(".eastmoney.com"))


def _undressed(text: str) -> str:
    """The JSON inside the page that a browser makes of it to show it; any other text as it is."""
    if "<pre" not in text[:2000] or not (dressed := _SHOWN_JSON.fullmatch(text)):
        return text
    return html.unescape(dressed["json"])


def read_as(name: str, page: Page) -> Reading:
    """What the page says, read as a page of the named kind: for callers that know what they asked for."""
    text = decode(page.body, page.encoding)
    if not text.strip():
        raise Unreadable("empty page")
    return Reading(name, _BY_NAME[name].read(page.url, text))

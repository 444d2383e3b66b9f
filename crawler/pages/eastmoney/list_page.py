"""Reads the list pages of East Money's columns, saved (domain-facts 13.1): they name articles, and are none."""

import re

from crawler import sites
from crawler.items import Article
from crawler.pages.eastmoney.prose import one_line
from crawler.pages.unreadable import NOT_OURS, Unreadable

_SIGN = re.compile(r"<(?:ul|div)\b[^<>]*\bid\s*=\s*[\"']?(?:newsListContent|artitileList1)\b", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?(?P<href>[^\"'<>\s]+)[^<>]*+>(?P<title>[^<]*+)</a", re.IGNORECASE)

EXAMPLES = (
    (
        "https://finance.eastmoney.com/a/cgnjj.html",
        '<ul id="newsListContent"><li><a href="http://finance.eastmoney.com/a/202201142248170578.html">题</a></li></ul>',
    ),
)


def matches(url: str, text: str) -> bool:
    """Tell whether a page is such a list."""
    return text.lstrip("\ufeff \t\r\n").startswith("<") and "List" in text and _SIGN.search(text) is not None


def read(url: str, text: str) -> tuple[Article, ...]:
    """Read which articles the page names, with their titles."""
    found: dict[str, Article] = {}
    for link in _LINK.finditer(text, _SIGN.search(text).end()):  # type: ignore[union-attr]  # it matched
        code, title = _code(link["href"]), one_line(link["title"])
        if code and title:
            found.setdefault(code, Article(code=code, origin="list", url=url, title=title))
    if not found:
        raise Unreadable(f"{NOT_OURS}: a list without news articles")
    return tuple(found.values())


def _code(href: str) -> str | None:
    try:
        return sites.code_of_url(href)
    except ValueError:
        return None

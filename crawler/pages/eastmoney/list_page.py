"""Reads the list pages of East Money's columns, saved (domain-facts 13.1): they name articles, and are none."""

import re
from collections import deque
from collections.abc import Iterator

from crawler import sites
from crawler.items import Article
from crawler.pages.eastmoney.prose import one_line, with_class
from crawler.pages.unreadable import NOT_OURS, Unreadable
from crawler.patterns import compiled

_SIGN = compiled(r"<(?:ul|div)\b[^<>]*\bid\s*=\s*[\"']?(?:newsListContent|artitileList1)\b", re.IGNORECASE)
_LINK = compiled(r"<a\b[^<>]*?\bhref\s*=\s*[\"']?(?P<href>[^\"'<>\s]+)[^<>]*+>(?P<title>[^<]*+)</a", re.IGNORECASE)
_TIME = compiled(rf"{with_class('(?:p|span|div)', 'time')}(?P<time>[^<]{{0,60}})</", re.IGNORECASE)

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
    named = {code: title for _, code, title in _named(text)}
    if not named:
        raise Unreadable(f"{NOT_OURS}: a list without news articles")
    return tuple(Article(code=code, origin="list", url=url, title=title) for code, title in named.items())


def times(text: str) -> dict[str, str]:
    """Read when the articles were shown, as it stands behind the title of each, "" where nothing does."""
    named, told = list(_named(text)), dict[str, str]()
    spelled = deque((found.start(), found["time"]) for found in _TIME.finditer(text))
    for (start, code, _), (end, *_) in zip(named, [*named[1:], (len(text), "", "")], strict=False):
        while spelled and spelled[0][0] < start:
            spelled.popleft()
        told[sites.digits(code)] = spelled[0][1] if spelled and spelled[0][0] < end else ""
    return told


def _named(text: str) -> Iterator[tuple[int, str, str]]:
    """Give the place, the code and the title of each article, once."""
    sign, seen = _SIGN.search(text), set[str]()
    for link in _LINK.finditer(text, sign.end()) if sign else ():
        code, title = sites.code_of_url(link["href"]), one_line(link["title"])
        if code and title and code not in seen:
            seen.add(code)
            yield link.start(), code, title

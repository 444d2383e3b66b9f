"""What an East Money article page says beside its body: title, time, media name."""

import re
from datetime import date
from typing import Protocol

from crawler import sources
from crawler.markup import Span, attribute
from crawler.pages.eastmoney.prose import medium, one_line, plain, without_site
from crawler.pages.eastmoney.times import beijing
from crawler.pages.eastmoney.visible import Element, Selector

_TITLE = Selector("title")
_HEADINGS = (
    Selector("h1"),
    Selector("div", "class", "title"),
    Selector("div", "class", "atitle"),
)
_TIMES = (Selector("", "class", "infos"), Selector("", "class", "time"))
_SOURCE = Selector("", "class", "source")
_CLASS = r"""\b[^<>]*\bclass\s*=\s*["']?[^"'<>]*"""
_ITEM = re.compile(rf"<(\w+){_CLASS}\bitem\b[^<>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_MEDIA = re.compile(rf"<p{_CLASS}\bem_media\b[^<>]*>(.*?)</p\s*>", re.IGNORECASE | re.DOTALL)
_LONG = 8  # a shorter heading that the page's title does not know is a logo or a column
_FULL_TIME = re.compile(r"20\d\d[-/年]\d{1,2}[-/月]\d{1,2}日?\s*\d{1,2}:\d{2}(?::\d{2})?")


class Look(Protocol):
    """The two ways to look at a page."""

    @property
    def source(self) -> str:
        """The page."""

    def first(self, selector: Selector, /) -> Element | None:
        """Find the first element that the selector means."""

    def comment(self, word: str, /) -> Span | None:
        """Find the first comment that holds ``word``."""


def _inner(look: Look, selector: Selector) -> str | None:
    element = look.first(selector)
    return None if element is None else look.source[slice(*element.inner)]


def title(look: Look) -> str | None:
    """Read the heading that the page's title begins with, else a long one, else the page's title without the site."""
    page_title = without_site(one_line(_inner(look, _TITLE) or ""))
    if page_title and f">{page_title}<" in look.source:  # a heading says the same
        return page_title
    headings = []
    for selector in _HEADINGS:
        heading = one_line(_inner(look, selector) or "")
        if heading and page_title.startswith(heading):
            return heading
        headings.append(heading)
    return next((h for h in headings if len(h) >= _LONG), "") or page_title or next(filter(None, headings), None)


def moment(look: Look, day: str, body: int) -> str | None:
    """Read the time from the element for it, else from just before the body when the day fits the id's."""
    for selector in _TIMES:
        markup = _inner(look, selector)
        if markup is not None and (found := beijing(one_line(markup))):
            return found
    for match in _FULL_TIME.finditer(look.source, max(0, body - 2000), body):
        found = beijing(match[0])
        if found and _near(found[:10], day):
            return found
    return None


def _near(one: str, other: str) -> bool:
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= 2
    except ValueError:
        return False


def media_name(look: Look, body: str) -> str | None:
    """Read the medium: an item beside the time, the source element, or the body's last paragraph (文章来源：X)."""
    infos = _inner(look, _TIMES[0])
    if infos is not None:
        items = [one_line(item[2]) for item in _ITEM.finditer(infos)]
        named = [item for item in items if "来源" in item] or items
        if found := next(filter(None, map(medium, named)), None):
            return found
    closing = _MEDIA.findall(body)
    if closing and (found := medium(plain(closing[-1]))):
        return found
    if source := look.first(_SOURCE):
        declared = attribute(look.source, source.tag, "data-source")
        if found := medium(one_line(declared.value if declared else look.source[slice(*source.inner)])):
            return found
    return sources.closing_medium(body)

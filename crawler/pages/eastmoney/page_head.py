"""The head of an article page, where it stands in the element that the body stands in: heading, time, medium."""

import re
from collections.abc import Iterator
from itertools import islice

from crawler.markup import Token, element_span, tokens, values
from crawler.pages.eastmoney.media_names import medium
from crawler.pages.eastmoney.prose import one_line, pieces
from crawler.times import beijing

_HEADING = re.compile("<[hH]1")
_HEADINGS = frozenset({"h1", "h2", "h3"})
_MARKED = re.compile("time|date|info|source|author|title|topbox|tipbox", re.IGNORECASE)
_MOST = 6
_LONGEST = 120
"""Elements, and characters in one, that are looked at."""


def head_end(source: str, start: int, end: int, title: str | None) -> int:
    """Give the place behind the page's own head, of a body from ``start`` to ``end``: ``start`` when there is none.

    A heading that says what the page is called, and elements marked as time, medium or title that say just that, are
    the page's; what else a body begins with is the article's.
    """
    for _ in range(_MOST):
        tag = next(tokens(source, start, end), None)
        if tag is None or tag.kind != "start" or source[start : tag.start].strip() or not _may_be_head(source, tag):
            return start
        span = element_span(source, tag, end)
        is_time = tag.name == "time" and beijing(values(source, tag).get("datetime"))
        if span is None or not (is_time or _is_head(source[slice(*span[1])], title)):
            return start
        start = span[0][1]
    return start


def has_heading(source: str, start: int, end: int) -> bool:
    """Tell whether a heading is the first thing, or nearly, in a piece of a page."""
    if _HEADING.search(source, start, end) is None:
        return False
    return any(token.name == "h1" for token in _starts(source, start, end))


def _starts(source: str, start: int, end: int) -> Iterator[Token]:
    return islice((token for token in tokens(source, start, end) if token.kind == "start"), _MOST)


def _may_be_head(source: str, tag: Token) -> bool:
    if tag.name in _HEADINGS or tag.name == "time":
        return True
    return _MARKED.search(values(source, tag).get("class", "")) is not None


def _is_head(inner: str, title: str | None) -> bool:
    if len(inner) > 10 * _LONGEST:
        return False
    text = one_line(inner)
    if not text or text == title:
        return True
    if len(text) > _LONGEST or set(text) & set("。！？"):
        return False
    said = pieces(inner)
    return bool(beijing(said) or ("源" in said and medium(said)))

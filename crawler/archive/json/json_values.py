"""Reads replies or records in an array, or one behind the other; of anything else the text is the page that it is."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from crawler.archive import page_file
from crawler.archive.entry import Entry
from crawler.archive.json import page_records
from crawler.archive.model import Exhausted, ReadResult, Skipped
from crawler.pages.encoding import decode

_START = re.compile(rb"(?:\xef\xbb\xbf|\s)*(?:\[\s*)?\{")
_NEXT = re.compile(rb"\}\s*\{")
_BEGIN = re.compile(r"[\ufeff\s]*(\[\s*)?(?=\{)")
_BETWEEN = re.compile(r"\s*,?\s*")
_BEHIND = " \t\r\n;\0\x1a\ufeff"
_JUDGED = 1000
"""Values that are looked at for one that is ours, before the whole is taken for another site's."""
_DECODER = json.JSONDecoder(strict=False)


class _Element(NamedTuple):
    """One of the values, and how it is spelled: nothing where the text is damaged or cut off."""

    spelled: str
    value: Any

    @property
    def is_ours(self) -> bool:
        return bool(self.spelled) and page_records.is_ours(self.value, self.spelled)


def matches(body: bytes) -> bool:
    """Tell whether data begins as an array of objects does, or may hold an object behind another."""
    start = _START.match(body)
    return start is not None and (b"[" in start[0] or _NEXT.search(body) is not None)


def read(entry: Entry, body: bytes) -> Iterator[ReadResult]:
    """Give every value when at least one is ours; what stands alone, in an array or not, is the file's own page."""
    text = decode(body).rstrip(_BEHIND)
    several, ours = _look(text)
    if ours is None:
        yield page_file.page(entry, body)
    elif several:
        yield from _each(entry, text)
    else:
        source = f"{entry.source}!1" if text.endswith("]") else entry.source
        yield page_records.recorded(ours.value, source) or page_file.page(entry, ours.spelled.encode())


def _look(text: str) -> tuple[bool, _Element | None]:
    """Tell whether there are several values, and give the first that is ours."""
    number, ours = 0, None
    for number, element in enumerate(_elements(text), 1):
        ours = element if ours is None and element.is_ours else ours
        if number > 1 and (ours or number == _JUDGED):
            break
    return number > 1, ours


def _each(entry: Entry, text: str) -> Iterator[ReadResult]:
    for number, element in enumerate(_elements(text), 1):
        source = f"{entry.source}!{number}"
        if number > entry.budget.limits.members:
            raise Exhausted(f"more than {entry.budget.limits.members} members")
        if element.spelled:
            yield page_records.page(element.value, element.spelled.encode(), source)
        else:
            yield Skipped(source, f"{page_records.BROKEN}, and what follows is not read", failed=True)


def _elements(text: str) -> Iterator[_Element]:
    """Give the values, up to the end or to one that cannot be read."""
    start = _BEGIN.match(text)
    at, listed = (start.end(), bool(start[1])) if start else (0, False)
    while not (text.startswith("]", at) if listed else at == len(text)):
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield _Element("", None)
            return
        yield _Element(text[at:end], value)
        at = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing, too
    if text[at + listed :]:
        yield _Element("", None)

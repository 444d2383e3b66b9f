"""Reads an array of replies or records; one of anything else is the page that it is."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from crawler.archive import page_file, records
from crawler.archive.entry import Entry
from crawler.archive.found import Exhausted, Found, Unread
from crawler.pages.encoding import decode

_ARRAY = re.compile(r"[\ufeff\s]*\[\s*(?=\{)")
_SPACE = re.compile(r"\s*")
_BEHIND = " \t\r\n;\0\x1a\ufeff"
_DECODER = json.JSONDecoder(strict=False)


class _Element(NamedTuple):
    """An element of the array, and how it is spelled there: nothing where the array is damaged or cut off."""

    spelled: str
    value: Any

    @property
    def is_ours(self) -> bool:
        return bool(self.spelled) and records.is_ours(self.value, self.spelled)


def matches(body: bytes) -> bool:
    """Tell whether data begins as an array of objects does."""
    return _ARRAY.match(decode(body[:256])) is not None


def read(entry: Entry, body: bytes) -> Iterator[Found]:
    """Give every element of an array of which at least one is ours; a reply alone in an array is the file's own."""
    text = decode(body)
    several, ours = _look(text)
    if ours is None:
        yield page_file.page(entry, body)
    elif not several and not records.recorded(ours.value, ""):
        yield page_file.page(entry, ours.spelled.encode())
    else:
        yield from _each(entry, text)


def _look(text: str) -> tuple[bool, _Element | None]:
    """Tell whether there are several elements, and the first that is ours."""
    number, ours = 0, None
    for number, element in enumerate(_elements(text), 1):
        ours = element if ours is None and element.is_ours else ours
        if ours and number > 1:
            break
    return number > 1, ours


def _each(entry: Entry, text: str) -> Iterator[Found]:
    for number, element in enumerate(_elements(text), 1):
        source = f"{entry.source}!{number}"
        if number > entry.budget.limits.members:
            raise Exhausted(f"more than {entry.budget.limits.members} members")
        if element.spelled:
            yield records.page(element.value, element.spelled.encode(), source)
        else:
            yield Unread(source, f"{records.BROKEN}, and what follows is not read", failed=True)


def _elements(text: str) -> Iterator[_Element]:
    """Give the elements, up to the end of the array or to one that cannot be read."""
    start = _ARRAY.match(text)
    at = start.end() if start else len(text)
    while not text.startswith("]", at):
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            yield _Element("", None)
            return
        yield _Element(text[at:end], value)
        at = _SPACE.match(text, end).end()  # type: ignore[union-attr]  # it matches nothing, too
        if text.startswith(",", at):
            at = _SPACE.match(text, at + 1).end()  # type: ignore[union-attr]
        elif not text.startswith("]", at):
            yield _Element("", None)
            return
    if text[at + 1 :].strip(_BEHIND):
        yield _Element("", None)

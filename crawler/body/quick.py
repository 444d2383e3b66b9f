"""The rules that ask for most edits, carried out on the pieces of a known-harmless body: no tag is read twice."""

import re
from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

from crawler.body.context import Context
from crawler.body.rules import RULES
from crawler.body.scan import Pieces
from crawler.markup import apply

_Do: TypeAlias = Callable[[list[str], int], int | None]
"""Carries out a rule on the piece at a place; how many edits that is, None for what is not of the usual shape."""

_FILLER = re.compile(r'<p style="display: ?none[;"]')
_QUOTE = re.compile(r'<span id="(?:bk)?quote_[^"\s]*">')
_BREAKS = frozenset({"<br />", "<br/>", "<br>"})


def edited(pieces: Pieces, rules: frozenset[str], counts: Counter[str]) -> tuple[str, set[str], bool]:
    """The body after these rules; the names of those that may have something left to do; whether texts grew together.

    It gives what the rules' own edits give, and the pieces are used up. What is not of a usual shape is left to them.
    """
    parts, left, cut = pieces.parts, set[str](), []
    for place, names in pieces.meant:
        name = names[0]
        if not parts[place] or (len(names) == 1 and name not in rules):
            continue
        do = _RULES.get(name) if len(names) == 1 else None
        if do is None or (number := do(parts, place)) is None:
            left.update(names)
            continue
        if number:
            counts[name] += number
        if not parts[place]:
            cut.append(place)
    if "blanks" in rules:
        for place in pieces.blanks:
            if parts[place]:
                parts[place] = ""
                counts["blanks"] += 1
    return "".join(parts), left, any(_joins(parts, place) for place in cut)


def _joins(parts: list[str], place: int) -> bool:
    """Whether what was cut at a place stood between two texts."""
    before, behind = place - 1, place + 1
    while before > 0 and not parts[before]:
        before -= 1
    while behind < len(parts) - 1 and not parts[behind]:
        behind += 1
    return bool(parts[before] and parts[behind]) and before % 2 == behind % 2 == 0


def _filler(parts: list[str], place: int) -> int | None:
    """A paragraph that is not displayed, and holds text and line breaks."""
    if not _FILLER.match(parts[place]):
        return None
    end = place + 2
    while parts[end] in _BREAKS:
        end += 2
    return _cut(parts, place, end) if parts[end] == "</p>" else None


def _quote(parts: list[str], place: int) -> int | None:
    """An empty placeholder of a stock quote."""
    empty = not parts[place + 1] and parts[place + 2] == "</span>"
    return _cut(parts, place, place + 2) if empty and _QUOTE.fullmatch(parts[place]) else None


def _cut(parts: list[str], start: int, end: int) -> int:
    parts[start : end + 1] = [""] * (end + 1 - start)
    return 1


def _stock_link(parts: list[str], place: int) -> int | None:
    """The name of a stock in a ``span`` with an address that stands in no link."""
    tag = parts[place]
    if parts[place + 2] != "</span>" or tag.count(" class=") + tag.count(" href=") > 2:
        return None
    before = place - 2
    while before > 0 and not parts[before].startswith(("<a", "</a", "<p", "</p", "<!")):
        before -= 2
    if before > 0 and parts[before].startswith("<a"):
        return None
    parts[place], parts[place + 2] = f"<a{tag.removeprefix('<span')}", "</a>"
    return 2


def _in_tag(name: str) -> _Do:
    """A rule that changes nothing but the tag."""

    def do(parts: list[str], place: int) -> int:
        edits = RULES[name].run(parts[place], Context(rules=frozenset({name})))
        parts[place] = apply(parts[place], edits)
        return len(edits)

    return do


_RULES: dict[str, _Do] = {
    "hidden": _filler,
    "quotes": _quote,
    "comments": _in_tag("comments"),
    "tracking": _in_tag("tracking"),
    "stock-links": _stock_link,
    "https": _in_tag("https"),
}

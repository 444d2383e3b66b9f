"""Finds elements in the source of a page, which is read as far as somebody looked and never as a whole.

What fools a search in HTML source are comments, raw text (scripts, styles, titles), attribute values and what no reader
sees (``template``, ``noscript``). So each place where a word stands is looked up: which token is it in?
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from crawler.body.shows import shows
from crawler.markup import WS, Span, Token, element_span, raw_text, token_at, values
from crawler.pages.eastmoney.element_end import Element, element
from crawler.pages.eastmoney.token_start import UNUSED, token_start
from crawler.patterns import compiled

_VALUE_STARTS = frozenset("\"'= \t\n\r\f")
_VALUE_ENDS = frozenset("\"'> \t\n\r\f")
_BLANKS = compiled(f"[{WS}]+")
_NEAR, _APART = 2048, 256
"""Characters between places that are remembered as places between tokens, at most and at least.

What stands near a place that was looked up is looked up next.
"""


class Selector(NamedTuple):
    """The elements called ``name`` (any if "") whose attribute ``key`` is ``value`` (a class: has it)."""

    name: str
    key: str = ""
    value: str = ""

    def means(self, source: str, tag: Token) -> bool:
        """Tell whether a token is the start tag of such an element."""
        if tag.kind != "start" or (self.name and tag.name != self.name):
            return False
        found = values(source, tag).get(self.key) if self.key else ""
        return self.value in _BLANKS.split(found or "") if self.key == "class" else found == self.value


@cache
def _tag_name(name: str) -> re.Pattern[str]:
    return re.compile(rf"<{name}(?=[{WS}/>])", re.IGNORECASE)


class Elements:
    """The elements of a page, found by their names and values. The time is linear, whatever the page."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._between = [0]
        """Places between tokens, in order."""
        self._read: dict[int, tuple[Token, ...]] = {}
        """What begins at places that were passed."""

    def first(self, selector: Selector, before: int | None = None) -> Element | None:
        """Give the first such element, of those that begin before a place."""
        tag = next(self._tags(selector, 0, len(self.source) if before is None else before), None)
        return element(self.source, tag) if tag else None

    def several(self, selector: Selector, before: int, most: int) -> list[Element]:
        """Give the first such elements, of those that begin before a place, and no more than that."""
        return [element(self.source, tag) for tag in islice(self._tags(selector, 0, before), most)]

    def last(self, selector: Selector, before: int) -> Element | None:
        """Give the last such element, of a selector with a value, that begins before a place."""
        place, word = before, selector.value
        while (place := self.source.rfind(word, 0, place)) >= 0:
            token = self._at(place) if self._is_word(place, word) else None
            if token is not None and selector.means(self.source, token):
                return element(self.source, token)
            if token is not None:  # one token is asked once, however often it has the word
                place = min(place, token.start + len(word) - 1)
        return None

    def shown(self, selector: Selector) -> Element | None:
        """Give the first such element that a reader sees something of, else the first of all."""
        first, place = None, 0
        while tag := next(self._tags(selector, place, len(self.source)), None):
            found = element(self.source, tag)
            if not _is_hidden(self.source, tag) and shows(self.source[slice(*found.inner)]):
                return found
            first, place = first or found, found.inner[1]  # what is in it is hidden with it
        return first

    def comment(self, word: str) -> Span | None:
        """Give the place of the first comment that holds ``word``."""
        place = -1
        while (place := self.source.find(word, place + 1)) >= 0:
            if token := self._at(place):
                if token.kind == "comment":
                    return token.start, token.end
                place = token.end - 1
        return None

    def _tags(self, selector: Selector, start: int, end: int) -> Iterator[Token]:
        after = start
        for place in self._mentions(selector, start, end):
            if place >= after and (token := self._at(place)):
                if selector.means(self.source, token):
                    yield token
                after = token.end

    def _mentions(self, selector: Selector, start: int, end: int) -> Iterator[int]:
        """Give the places where such a tag may be named."""
        if not selector.value:
            yield from (match.start() for match in _tag_name(selector.name).finditer(self.source, start, end))
            return
        place, word = start - 1, selector.value
        while (place := self.source.find(word, place + 1, end)) >= 0:
            if self._is_word(place, word):
                yield place

    def _is_word(self, place: int, word: str) -> bool:
        """Tell whether what stands there may be a whole word of an attribute's value."""
        end = place + len(word)
        return self.source[place - 1] in _VALUE_STARTS and self.source[end : end + 1] in _VALUE_ENDS

    def _at(self, place: int) -> Token | None:
        """Give the token that a place lies in, None for text; what no reader sees is one raw token."""
        source, between = self.source, self._between
        index = bisect_right(between, place)
        position = between[index - 1]
        is_first = index == len(between)  # who asks backwards asks often
        while position <= place:
            end = place
            if place - position > 2 * _NEAR:
                ahead = place - _NEAR if is_first else position + _NEAR
                end = source.rfind(">", position, ahead) + 1 or ahead
            position = token_start(source, position, end)
            if position - between[index - 1] >= _APART:
                between.insert(index, position)
                index += 1
            if source[position] != "<":
                if position == place:
                    break
                continue
            for token in self._next(position):
                if place < token.end:
                    return token if token.start <= place else None
                position = token.end
        return None

    def _next(self, position: int) -> tuple[Token, ...]:
        """Give the token that begins at a place, and the raw text that belongs to it."""
        if (known := self._read.get(position)) is None:
            known = self._read[position] = self._read_at(position)
        return known

    def _read_at(self, position: int) -> tuple[Token, ...]:
        source = self.source
        token = token_at(source, position, len(source))
        if token is None:
            return (Token("bogus", position, position + 1, ""),)
        if token.kind == "start" and token.name in UNUSED:
            span = element_span(source, token)
            return token, Token("raw", token.end, span[1][1] if span else len(source), token.name)
        raw = raw_text(source, token, len(source))
        return (token, raw) if raw else (token,)


def _is_hidden(source: str, tag: Token) -> bool:
    spelled = source[tag.start : tag.end].lower()
    if "hidden" not in spelled and "style" not in spelled:
        return False
    given = values(source, tag)
    return "hidden" in given or "display:none" in "".join(given.get("style", "").lower().split())

"""What a body shows without some of its elements: who hides a text often has it twice, as a copy for other screens."""

import html
from collections.abc import Iterable

from crawler.markup import Span
from crawler.patterns import compiled

_TAG = compiled(r"<[^<>]*+>")
_LEAST = 12
"""Characters, blanks left out, that are in no two places of an article by accident."""
_MOST = 64
"""Texts that are looked for in one body."""


class ShownText:
    """The text of a body outside of the spans, which may overlap."""

    def __init__(self, source: str, without: Iterable[Span]) -> None:
        pieces, position = [], 0
        for start, end in sorted(without):
            pieces.append(source[position : max(start, position)])
            position = max(position, end)
        self._text = _plain("\0".join([*pieces, source[position:]]))
        self._left = _MOST

    @property
    def is_spent(self) -> bool:
        """Whether no more texts are looked for."""
        return not self._left

    def has(self, markup: str) -> bool:
        """Whether the markup says something, and all of it is shown in one place."""
        if not self._left:
            return False
        self._left -= 1
        return len(said := _plain(markup)) >= _LEAST and said in self._text


def _plain(markup: str) -> str:
    return "".join(html.unescape(_TAG.sub("", markup)).split())

"""A body whose markup is whole and nested, as the prefilter took it apart: its tokens, and what rules wait for."""

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from crawler.body.bare_signs import bare_signs, tokens_between
from crawler.markup import VOID, Kind, Token, new_token


class Piece(NamedTuple):
    """What is known of a tag or comment as it is spelled; ``shape`` is the tag without the values that do not count."""

    kind: Kind
    name: str
    shape: str
    rules: frozenset[str]
    """Those that may find something in it, whatever is round it."""
    is_whole: bool = True
    """False where a sign that is text stands before it: ``<3</p>``."""


class Outline:
    """What the prefilter saw of a body.

    ``parts``: its texts, and between two of them a tag, a comment or plain paragraphs; ``pieces``: what these are,
    None for paragraphs; ``rules``: the names of those that may find something in it.
    """

    def __init__(self, parts: list[str], pieces: list[Piece | None], rules: set[str]) -> None:
        self._parts = parts
        self._pieces = pieces
        self.rules = rules

    @cached_property
    def _ends(self) -> list[int]:
        """Where each piece ends."""
        return list(accumulate(map(len, self._parts)))[1::2]

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens, in order."""
        found: list[Token] = []
        for end, step, piece in zip(self._ends, self._parts[1::2], self._pieces, strict=True):
            start = end - len(step)
            if piece is None:
                found += _paragraphs(step, end)
            elif piece.is_whole:
                found.append(new_token((piece.kind, start, end, piece.name)))
            else:
                found.append(_behind_sign(piece, step, end))
        return found

    @cached_property
    def _named(self) -> dict[str, list[Token]]:
        found: dict[str, list[Token]] = {}
        for number, piece in enumerate(self._pieces):
            if piece is not None and piece.rules:
                token = self._token(number, piece)
                for rule in piece.rules:
                    found.setdefault(rule, []).append(token)
        return found

    def _token(self, number: int, piece: Piece) -> Token:
        end, step = self._ends[number], self._parts[2 * number + 1]
        return Token(piece.kind, end - len(step), end, piece.name) if piece.is_whole else _behind_sign(piece, step, end)

    def named(self, rule: str) -> list[Token]:
        """The tags and comments in which the rule may find something."""
        return self._named.get(rule, [])

    def end(self, tag: Token) -> Token:
        """The end tag of the element that a start tag begins, a void one's tag itself."""
        if tag.name in VOID:
            return tag
        number, depth = bisect_left(self._ends, tag.end), 0
        if self._pieces[number] is None:
            step = self._parts[2 * number + 1]
            start = self._ends[number] - len(step)
            at = start + step.index("</p>", tag.end - start)
            return Token("end", at, at + 4, "p")
        while True:  # all are whole and nested
            number += 1
            piece = self._pieces[number]
            if piece is not None and piece.kind == "end":
                if not depth:
                    return self._token(number, piece)
                depth -= 1
            elif piece is not None and piece.kind == "start" and piece.name not in VOID:
                depth += 1

    @cached_property
    def _links(self) -> list[int]:
        """Where links begin and end, in turns."""
        found, depth = list[int](), 0
        for number, piece in enumerate(self._pieces):
            if piece is not None and piece.name == "a":
                is_start = piece.kind == "start"
                depth += 1 if is_start else -1
                if depth == is_start:
                    found.append(self._ends[number])
        return found

    def is_linked(self, tag: Token) -> bool:
        """Whether a tag stands inside a link."""
        return tag.name != "a" and bisect_right(self._links, tag.start) % 2 == 1

    @cached_property
    def top(self) -> list[tuple[Token, int]]:
        """What stands at the top: see ``Document.top``."""
        found: list[tuple[Token, int]] = []
        depth = 0
        for number, piece in enumerate(self._pieces):
            if piece is None:
                if not depth:
                    tags = _paragraphs(self._parts[2 * number + 1], self._ends[number])
                    found += [(tag, place & 1) for place, tag in enumerate(tags)]
            elif piece.kind == "end":
                if depth == 1:
                    found.append((self._token(number, piece), 1))
                depth -= 1
            else:
                if not depth:
                    found.append((self._token(number, piece), 0))
                depth += piece.kind == "start" and piece.name not in VOID
        return found


def _paragraphs(step: str, end: int) -> list[Token]:
    """The tags of plain paragraphs, one behind the other, that end there."""
    found, start = list[Token](), end - len(step)
    at = start
    while at < end:
        close = start + step.index("</p>", at - start)
        found += (new_token(("start", at, at + 3, "p")), new_token(("end", close, close + 4, "p")))
        at = close + 4
    return found


def _behind_sign(piece: Piece, step: str, end: int) -> Token:
    at = tokens_between(step, bare_signs(step))[0].start
    return Token(piece.kind, end - len(step) + at, end, piece.name)

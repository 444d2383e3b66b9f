"""Formulas as KaTeX sets them, where their source is gone: what a reader knows by its place gets a sign."""

from collections.abc import Iterator
from itertools import chain

from crawler.body.document import Document
from crawler.body.rule import TagRule
from crawler.body.safety.formulas import grouped
from crawler.markup import VOID, Edit, Token, tokens, values
from crawler.patterns import compiled

_SET = "katex-html"
_PILES = frozenset({"vlist-t", "vlist-r", "vlist"})
_NOTHING = frozenset({"vlist-s", "pstrut", "strut"})
_INVISIBLE = compiled("[\\s\u200b\ufeff]+")


class _Open:
    """An element that is read: its classes, what it holds in a row, and from its lowest to its highest line."""

    def __init__(self, classes: frozenset[str]) -> None:
        self.classes = classes
        self.row: list[str] = []
        self.pile: list[str] = []
        self.goes_down = "vlist-t2" in classes

    def take(self, inner: "_Open") -> None:
        """What an element in it says."""
        text = _text(inner)
        if "vlist" in self.classes:
            self.pile += filter(None, [text])
        elif inner.classes & _PILES:
            self.pile += inner.pile
            self.goes_down |= inner.goes_down
        else:
            self.row.append(text)


def _set_formula(document: Document, tag: Token) -> Iterator[Edit]:
    if _SET not in document.values(tag).get("class", "").split() or (end := document.end(tag)) is None:
        return
    if _SET not in (inner := document.source[tag.end : end.start]):
        yield Edit(tag.start, end.end, _in_a_row(inner))


def _in_a_row(markup: str) -> str:
    """The text of the markup, with ``_`` and ``^`` before what is set lower and higher, ``(x/y)`` and ``√x``."""
    opened, position = [_Open(frozenset())], 0
    for token in tokens(markup):
        opened[-1].row.append(_INVISIBLE.sub("", markup[position : token.start]))
        position = token.end
        if token.kind == "start" and token.name not in VOID:
            opened.append(_Open(frozenset(values(markup, token).get("class", "").split())))
        elif token.kind == "end" and len(opened) > 1:
            inner = opened.pop()
            opened[-1].take(inner)
    rest = [_text(inner) for inner in opened]
    return "".join([*rest, _INVISIBLE.sub("", markup[position:])])


def _text(inner: _Open) -> str:
    classes, row, pile = inner.classes, "".join(inner.row), inner.pile
    if classes & _NOTHING or classes & _PILES - {"vlist"}:
        return ""
    if "msupsub" in classes and 0 < len(pile) < 3:
        signs = "_^" if len(pile) == 2 else "_" if inner.goes_down else "^"
        return row + _signed(signs, pile)
    if "op-limits" in classes and 1 < len(pile) < 4:
        base = pile.pop(1 if inner.goes_down else 0)
        return row + base + _signed("_^" if len(pile) == 2 else "_" if inner.goes_down else "^", pile)
    if "mfrac" in classes and len(pile) == 2:
        return f"{row}({grouped(pile[1])}/{grouped(pile[0])})"
    if "sqrt" in classes and pile:
        return f"{row}√{grouped(''.join(pile))}"
    return "".join(chain([row], pile))


def _signed(signs: str, parts: list[str]) -> str:
    return "".join(sign + grouped(part) for sign, part in zip(signs, parts, strict=True))


SET_FORMULAS = TagRule(
    "set-formulas",
    "formulas as KaTeX set them say what their places say",
    (
        (
            "<p>x<span class='katex-html'><b class='msupsub'><b class='vlist'><i>2</i></b></b></span></p>",
            "<p>x^2</p>",
        ),
    ),
    _set_formula,
    ("class",),
    frozenset({"span"}),
)

"""The cheap look: known-harmless shapes that spare a body the safety edits and the judge.

A body has such a shape when it is made of whole elements of prose, lists and tables, each where it belongs and well
nested, with attributes on a short list only, nothing but comments and white space between its blocks, and nothing for
Liquid. Usual tags are judged once and remembered.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from crawler.body import rules
from crawler.body.edits.characters import all_bearable, has_edges, has_unbearable_reference
from crawler.body.syntax import words

_STYLE = (
    r"(?:(?:text-(?:align|indent|decoration)|line-height|font-(?:size|weight|family|style)|(?:background-)?color"
    r"|border(?:-[a-z]++)*+|margin(?:-[a-z]++)?|padding(?:-[a-z]++)?|(?:max-)?width|height|display|overflow"
    r"|vertical-align|white-space):(?:[a-z0-9#%., ]|-(?!\d))*+(?:;\ ?|(?=\")))*+"
)
_ATTRIBUTES = (
    r'(?:\ (?:(?:href|src|orginial_src)="https?://[^"<>\s\\]*+"'
    rf'|style="{_STYLE}"'
    r"|(?:class|id|alt|title|width|height|border|target|align|valign|web|data-code2?|colspan|rowspan|color|size"
    r'|cellspacing|cellpadding|bgcolor)="[^"<>\r\n]*+"))*+'
)
_STEP = re.compile("(<p>[^<]*+(?:<(?:strong>[^<]*+</strong>|br ?/?>)[^<]*+)*+</p>|<[^>]*+>)")
"""A plain paragraph, or a tag."""
_START = re.compile(rf"<(?P<name>[a-z][a-z0-9]*+){_ATTRIBUTES}(?P<void>\ ?/)?>")
_END = re.compile("</(?P<name>[a-z][a-z0-9]*+)>")
_COMMENT = re.compile(r"<!--[^<>{}\-\r\n]*+-->")

_INLINE = words("strong b em i u s span a font small sub sup")
_PROSE = words("p h1 h2 h3 h4 h5 h6 center div blockquote")
_FLOW = _INLINE | _PROSE | words("li td th")
_TOP = frozenset({""})
_VOID = words("br img")
_PARENTS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_INLINE | _VOID, _FLOW),
    **dict.fromkeys(_PROSE | words("ul ol table"), _TOP),
    "li": words("ul ol"),
    **dict.fromkeys(words("thead tbody tfoot"), words("table")),
    "tr": words("table thead tbody tfoot"),
    **dict.fromkeys(words("td th"), words("tr")),
}
"""Where an element may stand: "" is the top of the body."""
_TEXTLESS = words("ul ol table thead tbody tfoot tr") | _TOP
"""Where no text may stand."""
_DEEPEST = 8
_BLANK = " \t\r\n"
_BEFORE_BLOCK = re.compile(r"[\r\n]++\ {0,3}|\ {1,3}")
_BEFORE_OTHER = re.compile(r"[\r\n]++")
"""White space that kramdown does not mind at the top: before a block; before a comment, and at the end."""


class Pieces(NamedTuple):
    """A known-harmless body in pieces: texts and, between them, tags, comments and plain paragraphs."""

    parts: list[str]
    """Texts at even places, also where there is none."""
    meant: list[tuple[int, tuple[str, ...]]]
    """The places of tags and comments that rules may mean, and the names of these."""
    blanks: list[int]
    """The places of white space between blocks."""


class _Known(NamedTuple):
    """What is known of a tag as it is spelled."""

    kind: Literal["start", "end", "void", "comment", "odd"]
    name: str = ""
    parents: frozenset[str] = frozenset()
    meant: tuple[str, ...] = ()
    """The names of the rules that may mean it."""


_LONGEST = 200
_MOST = 4096
"""Tags that are remembered, and their characters: a stock's link is in many bodies, or many times in one."""
_remembered: dict[str, _Known] = {}


def _judged(tag: str) -> _Known:
    if tag[1:2] in {"/", "!"}:
        if end := _END.fullmatch(tag):
            return _Known("end", end["name"])
        return _Known("comment", "", _TOP, rules.of_tag(tag)) if _COMMENT.fullmatch(tag) else _Known("odd")
    start = _START.fullmatch(tag)
    parents = _PARENTS.get(start["name"]) if start else None
    if start is None or parents is None or (start["void"] and start["name"] not in _VOID):
        return _Known("odd")
    meant = rules.of_tag(tag) if " " in tag else ()
    return _Known("void" if start["name"] in _VOID else "start", start["name"], parents, meant)


def _learned(tag: str) -> _Known:
    """Judge a tag that is not remembered, and remember it when it is likely to come again: a picture's is not."""
    known = _judged(tag)
    if len(tag) <= _LONGEST and not tag.startswith("<img"):
        if len(_remembered) >= _MOST:
            _remembered.clear()
        _remembered[tag] = known
    return known


def looks_harmless(body: str) -> bool:
    """Whether the body is made of nothing but known-harmless shapes; False says nothing."""
    return harmless_pieces(body) is not None


def harmless_pieces(body: str, *, bearable: bool = False) -> Pieces | None:
    """The pieces of a known-harmless body; None for any other.

    ``bearable``: whether its characters are known to be so, as in what is left of a body that was.
    """
    if has_edges(body) or not (bearable or _are_bearable(body)) or has_unbearable_reference(body):
        return None
    return _pieces(body)


def _are_bearable(body: str) -> bool:
    """Whether no character of the body is one that files or Liquid cannot bear."""
    return "{" not in body and all_bearable(body)


def _pieces(body: str) -> Pieces | None:  # noqa: C901, PLR0911, PLR0912 - one walk, which every body takes
    if body[:1] == " ":
        return None
    parts = _STEP.split(body)
    last = len(parts) - 1
    open_elements = [""]
    meant: list[tuple[int, tuple[str, ...]]] = []
    blanks: list[int] = []
    remembered = _remembered.get
    for text, step, place in zip(parts[::2], parts[1::2], range(1, last, 2), strict=False):
        around = open_elements[-1]
        if len(step) > len("<p>") and step[2] == ">":  # a plain paragraph
            if around or (text and not _BEFORE_BLOCK.fullmatch(text)):
                return None
            if text:
                blanks.append(place - 1)
            continue
        kind, name, parents, means = remembered(step) or _learned(step)
        if text and around in _TEXTLESS:
            if not _may_be_blank(text, around, kind):
                return None
            if not around:
                blanks.append(place - 1)
        if kind == "end":
            if open_elements.pop() != name:
                return None
            continue
        if around not in parents or len(open_elements) > _DEEPEST:
            return None
        if kind == "start":
            open_elements.append(name)
        if means:
            meant.append((place, means))
    if rest := parts[last]:
        blanks.append(last)
    if len(open_elements) > 1 or (rest and not _BEFORE_OTHER.fullmatch(rest)):
        return None
    return Pieces(parts, meant, blanks)


def _may_be_blank(text: str, around: str, following: str) -> bool:
    """Whether a text is white space that may stand there."""
    if around:
        return not text.strip(_BLANK)
    return (_BEFORE_BLOCK if following == "start" else _BEFORE_OTHER).fullmatch(text) is not None

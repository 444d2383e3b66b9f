"""The cheap look: known-harmless shapes that spare a body the safety edits and the judge.

A body has such a shape when it is made of whole elements of prose, lists and tables, each where it belongs and well
nested, with attributes on a short list only, nothing but comments and white space between its blocks, and nothing for
Liquid. Usual tags are judged once and remembered.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

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


class _Known(NamedTuple):
    """What is known of a tag as it is spelled."""

    kind: Literal["start", "end", "void", "comment", "paragraph", "odd"]
    name: str = ""
    parents: frozenset[str] = frozenset()
    telling: bool = False
    """Whether a rule could mean it: it has attributes, or is a comment."""


_PARAGRAPH = _Known("paragraph", "p", _TOP)


_USUAL = 48  # characters of a tag that many bodies may have; a longer one is likely a picture's own


def _known(tag: str) -> _Known:
    return _remembered(tag) if len(tag) <= _USUAL else _judged(tag)


def _judged(tag: str) -> _Known:
    if tag[1:2] in {"/", "!"}:
        if end := _END.fullmatch(tag):
            return _Known("end", end["name"])
        return _Known("comment", "", _TOP, telling=True) if _COMMENT.fullmatch(tag) else _Known("odd")
    start = _START.fullmatch(tag)
    parents = _PARENTS.get(start["name"]) if start else None
    if start is None or parents is None or (start["void"] and start["name"] not in _VOID):
        return _Known("odd")
    return _Known("void" if start["name"] in _VOID else "start", start["name"], parents, telling=" " in tag)


_remembered = lru_cache(maxsize=2048)(_judged)


def looks_harmless(body: str) -> bool:
    """Whether the body is made of nothing but known-harmless shapes; False says nothing."""
    return harmless_tags(body) is not None


def harmless_tags(body: str, *, bearable: bool = False) -> str | None:
    """The tags with attributes and the comments of a known-harmless body, as they are spelled; None for any other.

    ``bearable``: whether its characters are known to be so, as in what is left of a body that was.
    """
    if has_edges(body) or not (bearable or _are_bearable(body)) or has_unbearable_reference(body):
        return None
    return _tags(body)


def _are_bearable(body: str) -> bool:
    """Whether no character of the body is one that files or Liquid cannot bear."""
    return "{" not in body and all_bearable(body)


def _tags(body: str) -> str | None:
    if body[:1] == " ":
        return None
    pieces = _STEP.split(body)
    open_elements, telling = [""], []
    for text, step in zip(pieces[::2], pieces[1::2], strict=False):
        kind, name, parents, tells = _PARAGRAPH if step[:3] == "<p>" and len(step) > 3 else _known(step)
        around = open_elements[-1]
        if text and around in _TEXTLESS and not _may_be_blank(text, around, kind):
            return None
        if kind == "end":
            if open_elements.pop() != name:
                return None
            continue
        if around not in parents or len(open_elements) > _DEEPEST:
            return None
        if kind == "start":
            open_elements.append(name)
        if tells:
            telling.append(step)
    rest = pieces[-1]
    if len(open_elements) > 1 or (rest and not _BEFORE_OTHER.fullmatch(rest)):
        return None
    return "".join(telling)


def _may_be_blank(text: str, around: str, following: str) -> bool:
    """Whether a text is white space that may stand there."""
    if around:
        return not text.strip(_BLANK)
    return (_BEFORE_BLOCK if following in {"start", "paragraph"} else _BEFORE_OTHER).fullmatch(text) is not None

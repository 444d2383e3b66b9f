"""The cheap look: one pattern of known-harmless shapes that spares a body the safety edits and the judge.

The pattern describes whole bodies made of whole, well-nested elements: what it matches is balanced, holds only
attributes on a short list, has nothing but comments and white space between its blocks, and nothing for Liquid.
Every part is possessive: the time is linear whatever the body.
"""

import re

from crawler.body.edits.characters import all_bearable, has_edges, has_unbearable_reference

_STYLE = (
    r"(?:(?:text-(?:align|indent|decoration)|line-height|font-(?:size|weight|family|style)|(?:background-)?color"
    r"|border(?:-[a-z]++)*+|margin(?:-[a-z]++)?|padding(?:-[a-z]++)?|(?:max-)?width|height|display|overflow"
    r"|vertical-align|white-space):(?:[a-z0-9#%., ]|-(?!\d))*+(?:;\ ?|(?=\")))*+"
)
_ATTRIBUTES = (
    r'(?:\ (?:(?:href|src|orginial_src)="https?://[^"<>\s\\]*+"'
    rf'|style="{_STYLE}"'
    r"|(?:class|id|alt|title|width|height|border|target|align|web|data-code2?|colspan|rowspan|color|size)"
    r'="[^"<>\r\n]*+"))*+'
)
_TEXT = "[^<]++"
_LEAF = rf"{_TEXT}|<br\ ?/?>|<img{_ATTRIBUTES}\ ?/?>"
_COMMENT = r"<!--[^<>{}\-\r\n]*+-->"


# No group captures: CPython 3.11 loses the spans of groups inside possessive repeats. Names are paired afterwards.
_NAMES = "strong|b|em|i|u|s|span|a|font|small|sub|sup"
_INLINE_1 = rf"{_LEAF}|<(?:{_NAMES}){_ATTRIBUTES}>(?:{_LEAF})*+</(?:{_NAMES})>"
_INLINE_2 = rf"{_LEAF}|<(?:{_NAMES}){_ATTRIBUTES}>(?:{_INLINE_1})*+</(?:{_NAMES})>"
_BLOCKS = "h[1-6]|center|div|blockquote"
_LINES = rf"<p{_ATTRIBUTES}>(?:{_INLINE_2})*+</p>|<(?:{_BLOCKS}){_ATTRIBUTES}>(?:{_INLINE_2})*+</(?:{_BLOCKS})>"
_BLANKS = r"[\r\n]++(?:\ {0,3}+(?=<[a-z])|(?=<!|\Z))|\ {1,3}+(?=<[a-z])"

_HARMLESS = re.compile(rf"(?!\ )(?:{_LINES}|{_COMMENT}|{_BLANKS})*+")

_TELLING = re.compile(r"<(?:!|[a-z0-9]++\ )[^>]*+>")
_TAGS = re.compile(r"<(/?(?!br|img|p[ >])[a-z0-9]++)")


def looks_harmless(body: str, *, bearable: bool = False) -> bool:
    """Whether the body is made of nothing but known-harmless shapes; False says nothing.

    ``bearable``: whether its characters are known to be so, as in what is left of a body that was.
    """
    if has_edges(body) or not (bearable or _are_bearable(body)) or has_unbearable_reference(body):
        return False
    return has_shape(body) and _is_paired(body)


def has_shape(body: str) -> bool:
    """Whether the body has the shape of a harmless one, whatever the names of its end tags and the characters in it."""
    return _HARMLESS.fullmatch(body) is not None


def _are_bearable(body: str) -> bool:
    """Whether no character of the body is one that files or Liquid cannot bear."""
    return "{" not in body and all_bearable(body)


def telling_tags(body: str) -> str:
    """The tags with attributes and the comments of a known-harmless body, as they are spelled."""
    return "".join(_TELLING.findall(body))


def _is_paired(body: str) -> bool:
    """Whether end tags have the names of their start tags, in a body whose tags are known to nest."""
    stack: list[str] = []
    for name in _TAGS.findall(body):
        if name[0] != "/":
            stack.append(name)
        elif name[1:] != stack.pop():
            return False
    return True

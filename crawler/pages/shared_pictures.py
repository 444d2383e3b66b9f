"""Pages that SingleFile saved with each picture once: in a variable of CSS, and pictures without any in its places."""

import re

from crawler.markup import Attribute, Edit, apply, attribute, tokens
from crawler.patterns import compiled

_NOTE, _HEAD = "saved with SingleFile", 4000
_PICTURE = compiled(
    r"--sf-img-(?P<number>\d{1,6}):\s*url\((?P<sign>[\"']?)(?P<data>data:image/[\w.+-]+[;,][^\"'()<>\s]*+)"
)
_USE = compiled(r"\bvar\(--sf-img-(?P<number>\d{1,6})\)")
_ADDED = compiled(
    r";?\s*background-(?:blend-mode|clip|position|color|image|size|origin|repeat):[^;\"']*!important", re.IGNORECASE
)
"""What it adds to the style of such a place."""
_LONGEST_TAG = 1 << 11
_MOST = 1 << 26
"""Characters that a page may grow by: a picture may stand in many places."""


def with_pictures(text: str) -> str:
    """The page with its pictures where they are shown; any other text as it is."""
    if text.find(_NOTE, 0, _HEAD) < 0:
        return text
    pictures = {found["number"]: found["data"] for found in _PICTURE.finditer(text)}
    edits, behind, grown = list[Edit](), 0, 0
    for use in _USE.finditer(text) if pictures else ():
        start = text.rfind("<img", max(behind, use.start() - _LONGEST_TAG), use.start())
        tag = next(tokens(text, start, use.end() + _LONGEST_TAG), None) if start >= 0 else None
        if not tag or tag.kind != "start" or tag.end < use.end():
            continue
        behind, data = tag.end, pictures.get(use["number"], "")
        source, style = attribute(text, tag, "src"), attribute(text, tag, "style")
        grown += len(data)
        if data and source and style and source.value.startswith("data:image/svg+xml,") and grown <= _MOST:
            edits += (Edit(*source.value_span, data), _without_added(style))
    return apply(text, edits)


def _without_added(style: Attribute) -> Edit:
    own = _ADDED.sub("", style.value).strip("; ")
    return Edit(*style.value_span, own) if own else Edit(style.span[0] - 1, style.span[1])

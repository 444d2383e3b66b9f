"""Pictures that a style lays behind an element with nothing in it: the style may not go out, an ``img`` shows them."""

import re

from crawler.body.document import Document
from crawler.body.policy import dangerous_url, decode_attribute
from crawler.body.shows import is_placeholder, shows
from crawler.body.syntax import words
from crawler.markup import Edit, Token
from crawler.patterns import compiled

HOLDERS = words("div p section article aside figure span a i b em strong center li td th dd")
"""Elements that may hold a picture."""
_ADDRESS = compiled(r"""url\(\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'()]*+))\s*+\)""", re.IGNORECASE)
_DECORATION = compiled(r"repeat-[xy]|(?<![\w(/.-])-\d", re.IGNORECASE)
"""Lines that are repeated, and a piece of a larger picture."""
_ICON = compiled(r"[0-3]?\d(?:\.\d*+)?px", re.IGNORECASE)
_SIZES = words("width height max-width max-height")
_PLACE = compiled(r"(?:https?:)?//[^/?#\s]|/|\.{0,2}/?[\w%-][^:]*+\Z", re.IGNORECASE)
"""An address that leads somewhere: of the web, or relative to the page."""
_SAVED = compiled(r"data:image/\w")
_SMALL = 2000
"""Characters of a picture in an address that is no more than an icon."""
_EMPTY = 500
"""Characters of an element that a reader finds empty: blanks, a comment, a layer for clicks."""


def background_pictures(document: Document) -> list[Edit]:
    """Elements that show their background alone get it as a picture."""
    edits = []
    for tag, spelled in document.spelled:
        if "background" not in spelled or "url(" not in spelled or tag.name not in HOLDERS | {"img"}:
            continue
        if tag.name == "img":
            edits += _behind_picture(document, tag)
            continue
        if is_empty(document, tag) and (address := background(decode_attribute(document.values(tag).get("style", "")))):
            edits.append(Edit(tag.end, tag.end, f'<img src="{address}">'))
    return edits


def is_empty(document: Document, tag: Token) -> bool:
    """Whether a reader finds an element empty that is closed."""
    end = document.end(tag)
    return end is not None and end.start - tag.end <= _EMPTY and not shows(document.source[tag.end : end.start])


def _behind_picture(document: Document, tag: Token) -> list[Edit]:
    """The picture behind one that only keeps its place, and that has no other address to wait for."""
    held = document.values(tag)
    src = document.attribute(tag, "src")
    waits = any("/" in value for name, value in held.items() if name not in {"src", "style", "alt", "title", "class"})
    if waits or src is None or not is_placeholder(decode_attribute(src.value)):
        return []
    address = background(decode_attribute(held.get("style", "")))
    return [Edit(*src.span, f'src="{address}"')] if address else []


def background(style: str) -> str:
    """The address of the picture that a decoded style lays behind, fit for an attribute; "" for none, or an icon."""
    address, at, lowered = "", 0, style.lower()
    for declared in style.split(";"):
        name, _, value = declared.partition(":")
        name, value = name.strip().lower(), value.strip()
        if (name in _SIZES and _ICON.match(value)) or (name == "display" and value.startswith("none")):
            return ""
        if name.startswith("background"):
            if _DECORATION.search(_ADDRESS.sub("", value)):
                return ""
            begin = lowered.find("url(", at, at + len(declared))
            if name in {"background", "background-image"} and begin >= 0 and (found := _ADDRESS.match(style, begin)):
                address = next(filter(None, found.groups()), "").strip()
        at += len(declared) + 1
    return quotable(address) if is_shown(address) else ""


def is_shown(address: str) -> bool:
    """Whether a decoded address is a picture's that a reader is meant to see."""
    if len(address) > _SMALL and _SAVED.match(address):
        return not dangerous_url(address, picture=True)
    return leads_somewhere(address)


def leads_somewhere(address: str) -> bool:
    """Whether a decoded address is of the web, or relative to the page, and may be published."""
    return _PLACE.match(address) is not None and not dangerous_url(address) and not is_placeholder(address)


def quotable(value: str) -> str:
    """A value as it may stand in an attribute."""
    return value.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")

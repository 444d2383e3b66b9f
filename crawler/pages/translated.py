"""Pages that a browser translated before somebody saved them: the article's own text stays, another's is none of it."""

import re

from crawler.markup import Edit, Token, apply, tokens, values
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled

_HEAD, _ROOT_IN = 1 << 13, 1 << 10
"""Characters in which a page's title stands, and its root."""
_ROOT = compiled(r"<html\b[^<>]*>", re.IGNORECASE)
_LANGUAGE = compiled(r"\blang\s*=\s*[\"']?([a-z-]{2,20})", re.IGNORECASE)
_SIGN, _WAYS = "translated-", ("ltr", "rtl")
"""Classes that Chrome gives the root of a page which it translated."""
_OF_EDGE = "_msttexthash="
"""An attribute of whatever Edge translated, be it the page's title."""
_OF_BOTH = "imt-"
"""How a translator that shows both languages begins the names of what it notes at the root."""
_HOLDERS = frozenset({"font", "span"})
_BESIDE = "immersive-translate-target-wrapper"
"""The class of what it puts behind each paragraph."""


def own_language(text: str) -> str:
    """The page without the translation that stands beside its text.

    Raises Unreadable for a page whose text gave way to a translation: of that nobody can tell what it was.
    """
    beginning = text[:_ROOT_IN]
    by_edge = text.find(_OF_EDGE, 0, _HEAD) >= 0  # to look through all of it takes its time
    if not by_edge and _SIGN not in beginning and _OF_BOTH not in beginning:
        return text
    root = found[0] if (found := _ROOT.search(beginning)) else ""
    is_replaced = by_edge or any(f"{_SIGN}{way}" in root for way in _WAYS)
    language = _LANGUAGE.search(root) if is_replaced else None
    if language and not language[1].lower().startswith("zh"):
        raise Unreadable("a browser's translation, not the article's own text: save the page untranslated")
    return apply(text, _beside(text)) if _OF_BOTH in beginning else text


def _is_beside(text: str, tag: Token) -> bool:
    return _BESIDE in values(text, tag).get("class", "").split()


def _beside(text: str) -> list[Edit]:
    """The elements of a translator; one that does not end stays."""
    edits, begun, depth = list[Edit](), Token("start", 0, 0, ""), 0
    for token in tokens(text):
        if depth and token.name == begun.name and token.kind in {"start", "end"}:
            depth += 1 if token.kind == "start" else -1
            if not depth:
                edits.append(Edit(begun.start, token.end))
        elif not depth and token.kind == "start" and token.name in _HOLDERS and _is_beside(text, token):
            begun, depth = token, 1
    return edits

"""Characters: none that a file, a feed or Liquid cannot bear."""

import re
from bisect import bisect_left
from html.entities import html5
from operator import attrgetter

from crawler.body.document import Document
from crawler.characters import LEGAL, is_ordinary
from crawler.markup import Edit, apply
from crawler.patterns import compiled

ILLEGAL = compiled(f"[^{LEGAL}]")
_ALL_LEGAL = compiled(f"[{LEGAL}]*+")
"""To see that all characters are legal costs a quarter of looking for one that is not."""

REFERENCE = compiled(r"&#(?:[xX]0*+([0-9a-fA-F]*+)|0*+([0-9]*+));?")
_NAMES = "|".join(sorted((name for name in html5 if name[-1] != ";"), key=len, reverse=True))
_OPEN_REFERENCE = compiled(
    r"&(?:#(?:[0-9]++|[xX][0-9a-fA-F]++)(?!;)|(?:amp|nbsp|quot)(?![A-Za-z0-9]*+[;=])|[lg]t(?![A-Za-z0-9]*+;)"
    rf"|(?:{_NAMES})(?![A-Za-z;=]))"
)
"""What a browser decodes without its semicolon; not ``&region`` and ``&copy=1``, which stand in addresses."""
_LEGAL_CONTROLS = (9, 10, 13)
_EDGES = compiled("\ufeff++")


def illegal(document: Document) -> list[Edit]:
    """Lone surrogates and references to what no text can hold (kramdown decodes them) become U+FFFD, controls go.

    NUL goes however it is written.
    """
    document.is_legal = document.is_legal or _are_legal(document.source)
    return _illegal(document.source, is_legal=document.is_legal)


def _illegal(source: str, *, is_legal: bool) -> list[Edit]:
    found = () if is_legal else ILLEGAL.finditer(source)
    edits = [Edit(m.start(), m.end(), "\ufffd" if "\ud800" <= m[0] <= "\udfff" else "") for m in found]
    if "&" in source and "&#" in source:  # one character is found ten times as soon as two
        edits += [
            Edit(m.start(), m.end(), "\ufffd" if (m[1] or m[2]) else "")
            for m in REFERENCE.finditer(source)
            if _is_illegal(m)
        ]
    return edits


def legal_characters(text: str) -> str:
    """The text with what `illegal` finds in it taken out."""
    return apply(text, edits) if (edits := _illegal(text, is_legal=_are_legal(text))) else text


def _are_legal(text: str) -> bool:
    return is_ordinary(text) or _ALL_LEGAL.fullmatch(text) is not None


def _is_illegal(reference: re.Match[str]) -> bool:
    digits, base = (reference[1], 16) if reference[1] is not None else (reference[2], 10)
    if not digits:
        return reference[0][2:3] == "0" or reference[0][2:4].lower() == "x0"
    code = int(digits, base) if len(digits) < 8 else 0x110000
    return code > 0x10FFFF or (code not in _LEGAL_CONTROLS and ILLEGAL.match(chr(code)) is not None)


def references(document: Document) -> list[Edit]:
    """References in the text that lack their semicolon get it: kramdown would show them as they are spelled."""
    found = [match.end() for match in _OPEN_REFERENCE.finditer(document.source)] if "&" in document.source else []
    if not found:
        return []
    toks = document.tokens
    behind = ((at, bisect_left(toks, at, key=attrgetter("start"))) for at in found)
    return [Edit(at, at, ";") for at, number in behind if not number or toks[number - 1].end < at]


def liquid(document: Document) -> list[Edit]:
    """Braces that open a Liquid tag are written ``%7B`` in addresses, ``&#123;`` elsewhere: the page shows the same."""
    source = document.source
    if "{" not in source or ("{{" not in source and "{%" not in source):
        return []
    addresses = [
        attribute.value_span
        for token in document.starts
        if "{" in source[token.start : token.end]
        for attribute in document.attributes(token)
        if attribute.name in ("href", "src")
    ]
    edits, index = [], 0
    for match in re.finditer(r"\{(?=[{%])", source):
        while index < len(addresses) and addresses[index][1] <= match.start():
            index += 1
        inside = index < len(addresses) and addresses[index][0] <= match.start()
        edits.append(Edit(match.start(), match.end(), "%7B" if inside else "&#123;"))
    return edits


def edges(document: Document) -> list[Edit]:
    """No byte order mark at the start; a line end there is the article's own."""
    return [Edit(0, match.end())] if (match := _EDGES.match(document.source)) else []

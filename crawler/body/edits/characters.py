"""Characters: none that a file, a feed or Liquid cannot bear; pairs of U+3000 go as on the source site."""

import re

from crawler.body.context import Context
from crawler.markup import Edit, apply

UNBEARABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML forbids (a feed holds the body) and what has no UTF-8 form."""
_USUAL = re.compile("[\t\n\r -~\x80-\ud7ff\ue000-\ufffd]*+")
"""Bearable texts without characters beyond the basic plane, such as emoji."""
_CONTROLS = bytes({*range(0x20), 0x7F} - {9, 10, 13})

REFERENCE = re.compile(r"&#(?:[xX]0*+([0-9a-fA-F]*+)|0*+([0-9]*+));?")
_BEARABLE_CONTROLS = (9, 10, 13)
PAIR = "\u3000\u3000"
_EDGES = re.compile("\\A[\r\n\ufeff]++")


def unbearable(source: str, _context: Context) -> list[Edit]:
    """Lone surrogates and references to what no text can hold (kramdown decodes them) become U+FFFD, controls go."""
    edits = [
        Edit(m.start(), m.end(), "\ufffd" if "\ud800" <= m[0] <= "\udfff" else "")
        for m in (() if all_bearable(source) else UNBEARABLE.finditer(source))
    ]
    if "&#" in source:
        edits += [Edit(m.start(), m.end(), "\ufffd") for m in REFERENCE.finditer(source) if _is_unbearable(m)]
    return edits


def bearable(text: str) -> str:
    """The text with what `unbearable` finds in it taken out."""
    return apply(text, unbearable(text, Context()))


def all_bearable(source: str) -> bool:
    """Whether no character of the source is unbearable: the pattern's answer, in a part of its time."""
    if source.isprintable() or _USUAL.fullmatch(source):  # what is printable is on one line, as most bodies are
        return True
    try:
        octets = source.encode()
    except UnicodeEncodeError:
        return False
    return len(octets.translate(None, _CONTROLS)) == len(octets) and "\ufffe" not in source and "\uffff" not in source


def _is_unbearable(reference: re.Match[str]) -> bool:
    digits, base = (reference[1], 16) if reference[1] is not None else (reference[2], 10)
    if not digits:
        return reference[0][2:3] == "0" or reference[0][2:4].lower() == "x0"
    code = int(digits, base) if len(digits) < 8 else 0x110000
    return code > 0x10FFFF or (code not in _BEARABLE_CONTROLS and UNBEARABLE.match(chr(code)) is not None)


def has_unbearable_reference(source: str) -> bool:
    """Whether a character reference in the source stands for what no text can hold."""
    for reference in REFERENCE.finditer(source):  # noqa: SIM110 - asked of every body
        if _is_unbearable(reference):
            return True
    return False


def ideographic_pairs(source: str, _context: Context) -> list[Edit]:
    """Every pair of U+3000 goes, a single one stays: what the source site does, everywhere."""
    return [Edit(m.start(), m.end()) for m in re.finditer(PAIR, source)]


def liquid(source: str, context: Context) -> list[Edit]:
    """Braces that open a Liquid tag are written ``%7B`` in addresses, ``&#123;`` elsewhere: the page shows the same."""
    if "{{" not in source and "{%" not in source:
        return []
    addresses = [
        attribute.value_span
        for token in context.tokens(source)
        if token.kind == "start" and "{" in source[token.start : token.end]
        for attribute in context.attributes(source, token)
        if attribute.name in ("href", "src")
    ]
    edits, index = [], 0
    for match in re.finditer(r"\{(?=[{%])", source):
        while index < len(addresses) and addresses[index][1] <= match.start():
            index += 1
        inside = index < len(addresses) and addresses[index][0] <= match.start()
        edits.append(Edit(match.start(), match.end(), "%7B" if inside else "&#123;"))
    return edits


def edges(source: str, _context: Context) -> list[Edit]:
    """No newline and no byte order mark at the start, where it would read like a post of the oldest format."""
    return [Edit(m.start(), m.end()) for m in _EDGES.finditer(source)] if has_edges(source) else []


def has_edges(source: str) -> bool:
    """Whether a newline (or a byte order mark) stands at the start."""
    return source[:1] in {"\r", "\n", "\ufeff"}

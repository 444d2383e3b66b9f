"""Attributes that run (handlers, addresses of forbidden schemes, styles that load or overlay), and unreadable tags."""

import re
from collections.abc import Callable

from crawler.body.document import Document
from crawler.body.policy import dangerous_name, dangerous_value, decode_attribute
from crawler.body.styles import clips, dangerous_style, declarations, is_allowed
from crawler.body.syntax import KRAMDOWN_TAG, NAME, READABLE_TAG
from crawler.markup import VOID, Attribute, Edit, Token, apply
from crawler.patterns import compiled

_NAME = compiled(NAME)


def dangerous_attributes(document: Document) -> list[Edit]:
    """Dangerous attributes go with the blank before them; of a style, the dangerous declarations only."""
    return [edit for token, _ in document.spelled for edit in _attribute_edits(document, token)]


def _attribute_edits(document: Document, token: Token) -> list[Edit]:
    source, edits = document.source, []
    for attribute in document.attributes(token):
        # Doubles are looked at like all others: browsers take the first of them, kramdown the last.
        if dangerous_name(attribute.name):
            edits.append(without(source, attribute))
        elif dangerous_value(token.name, attribute.name, decode_attribute(attribute.value)):
            edits.append(
                _safe_style(attribute, token.name) if attribute.name == "style" else without(source, attribute)
            )
    return edits


def without(source: str, attribute: Attribute) -> Edit:
    """The edit that takes an attribute off its tag, with the blank before it."""
    start = attribute.span[0]
    while source[start - 1] in " \t\r\n\f" and source[start - 2 : start - 1] != "<":
        start -= 1
    following = source[attribute.span[1] : attribute.span[1] + 1]
    # What stood apart only by the attribute must not grow together.
    return Edit(start, attribute.span[1], "" if following in " \t\r\n\f>/" else " ")


def _safe_style(attribute: Attribute, tag: str) -> Edit:
    clipped = clips(decode_attribute(attribute.value), tag)
    kept = "".join(d for d in declarations(attribute.value) if is_allowed(decode_attribute(d), clipped))
    return Edit(*attribute.value_span, "" if dangerous_style(decode_attribute(kept), tag) else kept)


def unreadable_tags(document: Document) -> list[Edit]:
    """Start tags that two readers end at different places are written anew, attribute by attribute."""
    return _anew(document, READABLE_TAG, rebuilt)


def unquoted_tags(document: Document) -> list[Edit]:
    """Start tags that kramdown would show as text (``width=50%``) get their quotes."""
    return _anew(document, KRAMDOWN_TAG, quoted)


def _anew(document: Document, spelling: re.Pattern[str], written: Callable[[Document, Token], str]) -> list[Edit]:
    return [
        Edit(token.start, token.end, written(document, token))
        for token in document.starts
        if not spelling.fullmatch(document.source, token.start, token.end)
    ]


def quoted(document: Document, token: Token) -> str:
    """The start tag with quotes round the values that lack them, and every other byte as it was if that will do."""
    source = document.source
    edits = [
        Edit(*a.value_span, f'"{a.value}"')
        for a in document.attributes(token)
        if a.value and a.span[1] == a.value_span[1] and '"' not in a.value
    ]
    tag = _within(source, token, edits)
    return tag if KRAMDOWN_TAG.fullmatch(tag) else rebuilt(document, token)


def _within(source: str, token: Token, edits: list[Edit]) -> str:
    at = token.start
    return apply(source[at : token.end], [Edit(start - at, end - at, text) for start, end, text in edits])


def rebuilt(document: Document, token: Token) -> str:
    """The start tag with every attribute quoted; "&lt;…" when its name is none."""
    source = document.source
    if not _NAME.fullmatch(token.name):
        return "&lt;" + source[token.start + 1 : token.end].replace("<", "&lt;")
    pieces = ["<", source[token.start + 1 : token.start + 1 + len(token.name)]]
    for attribute in document.attributes(token):
        if _NAME.fullmatch(attribute.name):
            value = attribute.value.replace("<", "&lt;").replace('"', "&quot;")
            pieces.append(f' {attribute.name}="{value}"')
    pieces.append(" />" if token.name in VOID else ">")
    return "".join(pieces)

"""Where an element ends: told by its tags as the HTML standard counts them, where they leave a doubt judged by lxml.

The judge reads a copy of the page in which comments stand round each end tag that may be the one: for the parser the
element ends where the last of the comments in it stands. Nothing else is taken from the parser.
"""

import re
from functools import cache
from typing import NamedTuple

from lxml import etree, html

from crawler.markup import RAW_TEXT, WS, Span, Token, raw_text, tokens
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled
from crawler.regular_markup import ORDINARY, TABLE_PARTS, WHOLE_ATTRIBUTES, whole_tags

_CELLS = frozenset(["td", "th", "caption"])
_FOREIGN = frozenset(["svg", "math"])
_SCOPES = frozenset(["table", "object", "applet", "marquee", "select", "template", "noscript"]) | _CELLS | _FOREIGN
"""Elements in which an end tag closes nothing that is around them (what the standard calls a scope)."""
_ROOTS = frozenset(["html", "body", "frameset"])
UNKNOWN_END = "broken markup: where the body ends cannot be told"
_NOT_XML = compiled("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_TEXT = "[^<]*+"
_SCRIPT = rf"script{WHOLE_ATTRIBUTES}>{_TEXT}(?:<(?!/script|!--){_TEXT})*+</script>"
_SIMPLE = rf"{whole_tags(ORDINARY)}|{_SCRIPT}"
_TABLE = (
    rf"table{WHOLE_ATTRIBUTES}>(?:{_TEXT}<(?:{whole_tags(f'{ORDINARY}|{TABLE_PARTS}')}))*+{_TEXT}"
    rf"</table{WHOLE_ATTRIBUTES}>"
)
PROSE = rf"{_TEXT}(?:<(?:{_SIMPLE}|{_TABLE}){_TEXT})*+"
"""A pattern of text, whole tags of prose, whole scripts and tables, and plain comments."""


class Element(NamedTuple):
    """Where an element stands in the source."""

    tag: Token
    inner: Span
    closed: bool = True
    """False when only the end of the page ends it."""
    whole: bool = False
    """Whether all markup in it was seen to be of whole tags, whose quotes end where they should."""


def element(source: str, tag: Token) -> Element:
    """Give the element that ``tag`` begins; raises Unreadable when nobody can tell where it ends."""
    if tag.name in RAW_TEXT:
        raw = raw_text(source, tag, len(source))
        return Element(tag, (tag.end, raw.end if raw else tag.end))
    if plain := _plain(tag.name).match(source, tag.end):
        return Element(tag, plain.span(), whole=True)
    try:
        return _counted(source, tag)
    except _Doubt:
        return _judged(source, tag)


@cache
def _plain(name: str) -> re.Pattern[str]:
    """Match the content of an element called ``name`` that nobody can read in two ways, to where that ends.

    It holds prose and elements of its own name, two deep.
    """
    content = PROSE
    for _ in range(2):
        inner = rf"{name}{WHOLE_ATTRIBUTES}>{content}</{name}{WHOLE_ATTRIBUTES}>"
        content = rf"{_TEXT}(?:<(?:{_SIMPLE}|{_TABLE}|{inner}){_TEXT})*+"
    return re.compile(rf"{content}(?=</{name}[{WS}>])")


class _Doubt(Exception):
    """Where the element ends depends on what is around it, or on rules that only a parser knows."""


class _Scopes:
    """The scopes that are open in an element, and how many elements of its own name in each."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open = [("", 0)]

    def opens(self, name: str) -> None:
        """Take a start tag."""
        scope, depth = self._open[-1]
        if name == self._name:
            self._open[-1] = scope, depth + 1
        elif name in _CELLS:
            if scope in _CELLS:  # a cell ends the one before it
                self._open.pop()
            if self._open[-1][0] == "table":  # elsewhere there are none
                self._open.append((name, 0))
        elif name in _SCOPES:
            self._open.append((name, 0))
        elif name in _ROOTS:
            raise _Doubt
        elif name == "plaintext":
            raise Unreadable(UNKNOWN_END)

    def closes(self, name: str) -> bool:
        """Take an end tag; tell whether it ends the element."""
        scope, depth = self._open[-1]
        if name == self._name:
            if not depth and scope in _FOREIGN:
                raise _Doubt
            self._open[-1] = scope, max(0, depth - 1)
            return not depth and len(self._open) == 1
        if name in _SCOPES:
            if name == "table" and scope in _CELLS:
                self._open.pop()
            if self._open[-1][0] != name:
                raise _Doubt
            self._open.pop()
        return False


def _counted(source: str, tag: Token) -> Element:
    """Give the element as its tags tell it; raises _Doubt."""
    scopes = _Scopes(tag.name)
    for kind, start, _, name in tokens(source, tag.end):
        if kind == "start":
            scopes.opens(name)
        elif kind == "end" and scopes.closes(name):
            return Element(tag, (tag.end, start))
        elif kind == "broken":
            return Element(tag, (tag.end, start), closed=False)
    return Element(tag, (tag.end, len(source)), closed=False)


def _judged(source: str, tag: Token) -> Element:
    """Give the element as the parser sees it."""
    ends = [token for token in tokens(source, tag.end) if token.kind == "end" and token.name == tag.name]
    mark = "marked"
    while mark in source:
        mark += "-d"
    named, last = tag.start + 1 + len(tag.name), tag.end
    pieces = [source[:named], f" {mark} ", source[named:last]]
    for token in ends:
        pieces += (source[last : token.start], f"<!--{mark}-->", source[token.start : token.end], f"<!--{mark}-->")
        last = token.end
    node = next(_parsed("".join([*pieces, source[last:]])).iterfind(f".//*[@{mark}]"), None)
    if node is None:
        raise Unreadable("broken markup: a tag that a parser does not see")
    seen = sum(comment.text == mark for comment in node.iter(etree.Comment))
    if seen % 2:
        return Element(tag, (tag.end, ends[seen // 2].start))
    if seen < 2 * len(ends):
        raise Unreadable(UNKNOWN_END)
    return Element(tag, (tag.end, len(source)), closed=False)


def _parsed(source: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    return html.document_fromstring(_NOT_XML.sub(" ", source).encode(), parser=parser)

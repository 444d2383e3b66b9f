"""HTML source as spans: a tokenizer that follows the HTML standard's rules and never rewrites a byte.

Everything that reads or edits article HTML works on positions in the source text, because only untouched text comes
out byte for byte. The rules are those of the standard's tokenizer (https://html.spec.whatwg.org/multipage/parsing.html):
quotes count only after ``=``, comments end at ``-->`` or ``--!>``, raw-text elements end at their own end tag only.
All patterns are possessive, so the time is linear in the length of the source.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import pairwise
from operator import itemgetter
from typing import Literal, NamedTuple, TypeAlias

from crawler.patterns import compiled

Span: TypeAlias = tuple[int, int]
"""Start and end (exclusive) of a piece of the source, in characters."""

WS = r"\t\n\f\r "
"""White space as HTML counts it: not U+00A0, not U+3000."""

_ATTRIBUTE = rf"""
    (?P<attr>[^{WS}/>][^{WS}/>=]*+)
    (?:[{WS}]*+=[{WS}]*+
       (?P<value>"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{WS}>"'][^{WS}>]*+|(?=>|\Z))
    )?
"""
_ANY_ATTRIBUTE = re.sub(r"\?P<\w+>", "?:", _ATTRIBUTE)

_TOKEN = compiled(
    rf"""
      <!--(?P<comment>-?>|(?s:.*?)(?:--!?>|\Z))
    | <(?P<close>/)?(?P<name>[A-Za-z][^{WS}/>]*+)(?:[{WS}/]++|{_ANY_ATTRIBUTE})*+(?:>|(?P<broken>\Z))
    | <(?P<bogus>[!?/])[^>]*+(?:>|\Z)
    """,
    re.VERBOSE,
)
_ATTRIBUTES = compiled(_ATTRIBUTE, re.VERBOSE)

RAW_TEXT = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title", "plaintext"})
"""Elements whose content is text for the tokenizer, whatever it looks like (``noscript`` depends on scripting)."""

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
"""Elements without content and without an end tag."""

_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}

_RAW_END = {name: compiled(rf"</{name}(?=[{WS}/>])", re.IGNORECASE) for name in RAW_TEXT - {"plaintext"}}
_SCRIPT_STATE = compiled(rf"<!--|-->|<(/?)script(?=[{WS}/>])", re.IGNORECASE)

Kind: TypeAlias = Literal["start", "end", "comment", "bogus", "raw", "broken"]
"""``raw``: the text inside a raw-text element; ``bogus``: ``<!…>``, ``<?…>``, ``</…>`` that browsers read as comments;
``broken``: a tag that the end of the source cuts off (browsers drop it)."""


class Token(NamedTuple):
    """One token other than text: its kind, its span, and the lower-case tag name ("" for comments)."""

    kind: Kind
    start: int
    end: int
    name: str


new_token: Callable[[tuple[Kind, int, int, str]], Token] = partial(tuple.__new__, Token)
"""A token of these fields, in half the time."""


class Attribute(NamedTuple):
    """One attribute of a tag: lower-case name, raw value (entities undecoded) and the spans of both.

    ``span`` covers name, ``=`` and quotes; ``value_span`` the value alone, without quotes (empty at the name's end when
    there is no value).
    """

    name: str
    value: str
    span: Span
    value_span: Span


class Edit(NamedTuple):
    """Replace ``source[start:end]`` with ``text``."""

    start: int
    end: int
    text: str = ""


def lower(name: str) -> str:
    """The name in lower case as HTML counts it: ASCII letters only, so that the length never changes."""
    return name.lower() if name.isascii() else name.translate(_ASCII_LOWER)


def _raw_end(source: str, name: str, start: int, end: int) -> int:
    """Where the content of the raw-text element ``name`` that begins at ``start`` ends."""
    if name == "plaintext":
        return end
    match = _RAW_END[name].search(source, start, end)
    last = match.start() if match else end
    if name != "script" or source.find("<!--", start, last) < 0:
        return last
    escaped = nested = False
    for match in _SCRIPT_STATE.finditer(source, start, end):
        if match[0] == "<!--":
            escaped = True
        elif match[0] == "-->":
            escaped = nested = False
        elif not match[1]:
            nested = escaped
        elif nested:
            nested = False
        else:
            return match.start()
    return end


def tokens(source: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of ``source[start:end]`` in order; what lies between two of them is text."""
    end = len(source) if end is None else end
    position = source.find("<", start, end)
    while position >= 0:
        token = token_at(source, position, end)
        if token:
            yield token
            if raw := raw_text(source, token, end):
                yield raw
                token = raw
        position = source.find("<", token.end if token else position + 1, end)


def token_at(source: str, position: int, end: int) -> Token | None:
    """The token that begins with the ``<`` there; None where that is text."""
    match = _TOKEN.match(source, position, end)
    if match is None:
        return None
    name, close, comment, broken = match.group("name", "close", "comment", "broken")
    if name is None:
        return new_token(("comment" if comment is not None else "bogus", position, match.end(), ""))
    kind: Kind = "broken" if broken is not None else "end" if close else "start"
    return new_token((kind, position, match.end(), lower(name)))


def raw_text(source: str, tag: Token, end: int) -> Token | None:
    """The raw text behind a token; None where there is none, as behind what begins no element of such text."""
    if tag.name not in RAW_TEXT or tag.kind != "start":
        return None
    last = _raw_end(source, tag.name, tag.end, end)
    return Token("raw", tag.end, last, tag.name) if last > tag.end else None


def attributes(source: str, tag: Token) -> list[Attribute]:
    """The attributes of a start tag, in source order, duplicates included (browsers take the first)."""
    found = []
    for match in _ATTRIBUTES.finditer(source, tag.start + 1 + len(tag.name), tag.end - 1):
        value, (start, end) = match["value"] or "", match.span("value")
        if start < 0:
            start = end = match.end("attr")
        elif value[:1] in ('"', "'"):
            start, end = start + 1, end - 1
        found.append(Attribute(lower(match["attr"]), source[start:end], match.span(), (start, end)))
    return found


def values(source: str, tag: Token) -> dict[str, str]:
    """The raw values of a start tag's attributes by name, as a browser takes them: what ``attributes`` says, sooner."""
    found: dict[str, str] = {}
    for spelled, value in _ATTRIBUTES.findall(source, tag.start + 1 + len(tag.name), tag.end - 1):
        name = spelled.lower() if spelled.isascii() else lower(spelled)  # a call less for each of them
        if name not in found:
            found[name] = value[1:-1] if value[:1] in ('"', "'") else value
    return found


def attribute(source: str, tag: Token, name: str) -> Attribute | None:
    """The attribute that a browser would take for ``name``, or None."""
    return next((a for a in attributes(source, tag) if a.name == name), None)


def element_span(source: str, opening: Token, end: int | None = None) -> tuple[Span, Span] | None:
    """(outer, inner) span of the element that ``opening`` begins, told by its name; None when it is not closed."""
    depth = 1
    for token in tokens(source, opening.end, end):
        if token.name != opening.name:
            continue
        if token.kind == "start":
            depth += 1
        elif token.kind == "end":
            depth -= 1
            if depth == 0:
                return (opening.start, token.end), (opening.end, token.start)
    return None


def disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in the order of the source, less those inside or across an earlier, larger one."""
    ordered = list(edits)
    if len(ordered) > 1 and any(one.start >= other.start for one, other in pairwise(ordered)):
        ordered.sort(key=itemgetter(1), reverse=True)
        ordered.sort(key=itemgetter(0))
    found, end = list[Edit](), 0
    for edit in ordered:
        if edit.start >= end:
            found.append(edit)
            end = edit.end
    return found


def apply(source: str, edits: Iterable[Edit]) -> str:
    """The source with the edits carried out; an edit inside an earlier, larger one is swallowed by it.

    >>> apply("<p>a<i>b</i></p>", [Edit(4, 12), Edit(7, 8, "c")])
    '<p>a</p>'
    """
    return spliced(source, disjoint(edits))


def spliced(source: str, edits: Sequence[Edit]) -> str:
    """The source with edits carried out that are in order and ``disjoint``."""
    pieces, position = list[str](), 0
    for start, end, text in edits:
        pieces += (source[position:start], text)
        position = end
    pieces.append(source[position:])
    return "".join(pieces)

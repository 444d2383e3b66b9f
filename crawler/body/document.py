"""A body and what is found in it: tokens, attributes, elements, paragraphs; each is looked for once, when asked for."""

import html
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from crawler.body.bare_signs import bare_signs, tokens_between
from crawler.body.outline import Outline
from crawler.markup import VOID, Attribute, Span, Token, attributes
from crawler.patterns import compiled
from crawler.regular_markup import is_regular, tokens_of

_TAG = compiled(r"<[^>]*+>")
_PICTURE = compiled(r"<(?:img|table)\b", re.IGNORECASE)


class Paragraph(NamedTuple):
    """A ``p`` or ``div`` without one inside: the span of the whole, and of what stands between its tags."""

    tag: Token
    span: Span
    inner: Span


class Document:
    """The source of a body, and the address that its relative addresses are relative to ("" when unknown)."""

    def __init__(self, source: str, base_url: str = "") -> None:
        self.source = source
        self.base_url = base_url
        self.outline: Outline | None = None
        """Set by the prefilter, where it could."""
        self.is_legal = False
        """Whether all characters of the source are known to be legal."""
        self.missing = set[str]()
        """Characters beyond ASCII that are known to be nowhere in the source."""
        self._attributes: dict[int, list[Attribute]] = {}

    def edited(self, source: str, added: Iterable[str] = ()) -> "Document":
        """The body after edits that brought these texts: what is known of the characters of others stays known."""
        document = Document(source, self.base_url)
        if all(text.isprintable() and text.isascii() for text in added):
            document.is_legal = self.is_legal
            document.missing = set(self.missing)
        return document

    @cached_property
    def _is_regular(self) -> bool:
        return is_regular(self.source)

    @cached_property
    def bare(self) -> list[int]:
        """Where a ``<`` stands for itself, and HTML's tokenizer would take it for markup."""
        return [] if self._is_regular else bare_signs(self.source)

    @cached_property
    def tokens(self) -> list[Token]:
        """All tokens, in order."""
        if self.outline:
            return self.outline.tokens
        if self._is_regular:
            return list(tokens_of(self.source, None, regular=True))
        return tokens_between(self.source, self.bare)

    @cached_property
    def starts(self) -> list[Token]:
        """The start tags, in order."""
        return [token for token in self.tokens if token.kind == "start"]

    @cached_property
    def spelled(self) -> list[tuple[Token, str]]:
        """The start tags that may have attributes, and how they are spelled, in lower case."""
        return [(t, self.source[t.start : t.end].lower()) for t in self.starts if t.end - t.start > len(t.name) + 2]

    def attributes(self, tag: Token) -> list[Attribute]:
        """The attributes of a start tag, as ``markup.attributes`` gives them."""
        found = self._attributes.get(tag.start)
        if found is None:
            found = self._attributes[tag.start] = attributes(self.source, tag)
        return found

    def attribute(self, tag: Token, name: str) -> Attribute | None:
        """The first attribute of that name, which a browser takes; None without one."""
        return next((a for a in self.attributes(tag) if a.name == name), None)

    def values(self, tag: Token) -> dict[str, str]:
        """The raw values of a start tag's attributes by name; of equal names the last, which kramdown takes."""
        return {a.name: a.value for a in self.attributes(tag)}

    @cached_property
    def _ends(self) -> dict[int, Token]:
        found: dict[int, Token] = {}
        stack: list[Token] = []
        for token in self.tokens:
            if token.kind == "start":
                if token.name in VOID:
                    found[token.start] = token
                else:
                    stack.append(token)
            elif token.kind == "end" and stack and stack[-1].name == token.name:
                found[stack.pop().start] = token
        return found

    def end(self, tag: Token) -> Token | None:
        """The end tag of the element that a start tag begins, a void one's tag itself; None when it is not closed."""
        return self.outline.end(tag) if self.outline else self._ends.get(tag.start)

    @cached_property
    def _linked(self) -> set[int]:
        found, links = set[int](), 0
        for token in self.tokens:
            if token.name == "a":
                links = max(0, links + (token.kind == "start") - (token.kind == "end"))
            elif links:
                found.add(token.start)
        return found

    def is_linked(self, tag: Token) -> bool:
        """Whether a tag stands inside a link."""
        return self.outline.is_linked(tag) if self.outline else tag.start in self._linked

    @cached_property
    def _tables(self) -> list[int]:
        """Where tables begin and end, in turns."""
        found, depth = list[int](), 0
        for token in self.tokens:
            if token.name == "table" and (token.kind == "start" or depth):
                is_start = token.kind == "start"
                depth += 1 if is_start else -1
                if depth == is_start:
                    found.append(token.start)
        return found

    def is_in_table(self, tag: Token) -> bool:
        """Whether a tag stands inside a table."""
        return bisect_right(self._tables, tag.start) % 2 == 1

    def depths(self) -> Iterator[tuple[Token, int]]:
        """Each token with the number of elements round it; an element's end tag counts as inside of it."""
        depth = 0
        names: Counter[str] = Counter()
        for token in self.tokens:
            yield token, depth
            if token.kind == "start" and token.name not in VOID:
                depth += 1
                names[token.name] += 1
            elif token.kind == "end" and names[token.name]:
                depth -= 1
                names[token.name] -= 1

    @cached_property
    def top(self) -> list[tuple[Token, int]]:
        """What stands at the top, and the end tags there: of the tokens with their depths those of 0, and ends of 1."""
        if self.outline:
            return self.outline.top
        return [(token, depth) for token, depth in self.depths() if depth == 0 or (depth == 1 and token.kind == "end")]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """Every ``p`` and ``div`` that holds neither, in order."""
        found: list[Paragraph] = []
        start: Token | None = None
        for token in self.tokens:
            if token.name not in {"p", "div"}:
                continue
            if token.kind == "end" and start is not None and start.name == token.name:
                found.append(Paragraph(start, (start.start, token.end), (start.end, token.start)))
            start = token if token.kind == "start" else None
        return found

    @cached_property
    def text(self) -> str:
        """The text without tags, character references decoded."""
        return text_of(self.source)


def says(inner: str) -> str:
    """What a paragraph with this content shows: its text, or "picture"."""
    return "picture" if _PICTURE.search(inner) else text_of(inner).strip()


def text_of(markup: str) -> str:
    """The text between tags, character references decoded."""
    end = markup.rfind(">") + 1  # the pattern's time is linear where every sign that opens has one that closes
    return html.unescape(_TAG.sub("", markup[:end]) + markup[end:])

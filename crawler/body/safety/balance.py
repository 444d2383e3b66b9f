"""Balance: every element closed, in order, inside the body, so that none swallows the share link and the footer."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from crawler.body.document import Document
from crawler.body.syntax import DEEPEST, END_TAG, words
from crawler.markup import VOID, Edit, Token

_BLOCKS = words(
    "address article aside blockquote center details dd dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header"
    " hgroup hr li main menu nav ol p pre section summary table ul"
)
_CELLS = words("td th")
_ROWS = words("tr tbody tfoot thead")
_CLOSES = {
    "p": _BLOCKS,
    "li": words("li"),
    "dt": words("dt dd"),
    "dd": words("dt dd"),
    "td": _CELLS | _ROWS,
    "th": _CELLS | _ROWS,
    "tr": _ROWS,
}
"""Open element -> start tags that end it, as in HTML."""


class _Open(NamedTuple):
    name: str
    spelled: str
    dropped: bool


def is_balanced(source: str, toks: list[Token]) -> bool:
    """Whether every start tag has its end tag, in order, spelled alike, and nothing nests too deep.

    An end tag that closes nothing is text for kramdown and nothing for browsers: it does not count.
    """
    stack: list[str] = []
    names: Counter[str] = Counter()
    for token in toks:
        if token.kind == "start" and token.name not in VOID:
            if source[token.end - 2] == "/" or len(stack) >= DEEPEST:
                return False
            stack.append(_spelled(source, token))
            names[token.name] += 1
        elif token.kind == "end":
            if not END_TAG.fullmatch(source, token.start, token.end):
                return False
            if names[token.name]:
                names[token.name] -= 1
                if stack.pop() != _spelled(source, token):
                    return False
    return not stack


def _spelled(source: str, token: Token) -> str:
    start = token.start + (2 if token.kind == "end" else 1)
    return source[start : start + len(token.name)]


def balance(document: Document) -> list[Edit]:
    """End tags that are missing are added; crossed ones close what stands open inside; what nests too deep goes."""
    source, toks = document.source, document.tokens
    if is_balanced(source, toks):
        return []
    balancer = _Balancer(source)
    for token in toks:
        if token.kind == "start" and token.name not in VOID:
            balancer.start(token)
        elif token.kind == "end":
            balancer.end(token)
    balancer.finish()
    return balancer.edits


class _Balancer:
    """The elements that stand open, and the edits that close them in order."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.edits: list[Edit] = []
        self.stack: list[_Open] = []
        self.names: Counter[str] = Counter()
        self.depth = 0

    def start(self, tag: Token) -> None:
        """Open an element, after the end of those that its start tag ends; too deep a one loses its tags."""
        while self.stack and tag.name in _CLOSES.get(self.stack[-1].name, ()):
            self.edits.append(Edit(tag.start, tag.start, self.pop()))
        dropped = self.depth >= DEEPEST
        self.stack.append(_Open(tag.name, _spelled(self.source, tag), dropped))
        self.names[tag.name] += 1
        self.depth += not dropped
        if dropped:
            self.edits.append(Edit(tag.start, tag.end))
        elif self.source[tag.end - 2] == "/":
            # ``<p/>`` opens a paragraph for a browser and is a whole one for kramdown.
            self.edits.append(Edit(tag.end - 2, tag.end - 1))

    def end(self, tag: Token) -> None:
        """Close an element, and what still stands open inside of it; leave an end tag that closes nothing."""
        readable = END_TAG.fullmatch(self.source, tag.start, tag.end) is not None
        if not self.names[tag.name]:
            if not readable:
                self.edits.append(Edit(tag.start, tag.end))
            return
        text = ""
        while self.names[tag.name] and self.stack[-1].name != tag.name:
            text += self.pop()
        text += self.pop()
        if not (readable and text == f"</{_spelled(self.source, tag)}>"):
            self.edits.append(Edit(tag.start, tag.end, text))

    def pop(self) -> str:
        """Close the innermost element; its end tag, "" when its start tag was dropped."""
        closed = self.stack.pop()
        self.names[closed.name] -= 1
        self.depth -= not closed.dropped
        return "" if closed.dropped else f"</{closed.spelled}>"

    def finish(self) -> None:
        """Close whatever stands open at the end of the body."""
        at = len(self.source)
        self.edits.append(Edit(at, at, "".join(self.pop() for _ in range(len(self.stack)))))


def stray_ends(document: Document) -> list[Edit]:
    """End tags that close nothing go."""
    return [Edit(token.start, token.end) for token, closes in _ends(document) if not closes]


def blank_ends(document: Document) -> list[Edit]:
    """End tags with blanks inside (``</p >``) lose them."""
    source = document.source
    plain = ((token, f"</{_spelled(source, token)}>") for token, closes in _ends(document) if closes)
    return [Edit(t.start, t.end, text) for t, text in plain if source[t.start : t.end] != text]


def _ends(document: Document) -> Iterator[tuple[Token, bool]]:
    """The end tags, and whether each closes an element."""
    names: Counter[str] = Counter()
    for token in document.tokens:
        if token.kind == "start" and token.name not in VOID:
            names[token.name] += 1
        elif token.kind == "end":
            yield token, names[token.name] > 0
            names[token.name] -= names[token.name] > 0

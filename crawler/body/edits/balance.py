"""Balance: every element closed, in order, inside the body, so that none swallows the share link and the footer."""

from collections import Counter
from typing import NamedTuple

from crawler.body.context import Context
from crawler.body.syntax import DEEPEST, END_TAG, words
from crawler.markup import VOID, Edit, Token

_BLOCKS = words(
    "address article aside blockquote center details dd dir div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr"
    " li main menu nav ol p pre section summary table ul"
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


def balance(source: str, context: Context) -> list[Edit]:
    """End tags that are missing are added, those that close nothing go, crossed ones close what stands open inside."""
    toks = context.tokens(source)
    if is_balanced(source, toks):
        return []
    edits: list[Edit] = []
    stack: list[_Open] = []
    names: Counter[str] = Counter()
    depth = 0
    for token in toks:
        if token.kind == "start" and token.name not in VOID:
            while stack and token.name in _CLOSES.get(stack[-1].name, ()):
                closed = stack.pop()
                names[closed.name] -= 1
                if not closed.dropped:
                    depth -= 1
                    edits.append(Edit(token.start, token.start, f"</{closed.spelled}>"))
            dropped = depth >= DEEPEST
            stack.append(_Open(token.name, _spelled(source, token), dropped))
            names[token.name] += 1
            if dropped:
                edits.append(Edit(token.start, token.end))
            else:
                depth += 1
                edits += _without_slash(source, token)
        elif token.kind == "end":
            if not names[token.name]:
                if not END_TAG.fullmatch(source, token.start, token.end):
                    edits.append(Edit(token.start, token.end))
                continue
            closing = []
            while True:
                closed = stack.pop()
                names[closed.name] -= 1
                if not closed.dropped:
                    depth -= 1
                    closing.append(f"</{closed.spelled}>")
                if closed.name == token.name:
                    break
            text = "".join(closing)
            if text != source[token.start : token.end] and not (
                text == f"</{_spelled(source, token)}>" and END_TAG.fullmatch(source, token.start, token.end)
            ):
                edits.append(Edit(token.start, token.end, text))
    rest = "".join(f"</{closed.spelled}>" for closed in reversed(stack) if not closed.dropped)
    if rest:
        edits.append(Edit(len(source), len(source), rest))
    return edits


def _without_slash(source: str, token: Token) -> list[Edit]:
    """``<p/>`` opens a paragraph for a browser and is one for kramdown: the slash goes."""
    return [Edit(token.end - 2, token.end - 1)] if source[token.end - 2] == "/" else []


def stray_ends(source: str, context: Context) -> list[Edit]:
    """End tags that close nothing go; those with blanks inside (``</p >``) lose them."""
    edits = []
    names: Counter[str] = Counter()
    for token in context.tokens(source):
        if token.kind == "start" and token.name not in VOID:
            names[token.name] += 1
        elif token.kind == "end":
            plain = f"</{_spelled(source, token)}>"
            if not names[token.name]:
                edits.append(Edit(token.start, token.end))
            elif source[token.start : token.end] != plain:
                edits.append(Edit(token.start, token.end, plain))
            names[token.name] -= names[token.name] > 0
    return edits

"""Markup of articles as plain text: what readers see, a paragraph a line."""

import html
from collections.abc import Iterator

from crawler.body.syntax import words
from crawler.markup import attribute, tokens
from crawler.patterns import compiled

_LINES = words(
    "address article aside blockquote br caption center dd div dl dt"
    " figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section table tbody tfoot thead tr ul"
)
"""Elements that begin and end a line."""
_CELLS = frozenset({"td", "th"})
_BLANKS = compiled(r"[ \t\r\f\v\u00a0]+")


def plain_text(markup: str) -> str:
    """The text of the markup: no tags, comments and scripts; lines where elements begin one, none of them empty."""
    pieces, position = list[str](), 0
    for token in tokens(markup):
        pieces.append(markup[position : token.start].replace("\n", " "))
        position = token.end
        if token.name in _LINES:
            pieces.append("\n")
        elif token.name in _CELLS:
            pieces.append(" ")
    pieces.append(markup[position:].replace("\n", " "))
    lines = html.unescape("".join(pieces)).split("\n")
    return "\n".join(line for spelled in lines if (line := _BLANKS.sub(" ", spelled).strip()))


def pictures(markup: str) -> Iterator[str]:
    """The addresses of the pictures in the markup, in its order."""
    for token in tokens(markup):
        source = attribute(markup, token, "src") if token.name == "img" and token.kind == "start" else None
        if source and (address := html.unescape(source.value).strip()):
            yield address

"""Elements that HTML does not know: their tags go; what an office program says of itself goes with them."""

import re

from crawler.body.bare_signs import ELEMENTS
from crawler.body.document import Document
from crawler.body.rule import MarkupRule
from crawler.markup import Edit
from crawler.patterns import compiled

_OF_ARTICLE = compiled(r"<(?:p|div|img|table|br)\b", re.IGNORECASE)


def _unknown(document: Document) -> list[Edit]:
    edits, cut_to = [], -1
    for token in document.tokens:
        if token.kind not in ("start", "end") or token.name in ELEMENTS or token.start < cut_to:
            continue
        cut_to = token.end
        end = document.end(token) if token.name == "xml" and token.kind == "start" else None
        if end is not None and not _OF_ARTICLE.search(document.source, token.end, end.start):
            cut_to = end.end
        edits.append(Edit(token.start, cut_to))
    return edits


UNKNOWN_ELEMENTS = MarkupRule(
    "unknown-elements",
    "tags that HTML does not know, and what an office program says of itself in <xml>",
    (
        ("<p>a<o:p></o:p><st1:place>b</st1:place></p>", "<p>ab</p>"),
        ("<xml><w:View>Normal</w:View></xml><p>a</p>", "<p>a</p>"),
        ("<xml><p>a</p></xml>", "<p>a</p>"),
    ),
    _unknown,
)

"""Text and white space outside every block: text gets a block of its own, white space goes."""

from crawler.body.document import Document
from crawler.body.rule import MarkupRule
from crawler.body.safety.markdown import opens_block, wrapped
from crawler.body.syntax import SPAN_ELEMENTS
from crawler.markup import VOID, Edit


def _loose_text(document: Document) -> list[Edit]:
    return wrapped(document, wanted="<" in document.source)


def _between_blocks(document: Document) -> list[Edit]:
    """The white space, U+3000 and no-break spaces included, beside top-level blocks and comments."""
    source, edits = document.source, []
    position, beside = 0, True
    for token, depth in [*document.top, (None, 0)]:
        start = len(source) if token is None else token.start
        boundary = token is None or (depth == 0 and (token.kind == "comment" or opens_block(source, token)))
        if beside and boundary and start > position and not source[position:start].strip():
            edits.append(Edit(position, start))
        if token is not None:
            closes = token.kind == "end" and depth == 1 and token.name not in SPAN_ELEMENTS
            alone = depth == 0 and (token.kind == "comment" or (boundary and token.name in VOID))
            position, beside = token.end, closes or alone
    return edits


LOOSE_TEXT = MarkupRule(
    "loose-text",
    "text outside blocks gets a paragraph of its own: kramdown shows the markup after it as text",
    (("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"),),
    _loose_text,
)
BLANKS = MarkupRule(
    "blanks",
    "white space between blocks: before a comment it makes kramdown print a picture's markup as text",
    (("<p>a</p>\r\n <p>b</p> ", "<p>a</p><p>b</p>"),),
    _between_blocks,
)

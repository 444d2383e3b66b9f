"""Signs that are no tags, and tags that kramdown takes for text: end tags that close nothing, values without quotes."""

from crawler.body.document import Document
from crawler.body.rule import MarkupRule
from crawler.body.safety.attributes import unquoted_tags
from crawler.body.safety.balance import blank_ends, stray_ends
from crawler.body.safety.elements import signs_in_text
from crawler.markup import Edit


def _bare(document: Document) -> list[Edit]:
    return [Edit(at, at + 1, "&lt;") for at in set(signs_in_text(document)).intersection(document.bare)]


BARE_SIGNS = MarkupRule(
    "bare-signs",
    "a < of the text that HTML takes for the beginning of a tag",
    (("<p>x<y。</p><p>z<3</p>", "<p>x&lt;y。</p><p>z<3</p>"),),
    _bare,
)

STRAY_ENDS = MarkupRule(
    "stray-ends",
    "end tags that close nothing: Jekyll shows them",
    (("<p>a</b></p>", "<p>a</p>"), ("<p>a</p></p >", "<p>a</p>")),
    stray_ends,
)
BLANK_ENDS = MarkupRule("blank-ends", "blanks in end tags", (("<p>a</p >", "<p>a</p>"),), blank_ends)
QUOTING = MarkupRule(
    "quoting",
    "values without quotes get them",
    (("<p width=50%>a</p>", '<p width="50%">a</p>'),),
    unquoted_tags,
)

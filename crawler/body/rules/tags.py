"""Tags that kramdown takes for text: end tags that close nothing, values without quotes."""

from crawler.body.rule import MarkupRule
from crawler.body.safety.attributes import unquoted_tags
from crawler.body.safety.balance import stray_ends

STRAY_ENDS = MarkupRule(
    "stray-ends",
    "end tags that close nothing, blanks in end tags",
    (("<p>a</p></b>", "<p>a</p>"), ("<p>a</p >", "<p>a</p>")),
    stray_ends,
)
QUOTING = MarkupRule(
    "quoting",
    "values without quotes get them",
    (("<p width=50%>a</p>", '<p width="50%">a</p>'),),
    unquoted_tags,
)

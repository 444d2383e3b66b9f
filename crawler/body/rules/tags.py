"""Signs that are no tags, and tags that kramdown takes for text: end tags that close nothing, values without quotes."""

import re
from collections import Counter

from crawler.body.document import Document
from crawler.body.rule import MarkupRule
from crawler.body.safety.attributes import unquoted_tags
from crawler.body.safety.balance import blank_ends, stray_ends
from crawler.body.safety.elements import signs_in_text
from crawler.markup import WS, Edit, apply
from crawler.patterns import compiled
from crawler.regular_markup import is_regular


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

_NAME = rf"[{WS}]++[^{WS}\"'<>/=]++"
_UNQUOTED = compiled(
    rf"""<[A-Za-z][A-Za-z0-9]*+(?:{_NAME}(?:="[^"<>]*+"|='[^'<>]*+'|(?!=)))*+{_NAME}=(?!["'])[^<>]*+>"""
)


def with_quotes(source: str) -> tuple[str, int]:
    """What `QUOTING` makes of a body of usual markup, and how many tags it changes: tables have the same few tags."""
    if _UNQUOTED.search(source) is None or not is_regular(source.lower()):
        return source, 0
    known: dict[str, str] = {}
    found = Counter[str]()

    def written(match: re.Match[str]) -> str:
        tag = match[0]
        if tag not in known:
            known[tag] = apply(tag, QUOTING.edits(Document(tag)))
        found[tag] += known[tag] != tag
        return known[tag]

    return _UNQUOTED.sub(written, source), found.total()

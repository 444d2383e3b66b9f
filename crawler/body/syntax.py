"""Which tags and comments browsers and kramdown read alike, and which white space kramdown allows between blocks.

kramdown 2.4 (lib/kramdown/parser/html.rb) knows XML names only, wants white space between attributes, takes unquoted
values of word characters only, and lets a quoted value run on over further quotes until the tag fits: where the two
readings of a tag differ, one of them may see markup that the other does not.
"""

import re

from crawler.patterns import compiled


def words(text: str) -> frozenset[str]:
    """The words of a table that is written as text."""
    return frozenset(text.split())


_PART = r"[A-Za-z_][A-Za-z0-9_.\-]*+"
NAME = rf"{_PART}(?::{_PART})?+"
READABLE_TAG = compiled(
    rf"""<{NAME}(?:\s++{NAME}(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=`][^\s"'<>`]*+))?+)*+\s*+/?>""",
    re.ASCII,
)
"""Start tags that every reader ends at the same place, quoting aside."""
KRAMDOWN_TAG = compiled(
    rf"""<{NAME}(?:\s++{NAME}(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|\w++(?=[\s/>])))?+)*+\s*+/?>""", re.ASCII
)
"""Start tags that kramdown takes for tags, too."""
END_TAG = compiled(rf"</{NAME}[ \t\r\n\f]*+>")
COMMENT = compiled(r"<!--(?!-?>)(?:[^-<]++|-(?!-!?>)|<(?!!--))*+-->")
"""Comments that nobody reads differently: no ``--!>``, no comment in a comment, not ``<!-->``."""
SPAN_ELEMENTS = words(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt rtc"
    " ruby samp select small span strong sub sup tt u var"
)
"""Elements that kramdown reads as part of a Markdown paragraph when they stand outside a block."""

DEEPEST = 100
"""Nesting that kramdown's recursion and every browser bear; real articles stay below 12."""

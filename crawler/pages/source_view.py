"""The source of a page as browsers and editors show it (view-source): saved so, a page holds nothing else."""

import html
import re

from crawler.patterns import compiled

_HEAD = 6000
"""Characters of a page in which the source that it shows begins."""
_VIEW = compiled(
    r"(?:<[^<>]*+>|[^<>&]++)*?(?P<source>(?:<[^<>]*+>)*+&lt;(?:<[^<>]*+>)*+(?:!doctype\s++)?html\b)",
    re.IGNORECASE,
)
_TAG = compiled(r"<[^<>]*+>")
_LINE = compiled(r"</tr>\s*+|</li>\s*+|<br\s*+/?>\n?", re.IGNORECASE)


def unwrap_source_view(text: str) -> str:
    """The page whose source another page shows, line numbers and colours aside; any other text as it is."""
    begin = max(text.find("<body", 0, _HEAD), text.find("<BODY", 0, _HEAD))
    view = _VIEW.match(text, begin, begin + _HEAD) if begin >= 0 else None  # a feed's items hold sources, too
    if view is None:
        return text
    source = html.unescape(_TAG.sub("", _LINE.sub("\n", text[view.start("source") :])))
    return source if source.rstrip()[-10:].lower().endswith("</html>") else text

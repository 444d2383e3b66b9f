"""JSON as a browser shows it, or as a parser of HTML wraps it: saved from there, it is a page of nothing else."""

import html
import re

from crawler.patterns import compiled

_BODY = compiled(r"<body\b|(?<![\s\S])\s*+<pre\b", re.IGNORECASE)
_HEAD = 6000
"""Characters of a page in which its body begins."""
_VIEW = compiled(
    r"(?:<body\b[^<>]*>)?\s*+(?:</?(?:pre|div|p)\b[^<>]*>\s*+)*+"
    r"(?P<json>[\w.$ =/*;(]{0,200}+[{\[]\s*+(?:[\"{\[]|&quot;)[^<>]*+)"
    r"(?:\s|</?(?:div|pre|p)\b[^<>]*>)*+(?:</body>\s*+)?(?:</html>\s*+)?\Z",
    re.IGNORECASE | re.ASCII,
)


def unwrap_json_view(text: str) -> str:
    """The JSON inside the page that a browser makes of it to show it; any other text as it is."""
    begin = _BODY.search(text, 0, _HEAD)
    view = _VIEW.match(text, begin.start()) if begin else None
    return html.unescape(view["json"]) if view else text

"""JSON as a browser shows it, or as a parser of HTML wraps it: saved from there, it is a page of nothing else."""

import html
import re

from crawler.patterns import compiled

_HEAD = 6000
"""Characters of a page in which its body begins, if not with the page."""
_VIEW = compiled(
    r"(?:<body\b[^<>]*>)?\s*+(?:</?(?:pre|div|p)\b[^<>]*>\s*+)*+"
    r"(?P<json>[\w.$ =/*;(]{0,200}+[{\[]\s*+(?:[\"{\[]|&quot;)[^<>]*+)"
    r"(?:\s|</?(?:div|pre|p)\b[^<>]*>)*+(?:</body>\s*+)?(?:</html>\s*+)?\Z",
    re.IGNORECASE | re.ASCII,
)


def unwrap_json_view(text: str) -> str:
    """The JSON inside the page that a browser makes of it to show it; any other text as it is."""
    begin = max(text.find("<body", 0, _HEAD), text.find("<BODY", 0, _HEAD))
    is_bare = begin < 0 and text[:100].lstrip().startswith("<pre")
    view = _VIEW.match(text, max(begin, 0)) if begin >= 0 or is_bare else None
    return html.unescape(view["json"]) if view else text

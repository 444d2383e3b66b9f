"""JSON as a browser shows it: saved from there, it is a page with the reply in a ``pre``."""

import html
import re

from crawler.patterns import compiled

_VIEW = compiled(
    r"\s*<html\b[^<>]*>\s*(?:<head\b[^<>]*>(?:(?!</head>).){0,4000}</head>)?\s*<body\b[^<>]*>\s*<pre\b[^<>]*>"
    r"(?P<json>\s*[^<>]{0,200}[{\[][^<>]*+)</pre>(?:\s|<div\b[^<>]*>|</div>)*+</body>\s*</html>\s*",
    re.IGNORECASE | re.DOTALL,
)


def unwrap_json_view(text: str) -> str:
    """The JSON inside the page that a browser makes of it to show it; any other text as it is."""
    if text.find("<pre", 0, 2000) < 0 or not (view := _VIEW.fullmatch(text)):
        return text
    return html.unescape(view["json"])

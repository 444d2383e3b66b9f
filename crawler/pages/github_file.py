"""GitHub's page of one of the site's post files, or its API's reply: the site sends readers there (domain-facts 12)."""

import base64
import html
import json
import re
from typing import Any

from crawler.items import Article
from crawler.pages import post_file
from crawler.pages.json_text import load
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled

_LINES = compiled(r'"rawLines"\s*:\s*(?=\[)')
"""In the JSON that a script of the page draws the file from."""
_LINE = compiled(r"<td\b[^<>]*\bid=\"LC\d{1,6}\"[^<>]*+>([^<]*+(?:<(?!/?td\b)[^<]*+)*+)</td")
"""As the pages of until 2023 have the lines."""
_REPLY = compiled(r'\s*+\{\s*+"name"\s*:\s*"(?P<name>[^"\\/]{1,200}\.(?:md|markdown))"\s*,', re.IGNORECASE)
"""How the API's reply begins that holds a file in base64."""
_TAG = compiled(r"<[^<>]*>")
_POST = "---|layout: post|title: 题|date: 2022-01-14 13:02:46|categories: a|tags: 甲社新闻|---|<p>正文</p>||<http://a/>"
EXAMPLES = (
    (
        "2022-01-14-NW202201142248170578.md",
        f'<script type="application/json">{{"rawLines":{json.dumps(_POST.split("|"))}}}</script>',
    ),
    (
        "",
        json.dumps(
            {
                "name": "2022-01-14-NW202201142248170578.md",
                "content": base64.b64encode(_POST.replace("|", "\n").encode()).decode(),
                "encoding": "base64",
            }
        ),
    ),
)


def matches(url: str, text: str) -> bool:
    """Whether the page shows the lines of a file of Markdown, or the reply holds such a file."""
    name = url.lower().rpartition("/")[2]
    is_page = name.endswith((".md", ".markdown")) and ('"rawLines"' in text or 'id="LC1"' in text)
    return is_page or (_REPLY.match(text) is not None and '"base64"' in text)


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article of the file, to the byte; raises Unreadable when the page does not hold the lines."""
    named = _REPLY.match(text)
    name, source = (named["name"], _decoded(load(text))) if named else (url, "\n".join(_lines(text)))
    if not post_file.matches(name, source):
        raise Unreadable("a page of GitHub without the lines of the post: save the raw file")
    return post_file.read(name, source)


def _decoded(reply: dict[str, Any]) -> str:
    """The text of a file that a reply holds in base64; "" where it is none, as of a file that is too large for it."""
    try:
        return base64.b64decode(str(reply.get("content"))).decode()
    except ValueError:
        return ""


def _lines(text: str) -> list[str]:
    begin = _LINES.search(text)
    if begin is None:
        return [html.unescape(_TAG.sub("", line)).strip("\n") for line in _LINE.findall(text)]
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text, begin.end())
    except (ValueError, RecursionError):
        return []
    return [line for line in found if isinstance(line, str)]

"""GitHub's page of one of the site's post files: where the site sends readers of older articles (domain-facts 12)."""

import html
import json

from crawler.items import Article
from crawler.pages import post_file
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled

_LINES = compiled(r'"rawLines"\s*:\s*(?=\[)')
"""In the JSON that a script of the page draws the file from."""
_LINE = compiled(r"<td\b[^<>]*\bid=\"LC\d{1,6}\"[^<>]*+>([^<]*+(?:<(?!/?td\b)[^<]*+)*+)</td")
"""As the pages of until 2023 have the lines."""
_TAG = compiled(r"<[^<>]*>")
_POST = "---|layout: post|title: 题|date: 2022-01-14 13:02:46|categories: a|tags: 甲社新闻|---|<p>正文</p>||<http://a/>"
EXAMPLES = (
    (
        "2022-01-14-NW202201142248170578.md",
        f'<script type="application/json">{{"rawLines":{json.dumps(_POST.split("|"))}}}</script>',
    ),
)


def matches(url: str, text: str) -> bool:
    """Whether the page shows the lines of a file of Markdown."""
    name = url.lower().rpartition("/")[2]
    return name.endswith((".md", ".markdown")) and ('"rawLines"' in text or 'id="LC1"' in text)


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article of the file, to the byte; raises Unreadable when the page does not hold the lines."""
    source = "\n".join(_lines(text))
    if not post_file.matches(url, source):
        raise Unreadable("a page of GitHub without the lines of the post: save the raw file")
    return post_file.read(url, source)


def _lines(text: str) -> list[str]:
    begin = _LINES.search(text)
    if begin is None:
        return [html.unescape(_TAG.sub("", line)).strip("\n") for line in _LINE.findall(text)]
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text, begin.end())
    except (ValueError, RecursionError):
        return []
    return [line for line in found if isinstance(line, str)]

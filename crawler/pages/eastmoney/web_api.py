"""Reads an article's reply of the web APIs (domain-facts 2.3): ``Art_Content`` objects and flat ones with ``body``."""

import re
from typing import Any

from crawler import sites
from crawler.body.placeholders import fill
from crawler.body.shows import shows
from crawler.items import Article
from crawler.pages.eastmoney.elements import Elements, Selector
from crawler.pages.eastmoney.eras import ERAS
from crawler.pages.eastmoney.page_head import has_heading
from crawler.pages.eastmoney.prose import plain
from crawler.pages.eastmoney.reply import article_of, code_in, first_text, lowered
from crawler.pages.identity import one_code
from crawler.pages.json_text import is_json, load, parsed
from crawler.pages.unreadable import NOT_OURS, Unreadable, Withdrawn
from crawler.pages.withdrawn import notice
from crawler.patterns import compiled

_ADDRESS = compiled(
    r"//newsinfo\.eastmoney\.com/kuaixun/v\d/api/(?:article/\d|content\?)|/GetArticleByCode\b", re.IGNORECASE
)
_WRAPPERS = (Selector("div", "class", "content_text"), Selector("div", "class", "contentwrap"))
"""What a template may have beside the containers of pages (domain-facts 13.7)."""
_LONGEST_HEAD = 200
"""Characters of title, time and medium in front of a template's body."""
_KEYS = compiled(r'"Art_Content"\s*:|\A[^\[]*?"(?:newsid|body)"\s*:\s*"')


EXAMPLES = (
    ("", '{"data":{"Art_Code":"202201142248170578","Art_Content":"<p>正文</p>"}}'),
    ("", '{"data":{"Art_Code":"202201142248170578","Art_Content":"<div class=content_text><p>正文</p></div>"}}'),
    ("", '{"newsid":"202201142248170578","body":"<p>正文</p>"}'),
)


def matches(url: str, text: str) -> bool:
    """Tell whether a page is such a reply."""
    if '"news":' in text[:200].replace(" ", ""):
        return False
    if _ADDRESS.search(url):
        return True
    return "Art_Content" in text or ('"body"' in text and _KEYS.search(text) is not None)


def read(url: str, text: str) -> tuple[Article, ...]:
    """Read the article; raises Unreadable for errors, unknown ids and caifuhao columns."""
    if "getarticlebycode" in url.lower():
        raise Unreadable("not an article: caifuhao column")
    reply = lowered(load(text))
    if isinstance(data := reply.get("data"), str) and is_json(data):
        data = parsed(data)  # JSON in a string
    item = lowered(data) if isinstance(data, dict) else reply
    code = one_code(sites.code_of_url(url), code_in(item))
    if not item.get("art_content") and text.lower().count("art_content") > ("art_content" in item):
        raise Unreadable("articles in a place where no known reply has them: save them one by one")
    if (code is None or "newsid" not in item) and "art_content" not in item and not _ADDRESS.search(url):
        raise Unreadable(f"{NOT_OURS}: JSON of another site")
    body = _body(item)
    if not shows(body):
        raise _without_body(reply)
    return (article_of(item, url, code, body),)


def _body(item: dict[str, Any]) -> str:
    return fill(_in_template(first_text(item, "art_content", "body") or ""), item.get("images"), None)


def _in_template(content: str) -> str:
    """The body, where a piece of a page was sent in its place: what the container holds that it stands in."""
    page = Elements(content)
    for container in (*(era.container for era in ERAS), *_WRAPPERS):
        element = page.shown(container)
        if element is None or not element.closed:
            continue
        before, (start, end) = plain(content[: element.tag.start]), element.inner
        is_head = len(before) <= _LONGEST_HEAD and not set(before) & set("。！？")
        if is_head and not shows(content[end:]) and not has_heading(content, start, end):
            return content[start:end]
    return content


def _without_body(reply: dict[str, Any]) -> Unreadable:
    """Say why there is no body: withdrawn, not found, an error, or nothing that is known."""
    message = first_text(reply, "message", "me", "msg")
    if message and (words := notice(message)):
        return Withdrawn(words, f"error reply: {words}")
    if "data" in reply and reply["data"] is None:
        return Unreadable("error reply: no such article")
    return Unreadable(f"error reply: {message[:80]}" if message else "reply without a body")

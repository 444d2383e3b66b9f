"""Reads an article's reply of the app API (domain-facts 2.2): ``getnews`` with pictures and links beside the body."""

import re
from typing import Any

from crawler import sites
from crawler.body.placeholders import fill
from crawler.body.shows import shows
from crawler.items import Article
from crawler.pages.eastmoney.reply import article_of, code_in, first_text, lowered
from crawler.pages.identity import one_code
from crawler.pages.json_text import load
from crawler.pages.unreadable import NOT_OURS, Unreadable, Withdrawn
from crawler.pages.withdrawn import notice
from crawler.patterns import compiled

_ADDRESS = compiled(r"/api/content/getnews\b", re.IGNORECASE)
_FLASH = compiled(r'"news"\s*:\s*(?:null|"")\s*,\s*"digest"\s*:\s*\{')
_ERROR = compiled(r'\{(?=[^{}]*"rc"\s*:\s*"?0)(?=[^{}]*"me"\s*:\s*")')
"""The app's own way to say that there is no such article."""
_NEWS = compiled(r'"news"\s*:\s*\{')


EXAMPLES = (
    ("", '{"rc":1,"news":{"newsid":"202201142248170578","body":"<p>正文</p>"}}'),
    ("", '{"rc":1,"news":null,"digest":{"newsid":"202201142248170578","digest":"快讯"}}'),
)


def matches(url: str, text: str) -> bool:
    """Tell whether a page is such a reply."""
    if _ADDRESS.search(url) or _FLASH.search(text) or _ERROR.search(text[:512]):
        return True
    return _NEWS.search(text) is not None and '"body"' in text


def read(url: str, text: str) -> tuple[Article, ...]:
    """Read the article, its placeholders filled; raises Unreadable with the reply's own reason when it has one."""
    reply = lowered(load(text))
    if str(reply.get("rc", 1)) == "0":
        message = first_text(reply, "me", "message") or "no reason given"
        reason = f"error reply: {message}"
        raise Withdrawn(words, reason) if (words := notice(message)) else Unreadable(reason)
    news, digest = _part(reply, "news"), _part(reply, "digest")
    item = news or digest
    if not item:
        raise Unreadable("reply without an article")
    code = one_code(sites.code_of_url(url), code_in(item) or code_in(reply))
    if code is None and "rc" not in reply and not _ADDRESS.search(url):
        raise Unreadable(f"{NOT_OURS}: JSON of another site")
    body = _body(item)
    flash = first_text(digest, "digest", "simdigest", "content")
    if not shows(body) and not flash:
        raise Unreadable("reply without a body")
    return (article_of(item, url, code, body, flash),)


def _part(reply: dict[str, Any], key: str) -> dict[str, Any]:
    """Give an object of the reply; a text in its place stands for an object with this text alone."""
    value = reply.get(key)
    if isinstance(value, str) and value.strip():
        return {key: value}
    return lowered(value) if isinstance(value, dict) else {}


def _body(news: dict[str, Any]) -> str:
    return fill(first_text(news, "body") or "", news.get("images"), news.get("links"))

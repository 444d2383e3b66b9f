"""The reply of GetNewsText.do: the article's own body, and nothing else of it."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from crawler import sites
from crawler.body.shows import shows
from crawler.items import Article
from crawler.pages.eastmoney import app_api, list_api, web_api
from crawler.pages.identity import one_code
from crawler.pages.json_text import is_json, load
from crawler.pages.unreadable import Unreadable, Withdrawn
from crawler.pages.withdrawn import notice
from crawler.patterns import compiled
from crawler.urls import hostname

_SCALAR = r'"\w{1,40}"\s*:\s*(?:-?\d[\d.]{0,30}|true|false|null|"[^"\\]{0,200}")\s*,\s*'
_BEGINS = compiled(rf'[\ufeff\s]*\{{\s*(?:{_SCALAR}){{0,8}}"(?:text|content)"\s*:', re.IGNORECASE)
_NAMED = compiled(rf'"(?:info)?code"\s*:\s*"NW{sites.NEWS_ID}"', re.IGNORECASE)
_HOSTS = frozenset(("", "newsinfo.eastmoney.com", *sites.SHARE_HOSTS))
"""Where such replies are from; the address that a file's name stands for is one of these."""
_SURROGATE = compiled("[\ud800-\udfff]")


EXAMPLES = (
    ("http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW202201142248170578", '{"text":"<p>正文</p>"}'),
    ("", '{"code":"NW202201142248170578","text":"<p>正文</p>"}'),
)


def matches(url: str, text: str) -> bool:
    """Whether the page is such a reply: by its address, or a JSON object with ``text`` or ``content``."""
    if "/getnewstext.do" in url.lower():
        return _BEGINS.match(text) is not None or not _is_another_reply(text)
    return _BEGINS.match(text) is not None and _is_told(url, text)


def _is_another_reply(text: str) -> bool:
    """Whether a file that is called as such a reply holds one of another service."""
    if is_json(text) and any(kind.matches("", text) for kind in (app_api, web_api, list_api)):
        with suppress(Unreadable):
            return {"text", "content"}.isdisjoint(map(str.lower, load(text, alone=True)))
    return False


def _is_told(url: str, text: str) -> bool:
    """Whether the address or the object names an article, or it has both keys that only such a reply has.

    Other services answer with such keys, too, and their addresses may name the article that they speak of.
    """
    if hostname(url) not in _HOSTS:
        return False
    if sites.code_of_url(url) is not None or _NAMED.search(text, 0, 1000) is not None:
        return True
    return all(f'"{key}"' in text.lower() for key in ("text", "content"))


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article with ``text`` and ``content`` as far as they are there and not empty; raises Unreadable."""
    reply = {key.lower(): value for key, value in load(text, alone=True).items()}
    code = one_code(sites.code_of_url(url), _told_code(reply))
    if code is None:
        raise Unreadable("no news id: neither the address nor the name of the JSON tells it")
    bodies = {key: _body(reply.get(key)) for key in ("text", "content")}
    if not any(bodies.values()):
        if words := next(filter(None, (notice(value) for value in reply.values() if isinstance(value, str))), ""):
            raise Withdrawn(words)
        keys = ", ".join(sorted(map(str, reply))[:8]) or "nothing"
        raise Unreadable(f"JSON without a body: text and content are missing or empty (it has {keys})")
    return (Article(code=code, origin="share", url=url, text=bodies["text"], content=bodies["content"]),)


def _told_code(reply: Mapping[str, Any]) -> str | None:
    code = str(reply.get("infocode") or reply.get("code") or "")
    return code if sites.CODE.fullmatch(code) else None


def _body(value: object) -> str | None:
    """A body that shows something, lone surrogates replaced; None for anything else."""
    if not isinstance(value, str) or not shows(value):
        return None
    try:
        value.encode("utf-16")  # sees a lone surrogate in a fifth of the time that a pattern needs
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", value)
    return value

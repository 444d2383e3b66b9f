"""The reply of GetNewsText.do: the article's own body, and nothing else of it."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

from crawler import hosts, sources
from crawler.body.shows import shows
from crawler.items import Article
from crawler.pages.unreadable import Unreadable

_VARIABLE = re.compile(
    r"[\ufeff\s]*(?:/\*.{0,200}?\*/\s*)?(?:(?:(?:var|let|const)\s+)?[\w$.]{1,80}\s*=(?!=)\s*)?", re.DOTALL
)
GUARD = r"(?:(?:typeof\s+)?[\w$.]{1,80}\s*(?:===?\s*[\"']function[\"']\s*)?&&\s*)?"
"""What a call may stand behind: ``cb && cb(…)``."""
_JSONP = re.compile(rf"{GUARD}[\w$.]+\s*\(\s*(?P<json>.*)\)\Z", re.DOTALL)
_HOSTS = frozenset((None, "newsinfo.eastmoney.com", *hosts.SHARE_HOSTS))
"""Where such replies are from; the address that a file's name stands for is one of these."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def matches(url: str, text: str) -> bool:
    """Whether the page is such a reply: by its address, or a JSON object with ``text`` or ``content``."""
    if "/getnewstext.do" in url.lower():
        return True
    head = text[:200].lstrip("\ufeff \t\r\n")
    return head.startswith("{") and bool(re.match(r'\{\s*"(?:text|content)"\s*:', head)) and _is_told(url, text)


def _is_told(url: str, text: str) -> bool:
    """Whether the address names an article, or the object has both keys that only such a reply has.

    Other services answer with such keys, too, and their addresses may name the article that they speak of.
    """
    if urlsplit(url).hostname not in _HOSTS:
        return False
    return _code(url) is not None or all(f'"{key}"' in text for key in ("text", "content"))


def read(url: str, text: str) -> tuple[Article, ...]:
    """The article with ``text`` and ``content`` as far as they are there and not empty; raises Unreadable."""
    code = _code(url)
    if code is None:
        raise Unreadable("no news id: neither the address nor the name of the JSON tells it")
    reply = load(text, alone=True)
    bodies = {key: _body(reply.get(key)) for key in ("text", "content")}
    if not any(bodies.values()):
        keys = ", ".join(sorted(map(str, reply))[:8]) or "nothing"
        raise Unreadable(f"JSON without a body: text and content are missing or empty (it has {keys})")
    return (Article(code=code, source="share-json", url=url, text=bodies["text"], content=bodies["content"]),)


def load(text: str, *, alone: bool = False) -> dict[str, Any]:
    """The JSON object in ``text``, JSONP and script variables included; raises Unreadable, naming a refusal.

    :param alone: whether the object may stand in a list, alone.
    """
    start = _VARIABLE.match(text)
    core = text[start.end() if start else 0 :].rstrip().removesuffix(";").rstrip()
    wrapped = _JSONP.match(core)
    try:
        reply = json.loads(wrapped["json"] if wrapped else core, strict=False)
    except (ValueError, RecursionError):
        raise Unreadable("HTML instead of JSON" if text.lstrip().startswith("<") else "not JSON") from None
    if alone and isinstance(reply, list) and len(reply) == 1:
        reply = reply[0]
    if not isinstance(reply, dict):
        raise Unreadable(f"JSON is no object but {type(reply).__name__}")
    if str(reply.get("code")) == "403":
        raise Unreadable("blocked: JSON says code 403")
    return reply


def _code(url: str) -> str | None:
    return sources.code_of_url(url)


def _body(value: object) -> str | None:
    """A body that shows something, lone surrogates replaced; None for anything else."""
    if not isinstance(value, str) or not shows(value):
        return None
    return _SURROGATE.sub("\ufffd", value) if _SURROGATE.search(value) else value

"""JSON as services send it: plain, in a call, in a variable, behind a guard against scripts, in a string."""

import json
import re
from typing import Any

from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled

_NAME = r"[\w$.]{1,80}"
WRAPPING = (
    r"[\ufeff\s]*(?:\)\]\}'?,?\s*|(?:while\s*\(1\)|for\s*\(;;\))\s*;\s*)?(?:/\*.{0,200}?\*/\s*)?(?:try\s*\{\s*)?"
    rf"(?:(?:(?:var|let|const)\s+)?{_NAME}\s*=(?!=)\s*)?"
    rf"(?:(?:(?:typeof\s+)?{_NAME}\s*(?:===?\s*[\"']function[\"']\s*)?&&\s*)?{_NAME}\s*\(\s*)?"
)
"""A pattern of what may stand before the value: a guard against scripts, a comment, a variable, ``cb && cb(``."""

VALUE = r"(?:\{|\[(?!\s*+(?!true|false|null|NaN|Infinity)[A-Za-z]))"
"""A pattern of how an object or a list begins; a bare word in brackets is none, be it a path in a list of files."""

_START = compiled(WRAPPING, re.DOTALL)
_BEGINS = compiled(rf"{WRAPPING}(?:[{{\[]|\"\s*\{{)", re.DOTALL)
_END = compiled(
    r"\s*+\)?\s*+;?\s*+(?:\}\s*+catch\s*+\([^()]*+\)\s*+\{[^{}]*+\}\s*+;?\s*+)?(?:<!--[^<>]{0,500}-->\s*+)*+\Z"
)
"""Caches write comments behind what they serve."""
_DECODER = json.JSONDecoder(strict=False)


def is_json(text: str) -> bool:
    """Whether a text begins as a JSON reply does."""
    if text.startswith("<"):  # most pages
        return False
    return _BEGINS.match(text[:512]) is not None


def is_refusal(text: str) -> bool:
    """Whether the reply says that too much was asked (domain-facts 8)."""
    return "访问过于频繁" in text[:500] or "\\u8bbf\\u95ee\\u8fc7\\u4e8e\\u9891\\u7e41" in text[:500]


def load(text: str, *, alone: bool = False) -> dict[str, Any]:
    """The JSON object in ``text``; raises Unreadable, naming a refusal.

    :param alone: whether the object may stand in a list, alone.
    """
    reply = parsed(text)
    if alone and isinstance(reply, list) and len(reply) == 1:
        reply = reply[0]
    if not isinstance(reply, dict):
        raise Unreadable(f"JSON is no object but {type(reply).__name__}")
    if str(reply.get("code")) == "403":
        raise Unreadable("blocked: JSON says code 403")
    return reply


def parsed(text: str) -> Any:
    """The JSON value in ``text``, whatever it is; raises Unreadable."""
    value = _value(text)
    return _value(value) if isinstance(value, str) else value  # JSON in a string, twice encoded


def _value(text: str) -> Any:
    start = _START.match(text)
    try:
        value, end = _DECODER.raw_decode(text, start.end() if start else 0)
    except (ValueError, RecursionError):
        raise Unreadable("HTML instead of JSON" if text.lstrip().startswith("<") else "not JSON") from None
    if not _END.match(text, end):
        raise Unreadable("not JSON")
    return value

"""JSON replies of East Money as they are saved: plain, JSONP, in a script variable, or JSON inside a JSON string."""

import json
import re
from collections.abc import Mapping
from typing import Any

from crawler import sources
from crawler.pages import news_text
from crawler.pages.eastmoney.prose import sound
from crawler.pages.unreadable import Unreadable

_WRAPPING = re.compile(r"\A[\ufeff\s]*(?:/\*.{0,200}?\*/\s*)?(?:(?:var|let|const)\s+[\w$]{1,80}\s*=\s*)?", re.DOTALL)
_JSON = re.compile(r"(?:[\w$.]{1,80}\s*\(\s*)?[{\[]|\"\s*\{")
_ID_KEYS = ("newsid", "art_code", "code", "infocode", "id")
_URL_KEYS = (
    "url_w",
    "url",
    "uniqueurl",
    "url_unique",
    "art_url",
    "art_uniqueurl",
    "art_originurl",
    "shareurl",
    "url_m",
)


def is_json(text: str) -> bool:
    """Tell whether a page begins as a JSON reply does."""
    if text.startswith("<"):  # most pages
        return False
    head = text[:512]
    return _JSON.match(head, _WRAPPING.match(head).end()) is not None  # type: ignore[union-attr]


def load(text: str) -> dict[str, Any]:
    """Read the object that a reply holds; raises Unreadable."""
    start = _WRAPPING.match(text)
    core = text[start.end() if start else 0 :].rstrip().removesuffix(";")
    if core.startswith('"'):
        try:
            core = str(json.loads(core, strict=False))
        except (ValueError, RecursionError):
            raise Unreadable("not JSON") from None
    return news_text.load(core)


def lowered(item: Mapping[str, Any]) -> dict[str, Any]:
    """Give the item with its keys in lower case: East Money spells them as it likes."""
    return {key.lower(): value for key, value in item.items()}


def code_in(item: Mapping[str, Any]) -> str | None:
    """Find the news id or infoCode of an item (keys in lower case), by its id or by one of its addresses."""
    for key in _ID_KEYS:
        code = (sound(item.get(key)) or "").strip().upper()
        if sources.CODE.fullmatch(code):
            return code
    found = (sources.code_of_url(sound(item.get(key)) or "") for key in _URL_KEYS)
    return next(filter(None, found), None)


def first_text(item: Mapping[str, Any], *keys: str) -> str | None:
    """Give the first of these keys that holds a text which is not empty; "" when one is there but empty."""
    texts = [text for key in keys if (text := sound(item.get(key))) is not None]
    return next((text for text in texts if text.strip()), texts[0] if texts else None)

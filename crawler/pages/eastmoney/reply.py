"""What JSON replies of East Money have in common: keys in any case, ids and addresses under many names."""

from collections.abc import Mapping
from typing import Any

from crawler import sites
from crawler.pages.eastmoney.media_names import medium
from crawler.pages.eastmoney.prose import plain, sound

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


def lowered(item: Mapping[str, Any]) -> dict[str, Any]:
    """Give the item with its keys in lower case: East Money spells them as it likes."""
    return {key.lower(): value for key, value in item.items()}


def code_in(item: Mapping[str, Any]) -> str | None:
    """Find the news id or infoCode of an item (keys in lower case), by its id or by one of its addresses."""
    for key in _ID_KEYS:
        code = (sound(item.get(key)) or "").strip().upper()
        if sites.CODE.fullmatch(code):
            return code
    found = (sites.code_of_url(sound(item.get(key)) or "") for key in _URL_KEYS)
    return next(filter(None, found), None)


def first_text(item: Mapping[str, Any], *keys: str) -> str | None:
    """Give the first of these keys that holds a text which is not empty; "" when one is there but empty."""
    texts = [text for key in keys if (text := sound(item.get(key))) is not None]
    return next((text for text in texts if text.strip()), texts[0] if texts else None)


def named_medium(item: Mapping[str, Any], *keys: str) -> str | None:
    """Give the medium that the first of these keys with a text names."""
    return medium(plain(first_text(item, *keys) or ""))

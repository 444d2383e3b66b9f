"""What JSON replies of East Money have in common: keys in any case, ids and addresses under many names."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from crawler import sites
from crawler.items import Article
from crawler.pages.eastmoney.media_names import medium
from crawler.pages.eastmoney.prose import plain, sound
from crawler.pages.unreadable import Unreadable
from crawler.patterns import compiled
from crawler.times import beijing

_OF_ONE = compiled(r"[?&]mTypeAndCode=(\d{1,4}\.[\w-]{1,20})", re.ASCII)
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
_TIMES = (
    *("art_showtime", "showtime", "time", "date", "datetime", "publish_time", "publish_date", "publish_at"),
    *("publishtime", "publishdate", "pub_time", "pub_date", "pubtime", "pubdate", "published", "published_at"),
    *("publishedat", "published_time", "date_published", "datepublished", "date_publish", "news_time", "newstime"),
    *("post_time", "posttime", "release_time", "releasetime"),
    *("news_date", "published_date", "发布时间", "发布日期", "发表时间", "发表日期", "新闻时间", "新闻日期"),
    *("时间", "日期"),
)
"""Keys of the time of publication, in the order they are believed: East Money's own, and those of tools."""


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


def article_of(item: Mapping[str, Any], url: str, code: str | None, body: str, flash: str | None = None) -> Article:
    """Give the article that an item (keys in lower case) tells of; raises Unreadable without an id."""
    if code is None:
        raise Unreadable("no news id: neither the URL nor the reply tells it")
    name = named_medium(item, "art_media_name", "source", "from")
    return Article(
        code=sites.digits(code),
        origin="article-api",
        url=url,
        title=first_text(item, "art_title", "title", "simtitle"),
        time=time_in(item),
        tag=sites.tag_of(name) if name else None,
        digest=flash,
        text=body or None,
        stocks=stocks_in(item),
    )


def time_in(item: Mapping[str, Any], keys: Iterable[str] = _TIMES) -> str | None:
    """Give the time that the first of the keys for one tells which can be read."""
    return next(filter(None, (beijing(item.get(key)) for key in keys)), None)


def stocks_in(item: Mapping[str, Any], url: str = "") -> tuple[tuple[str, str], ...]:
    """Find the securities that an item is filed under, as spelled, with their names; ``url``: the list's own address.

    They are texts or objects; one security's list names it in its address alone.
    """
    found: dict[str, str] = {}
    for key in ("stocklist", "relatedstocks"):
        value = item.get(key)
        for stock in value if isinstance(value, list) else [value]:
            told = lowered(stock) if isinstance(stock, dict) else {"code": stock}
            for code in (sound(told.get("code")) or "").split(","):
                if code.strip() and not code.lstrip().startswith("["):  # ``[Null]``
                    found.setdefault(code.strip(), plain(sound(told.get("name")) or ""))
    if asked := _OF_ONE.search(url):
        found.setdefault(asked[1], "")
    return tuple(found.items())


def first_text(item: Mapping[str, Any], *keys: str) -> str | None:
    """Give the first of these keys that holds a text which is not empty; "" when one is there but empty."""
    texts = [text for key in keys if (text := sound(item.get(key))) is not None]
    return next((text for text in texts if text.strip()), texts[0] if texts else None)


def named_medium(item: Mapping[str, Any], *keys: str) -> str | None:
    """Give the medium that the first of these keys that names one does."""
    return next(filter(None, (medium(plain(first_text(item, key) or "")) for key in keys)), None)

"""Pictures that stand in a saved page itself (``data:`` addresses): charts of the day on which it was saved."""

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from crawler.items import KLine, Post
from crawler.kline.addresses import plain
from crawler.patterns import compiled
from crawler.pictures.calendar import shown_day
from crawler.times import BEIJING

_DATA = compiled(r"\s*+data:image/[\w.+-]++;base64,(?P<data>[A-Za-z0-9+/=\s]*+)\Z", re.ASCII | re.IGNORECASE)


class Embedded(NamedTuple):
    """A K-line picture out of a page: the reference, the day that it shows, and its bytes, unchecked."""

    kline: KLine
    day: date
    data: bytes


def embedded(post: Post, now: datetime) -> Iterator[Embedded]:
    """The K-line pictures in the post's own markup that tell their security; none of a page saved nobody knows when.

    A page was saved between the article's day and now (aware), or what it says of that is wrong.
    """
    saved = datetime.fromisoformat(post.saved) if post.saved else None
    is_believed = saved is not None and saved <= now and saved.astimezone(BEIJING).date().isoformat() >= post.time[:10]
    for kline in post.klines if is_believed else ():
        is_told = kline.foreign and not kline.guessed
        found = _DATA.match(plain(kline.spelling)) if is_told else None
        if found and saved:
            try:
                data = base64.b64decode(found["data"])
            except binascii.Error:
                continue
            yield Embedded(kline, shown_day(kline.market, saved), data)

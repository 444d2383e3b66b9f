"""Places of stored pictures: ``assets/kline/<secid>/<date>.<ext>``, and how a post points there."""

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from crawler.items import KLine
from crawler.kline.codes import CODE
from crawler.patterns import compiled
from crawler.urls import post_path

FOLDER = "assets/kline"

_SECID = compiled(rf"\d{{1,4}}\.{CODE}", re.ASCII)
_VARIANT = r"(?:-intraday)?(?:-[A-Za-z]\d{0,2})?"
_STORED = compiled(
    rf"(?:\.\./)*{FOLDER}/(?P<secid>\d{{1,4}}\.{CODE})/(?P<name>\d{{4}}-\d\d-\d\d{_VARIANT})\.[a-z]{{3,4}}",
    re.ASCII,
)


class BadPath(Exception):
    """A place that is refused; the message says why."""


class PictureKey(NamedTuple):
    """What makes two pictures of one day the same: the security and what is drawn, not how large."""

    secid: str
    kind: str
    period: str


def picture_key(kline: KLine) -> PictureKey:
    """Under which key ``localize`` looks for a reference's stored picture."""
    return PictureKey(kline.secid, kline.kind, kline.period)


def wanted(klines: Iterable[KLine]) -> dict[PictureKey, KLine]:
    """The references whose pictures can be stored, one for each picture; those on foreign hosts are left alone."""
    found: dict[PictureKey, KLine] = {}
    for kline in klines:
        if not kline.foreign:
            found.setdefault(picture_key(kline), kline)
    return found


def picture_path(key: PictureKey, day: date, ext: str) -> str:
    """The place of a picture below the output folder: ``assets/kline/1.600050/2022-01-14.png``.

    A day's daily chart has the bare date as its name; other drawings add theirs (``2022-01-14-W.png``).
    """
    if not _SECID.fullmatch(key.secid):
        raise BadPath(f"secid {key.secid[:40]!r} cannot name a folder")
    variant = "" if key.kind == "kline" else f"-{key.kind}"
    variant += "" if key.period == "D" else f"-{key.period}"
    path = f"{FOLDER}/{key.secid}/{day.isoformat()}{variant}.{ext}"
    if not is_local(path):
        raise BadPath(f"{key.kind[:20]!r}, {key.period[:20]!r}, {ext[:10]!r} cannot name a picture")
    return path


def is_local(src: str) -> bool:
    """Whether an address is one that ``localize`` writes."""
    return stored_path(src) is not None


def stored_path(src: str) -> str | None:
    """The place below the output folder that a post's ``src`` points to, or None for any other address."""
    match = _STORED.fullmatch(src)
    return match[0][match[0].index(FOLDER) :] if match else None


def depth(category: str) -> int:
    """How many folders deep Jekyll puts a post of this category: one a word, and three for the date."""
    return post_path(category, "YYYY-MM-DD", "x").count("/")


def relative(path: str, category: str) -> str:
    """How a post of this category points to a stored picture.

    Relative, because it works under every ``baseurl`` and in the feed (whose ``xml:base`` is the post's address)
    without Liquid: no directive may stand in a written post, not even one of ours.
    """
    return "../" * depth(category) + path

"""What a list says beside its articles: when each was shown, what is none of ours, and where the list goes on."""

import re
from datetime import date
from typing import Any, NamedTuple

from crawler import sites
from crawler.pages.eastmoney import list_api, list_page
from crawler.pages.eastmoney.reply import code_in, first_text, time_in
from crawler.patterns import compiled
from crawler.times import beijing

_COLUMNIST = compiled(r"\d{23}", re.ASCII)
_WITHOUT_YEAR = compiled(r"(?<!\d)(\d{1,2})[月/-](\d{1,2})日?\s+(\d{1,2}):(\d\d)(?!\d)", re.ASCII)


class Paging(NamedTuple):
    """What a page of a list says."""

    times: dict[str, str | None]
    """By the news ids of its articles, when each was shown (Beijing time), as far as it tells."""
    outside: dict[str, str | None]
    """The same by the codes of readers' columns (caifuhao): they are no articles of ours."""
    held: int = 0
    """How many items the page holds, of whatever kind."""
    size: int | None = None
    """How many items a page has, as the reply says itself: the service cuts what was asked for (domain-facts 13.2)."""
    total: int | None = None
    """How many items there are, at most 5000."""
    cursor: str | None = None
    """Where the next page begins; None where pages have numbers."""
    number: int | None = None
    """Which page it is, as the reply says itself."""
    others: tuple[str, ...] = ()
    """Kind and title of items that are neither articles nor columns of readers."""
    unread: tuple[str, ...] = ()
    """The same of articles of which no code can be told."""

    @property
    def items(self) -> dict[str, str | None]:
        """All of them."""
        return self.times | self.outside


def paging(kind: str, text: str) -> Paging:
    """Read it of a reply of a list service, or of a static list page; raises Unreadable where it is none."""
    if kind == "list-page":
        told = {code: shown(code, time) for code, time in list_page.times(text).items()}
        return Paging(told, {}, len(told))
    shape, items, beside = list_api.listing(text)
    times, outside = dict[str, str | None](), dict[str, str | None]()
    others, unread = list[str](), list[str]()
    for item in items:
        time = time_in(item, list_api.TIME_KEYS)
        if code := code_in(item) if list_api.is_news(item) else None:
            times.setdefault(sites.digits(code), time)
        elif columnist := next(filter(_COLUMNIST.fullmatch, map(str, (item.get("art_code"), item.get("code")))), None):
            outside.setdefault(columnist, time)
        else:
            title = first_text(item, "title", "art_title", "simtitle") or time or "?"
            kind = str(item.get("np_dst") or "of no kind")
            (unread if kind.upper() == "CMS" else others).append(f"{kind}: {title}")
    cursor = None
    if shape.path[-1] == "fastnewslist":
        cursor = str(beside.get("sortend") or (items[-1].get("realsort") if items else None) or "")
    total = next((n for key in ("totle_hits", "total_hits", "total") if (n := _number(beside.get(key)))), None)
    size, number = _number(beside.get("page_size")), _number(beside.get("page_index"))
    return Paging(times, outside, len(items), size, total, cursor, number, tuple(others), tuple(unread))


def shown(code: str, text: str) -> str | None:
    """Read a time as lists spell it; one without a year is of that in which it is nearest to the day of the code.

    >>> shown("202112312240000001", "01月01日 00:10")
    '2022-01-01 00:10:00'
    """
    if full := beijing(text):
        return full
    match = _WITHOUT_YEAR.search(text)
    if not match:
        return None
    month, day, hour, minute = map(int, match.groups())
    near = _day(*map(int, sites.day_of(code).split("-")))
    days = [found for year in (-1, 0, 1) if near and (found := _day(near.year + year, month, day))]
    if not near or not days or hour > 23 or minute > 59:
        return None
    return f"{min(days, key=lambda one: abs(one - near))} {hour:02}:{minute:02}:00"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(value: Any) -> int | None:
    """Give a number that is more than nothing, be it spelled as text."""
    text = str(value)
    return int(text) or None if text.isascii() and text.isdigit() and len(text) < 10 else None

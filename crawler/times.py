"""Times as pages and replies spell them, as ``YYYY-MM-DD HH:MM:SS`` Beijing time."""

import html
import re
import unicodedata
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from crawler.local_times import in_beijing
from crawler.patterns import compiled

BEIJING = timezone(timedelta(hours=8))
_HALF = r"凌晨|清晨|早上|早晨|上午|中午|正午|午间|下午|傍晚|晚上|晚间|午后|午後|晚"
_NAMED = {
    **dict.fromkeys(("CST", "HKT", "BJT", "SGT"), 8),
    "EST": -5,
    "EDT": -4,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "JST": 9,
    "KST": 9,
}
"""Hours of the zones that have names; CST is China's here, and a time in any other is not known."""
_ZONE = (
    r"(?:UTC|GMT)?(?:\+\d\d|-(?:0\d|1[0-2])):?\d\d(?![\d:])|\+\d\d(?![\d:])"
    r"|(?:UTC|GMT)(?:[+-]\d{1,2}(?![\d:])|(?![a-z+-]))|Z(?![a-z])"
    rf"|(?-i:{'|'.join(_NAMED)}|[A-Z]{{1,3}}[SD]T|[CEPW]E?T|MSK)(?![a-z\d\u4e00-\u9fff])"
)
"""Nowhere is it more than twelve hours earlier: ``13:02-14:05`` is from when to when."""
_DASH = "-\u2010\u2012-\u2015\u2212"
"""Signs that stand for the keyboard's, by programs that set type; NFKC makes U+2010 of U+2011."""
_WEEKDAY = (
    r"(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?|[月火水木金土日]曜日"
)
_TIME = compiled(
    rf"(?P<year>(?:19|20)(?<!\d\d\d)\d\d)(?: ?[{_DASH}/.年] ?(?P<month>\d{{1,2}}) ?[{_DASH}/.月] ?"
    r"(?P<day>\d\d|\d(?!\d)) ?[日号]?"  # which may be missing: 2022年1月 13:02
    rf"(?: ?[,、·・])?(?: ?[(\[{{【〔「『〖]? ?(?:{_WEEKDAY}) ?[)\]}}】〕」』〗]?|\([一二三四五六日]\))?"
    rf" ?[{_DASH}|丨·・/_,;T]? ?"
    rf"(?P<before>{_HALF}|[ap]\.?m\.?)? ?(?P<hour>\d{{1,2}}) ?[:时點点] ?(?P<minute>\d{{1,2}})(?!\d) ?分?"
    r"(?: ?:? ?(?P<second>\d{1,2})(?!\d))?(?:[:.,]\d+)?(?: ?秒)?"
    r"|(?P<month14>\d\d)(?P<day14>\d\d)[T _-]?(?P<hour14>\d\d):?(?P<minute14>\d\d):?(?P<second14>\d\d)(?!\d))"
    rf"(?: ?(?P<behind>[上下]午(?![\u4e00-\u9fff])|[ap]\.?m\b\.?))?(?: ?\(?(?P<zone>{_ZONE}))?",
    re.ASCII | re.IGNORECASE,
)
_PARTS = ("month", "day", "hour", "minute", "second")
_PARTS_OF_14 = tuple(f"{name}14" for name in _PARTS)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AMERICAN = compiled(
    rf"(?<![\w/.-])(?:(?P<name>{'|'.join(_MONTHS)})(?:(?:r?u)?ary|ch|il|[ey]|ust|t|(?:t?em|o)?ber)?\.?"
    r" (?P<of_month>\d{1,2})(?:st|nd|rd|th)?,?"
    r" |(?P<one>\d{1,2})(?P<sign>[/.])(?P<other>\d{1,2})(?P=sign))(?P<year>(?:19|20)\d\d)(?!\d),?(?: at(?= ))?",
    re.ASCII | re.IGNORECASE,
)
_MAY_BE_MONTH = compiled(f"[A-Za-z]{{{min(map(len, _MONTHS))}}}")
_DIGITS = "〇一二三四五六七八九"
_DAY = rf"(?:19|20)\d\d ?[{_DASH}/.年] ?\d{{1,2}} ?[{_DASH}/.月] ?\d{{1,2}} ?日?"
_CLOCK = r"(?<![\d:])\d{1,2}:\d\d(?::\d\d)?(?![\d:])"
_IN_NUMERALS = compiled(
    r"(?P<year>[〇零○一二三四五六七八九]{4}|(?:19|20)\d\d) ?年 ?(?P<month>[一二三四五六七八九十]{1,2}) ?月"
    r" ?(?P<day>[一二三四五六七八九十]{1,3}) ?[日号]"
)
_OF_REPUBLIC = compiled(r"(?:中华|中華)?(?:民国|民國) ?(?P<year>\d{2,3}) ?(?=年 ?\d)", re.ASCII)
"""The year as Taiwan counts it: the first is 1912."""
_RUN_TOGETHER = compiled(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)[ T_]?([01]\d|2[0-3]):?([0-5]\d)(?!\d)", re.ASCII)
_WITH_A_STOP = compiled(rf"({_DAY}) ([01]\d|2[0-3])\.([0-5]\d)(?= ?(?:\Z|[|·]|来源|來源|作者|阅读|浏览))", re.ASCII)
"""A clock with a full stop, where it cannot be a price."""
_CLOCK_FIRST = compiled(
    rf"(?P<half>{_HALF})? ?(?P<clock>{_CLOCK}(?: ?[ap]\.?m\b\.?)?(?: (?:{_ZONE}))?) ?[,|·]? ?(?P<day>{_DAY})",
    re.ASCII | re.IGNORECASE,
)
_DAY_FIRST = compiled(
    rf"(?<![\w/.-])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}[ -]?,?[ -]?"
    r"(?P<year>(?:19|20)\d\d)(?!\d),?(?: at(?= ))?",
    re.ASCII | re.IGNORECASE,
)
_YEAR_FIRST = compiled(
    rf"(?<![\w/.-])(?P<year>(?:19|20)\d\d)[ -](?P<month>{'|'.join(_MONTHS)})[a-z]{{0,6}}[ .-] ?"
    r"(?P<day>\d{1,2})(?!\d),?",
    re.ASCII | re.IGNORECASE,
)
_OF_UNIX = compiled(
    rf"\b(?P<month>{'|'.join(_MONTHS)}) {{1,2}}(?P<day>\d{{1,2}}) (?P<clock>{_CLOCK}) (?:(?P<zone>[A-Z+:\d]{{1,9}}) )?"
    r"(?P<year>(?:19|20)\d\d)(?!\d)",
    re.ASCII | re.IGNORECASE,
)
"""What ``date`` and Java print."""
_UNIVERSAL = frozenset(("Z", "UT", "UTC", "GMT"))
_EPOCH = compiled(r"(\d{10})(?:\d{3}|(?<=\b1\d{9})\d{6}(?:\d{3})?)?(?:\.\d+)?", re.ASCII)
_DATE = compiled(r"/Date\((\d{10})\d{3}\b", re.ASCII)
_MAIL = compiled(
    r"(?:[a-z]{3,9}, )?\d{1,2} [a-z]{3,9}\.? \d{4} \d{1,2}:\d\d(?::\d\d)?(?: (?:[a-z]{1,5}|[+-]\d{4}))?",
    re.IGNORECASE,
)
"""As RSS has it."""
_PUBLISHED, _UPDATED = (
    compiled(r"发布|發布|发表|刊发|首发|publish", re.IGNORECASE),
    compiled(r"更新|修改|修订|update|modif", re.IGNORECASE),
)
_INVISIBLE = compiled("[\u200b\u200e\u200f\u2060\ufeff]+")


class _Told(NamedTuple):
    rank: int
    """0 for a time that is said to be of publication, 2 of a change, 1 where nothing is said."""
    time: str


def beijing(text: object) -> str | None:
    """Read the full date and time in ``text``: of several that of publication, else the first; None when there is none.

    >>> beijing("2026年08月19日 17:46")
    '2026-08-19 17:46:00'

    A date alone gives None; so do ``今天 16:25`` and ``08-19 16:25``, which need to know the day of fetching, and times
    that do not exist.
    """
    return next(iter(times(text)), None)


def times(text: object) -> list[str]:
    """Read every full date and time in ``text``, in their order, but those of publication first and of changes last."""
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        return []
    said = html.unescape(str(text)) if "&" in str(text) else str(text)
    spelled = " ".join(unicodedata.normalize("NFKC", _INVISIBLE.sub("", said)).split())
    if epoch := _EPOCH.fullmatch(spelled) or _DATE.search(spelled):
        return _spelled(datetime.fromtimestamp(int(epoch[1]), BEIJING))
    if _MAIL.fullmatch(spelled):
        return _of_mail(spelled)
    if "/" in spelled or "." in spelled or _MAY_BE_MONTH.search(spelled):
        spelled = _AMERICAN.sub(_year_first, spelled)
    told = _told(spelled) or _told(_in_order(spelled))
    return [one.time for one in sorted(told, key=lambda one: one.rank)]


def _in_order(text: str) -> str:
    """The text with year, month, day and clock in their order, and in digits."""
    text = _IN_NUMERALS.sub(lambda m: f"{_number(m['year'])}-{_number(m['month'])}-{_number(m['day'])}", text)
    text = _OF_REPUBLIC.sub(lambda m: str(int(m["year"]) + 1911), text)
    text = _WITH_A_STOP.sub(r"\1 \2:\3", _RUN_TOGETHER.sub(r"\1-\2-\3 \4:\5", text))
    text = _OF_UNIX.sub(lambda m: f"{_with_month(m)} {m['clock']} {m['zone'] or ''}", text)
    text = _YEAR_FIRST.sub(_with_month, _DAY_FIRST.sub(_with_month, text))
    return _CLOCK_FIRST.sub(lambda m: f"{m['day']} {m['half'] or ''}{m['clock']}", text)


def _with_month(match: re.Match[str]) -> str:
    return f"{match['year']}-{_MONTHS.index(match['month'].lower()) + 1}-{match['day']}"


def _number(numerals: str) -> str:
    """``二〇二二`` and ``二十一`` in digits."""
    tens, ten, ones = numerals.replace("零", "〇").replace("○", "〇").rpartition("十")
    digits = [
        str(_DIGITS.find(sign)) if sign in _DIGITS else sign
        for sign in f"{tens or '一' * len(ten)}{ones or '〇' * len(ten)}"
    ]
    return "".join(digits)


def _year_first(match: re.Match[str]) -> str:
    """``Jan 14, 2022`` and ``1/14/2022``; where it may be the day or the month that comes first, nothing is known."""
    if match["name"]:
        return f"{match['year']}-{_MONTHS.index(match['name'].lower()) + 1}-{match['of_month']}"
    one, other = int(match["one"]), int(match["other"])
    month, day = (one, other) if other > 12 else (other, one)
    return f"{match['year']}-{month}-{day}" if day > 12 or one == other else match[0]


def _told(text: str) -> list[_Told]:
    """Give the times of a text in their order; what is said of a time stands before it, or behind each of them."""
    found = list(_TIME.finditer(text))
    if len(found) < 2:
        return [_Told(1, time) for match in found for time in _read(match)]
    begins = [0, *(match.end() for match in found)]
    words = [text[begin : match.start()] for begin, match in zip(begins, found, strict=False)]
    if rank(words[0]) == 1:
        behind = [*words[1:], text[begins[-1] :]]
        words = behind if rank(behind[-1]) != 1 else words
    return [_Told(rank(word), time) for word, match in zip(words, found, strict=True) for time in _read(match)]


def rank(words: str) -> int:
    """0 for words that tell of publication, 2 for those of a change, 1 for others."""
    return 0 if _PUBLISHED.search(words) else 2 if _UPDATED.search(words) else 1


def _read(match: re.Match[str]) -> list[str]:
    spelled = match.group(*_PARTS) if match["month"] else match.group(*_PARTS_OF_14)
    month, day, hour, minute, second = [int(part or 0) for part in spelled]
    half = (match["before"] or match["behind"] or "").lower().replace(".", "")
    half = "晚上" if half == "晚" else half
    if (half in {"下午", "傍晚", "晚上", "晚间", "午后", "午後", "pm"} and hour < 12) or (
        half in {"中午", "正午", "午间"} and hour < 3
    ):
        hour += 12
    elif half in {"am", "上午", "凌晨", "晚上"} and hour == 12:  # 晚上12点 ends the day
        hour = 24 if half == "晚上" else 0
    late = hour == 24 and (half == "晚上" or not (minute or second))
    try:
        moment = datetime(int(match["year"]), month, day, 0 if late else hour, minute, second)  # noqa: DTZ001
        if zone := match["zone"]:
            moment += timedelta(hours=8) - _offset(zone)
        else:
            moment = in_beijing(moment, match.string, match.start(), match.end())
        return _spelled(moment + timedelta(days=1) if late else moment)
    except (ValueError, OverflowError):  # no such time
        return []


def _offset(zone: str) -> timedelta:
    """Raises ValueError for a zone that there is not."""
    if zone.isalpha() and zone.upper() not in _UNIVERSAL:
        if zone.upper() not in _NAMED:
            raise ValueError(zone)
        return timedelta(hours=_NAMED[zone.upper()])
    digits = re.sub(r"\D", "", zone).rjust(2, "0")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    if size > timedelta(hours=14):
        raise ValueError(zone)
    return -size if "-" in zone else size


def _of_mail(text: str) -> list[str]:
    try:
        moment, zone = parsedate_to_datetime(text), text.rpartition(" ")[2]
        if zone.isalpha():
            moment = moment.replace(tzinfo=timezone(_offset(zone)))
    except ValueError:
        return []
    return _spelled(moment.astimezone(BEIJING) if moment.tzinfo else moment.replace(tzinfo=BEIJING))


def _spelled(moment: datetime) -> list[str]:
    return [moment.isoformat(" ")[:19]] if moment.year > 1990 else []

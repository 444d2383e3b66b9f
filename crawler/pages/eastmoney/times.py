"""The times that East Money writes, as ``YYYY-MM-DD HH:MM:SS`` Beijing time."""

import re
from datetime import datetime, timedelta, timezone

_BEIJING = timezone(timedelta(hours=8))
_TIME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?"
    r"(?:[\sT]*(\d{1,2})\s?[:：时]\s?(\d{1,2})分?(?:[:：]?(\d{1,2}))?(?:[:.]\d+)?秒?(Z|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_EPOCH = re.compile(r"\d{10}(\d{3})?", re.ASCII)


def beijing(text: object) -> str | None:
    """Read the first full date and time in ``text``; None when there is none, or no such time exists.

    >>> beijing("2026年08月19日 17:46")
    '2026-08-19 17:46:00'

    A date alone gives None; so do ``今天 16:25`` and ``08-19 16:25``, which need to know the day of fetching.
    """
    spelled = str(text).strip() if isinstance(text, str | int) and not isinstance(text, bool) else ""
    if epoch := _EPOCH.fullmatch(spelled):
        seconds = int(spelled) // (1000 if epoch[1] else 1)
        return datetime.fromtimestamp(seconds, _BEIJING).isoformat(" ")[:19]
    match = _TIME.search(spelled)
    if not match or match[4] is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=_BEIJING)
        if zone:
            spelled = moment.replace(tzinfo=None).isoformat() + zone.replace("Z", "+00:00")
            moment = datetime.fromisoformat(spelled).astimezone(_BEIJING)
    except (ValueError, OverflowError):  # no such time, no such zone
        return None
    return moment.isoformat(" ")[:19] if moment.year > 1990 else None

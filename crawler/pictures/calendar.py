"""Trading days: which session a moment belongs to, so that a picture can be told to be the article's own.

The days are those of the ``holidays`` package. Measured against exchange_calendars over the years 2006 to 2026 it gives
the same days for Shanghai, New York and London; for Hong Kong since 2014 it differs by two days of severe weather that
only ``holidays`` knows. It needs no pandas.
"""

from collections.abc import Container
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crawler.kline.markets import BY_NUMBER
from crawler.times import BEIJING

_DAY = timedelta(days=1)


class _Exchange(NamedTuple):
    zone: tzinfo
    begins: time
    opens: time
    closed: Container[date]


_CHINESE = (BEIJING, time(0), time(9, 30))
_SESSIONS = {
    "": _CHINESE,
    "XSHG": _CHINESE,
    "XHKG": _CHINESE,
    "XNYS": (ZoneInfo("America/New_York"), time(9, 30), time(9, 30)),
    "XLON": (ZoneInfo("Europe/London"), time(8), time(8)),
}
"""For each calendar of the markets the zone, from when on a moment belongs to the day's session, and when that opens.

A Chinese day belongs to its session from midnight, as its readers count; until trade begins a live picture shows the
session before. New York's and London's sessions begin in the Chinese afternoon or evening: there the bell decides, or a
chart would show a day that no reader had seen yet.
"""


@cache
def _exchange(calendar: str) -> _Exchange:
    import holidays  # noqa: PLC0415 - it works out the days of all calendars when it is loaded

    return _Exchange(*_SESSIONS[calendar], holidays.financial_holidays(calendar) if calendar else ())


def trading_day(market: int, moment: datetime) -> date:
    """The session that an (aware) moment belongs to, or the one before when the exchange was closed.

    Boards, futures and both Chinese mainland exchanges follow Shanghai; a market whose calendar is not known trades on
    every weekday.
    """
    exchange = _exchange_of(market)
    return _session(exchange, exchange.begins, moment)


def shown_day(market: int, moment: datetime) -> date:
    """The session that a live picture shows at an (aware) moment: the last one that began to trade."""
    exchange = _exchange_of(market)
    return _session(exchange, exchange.opens, moment)


def _exchange_of(market: int) -> _Exchange:
    row = BY_NUMBER.get(market)
    return _exchange(row.calendar if row else "")


def _session(exchange: _Exchange, begins: time, moment: datetime) -> date:
    if moment.tzinfo is None:
        raise ValueError("a trading day needs a moment with a time zone")
    local = moment.astimezone(exchange.zone)
    day = local.date()
    if local.time() < begins:
        day -= _DAY
    while day.weekday() >= 5 or day in exchange.closed:
        day -= _DAY
    return day

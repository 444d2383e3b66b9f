"""push2his.eastmoney.com: historical K-line data (domain facts 7), every number invented from the secid."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby

from crawler.demo.messages import Request, Response, json_response, text_response
from crawler.demo.securities import BY_SECID
from crawler.demo.site import Site

FIRST_DAY, LAST_DAY = date(2020, 1, 2), date(2022, 12, 30)
MINUTE_KLT = (1, 5, 15, 30, 60)
_MINUTE_DAYS = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One period. Prices in the security's currency, volume in lots of 100, amount in currency units."""

    when: str
    open: float
    close: float
    high: float
    low: float
    volume: int

    @property
    def amount(self) -> float:
        """Turnover in currency units, at the middle of the day's range."""
        return self.volume * 100 * (self.high + self.low) / 2


def _walk(seed: str, periods: Iterable[str], price: float, step: float) -> tuple[Bar, ...]:
    """Bars of a random walk in two decimals; each opens near the last close."""
    rng, bars = random.Random(seed), []
    for when in periods:
        opened = round(max(0.5, price * (1 + rng.gauss(0, step / 3))), 2)
        price = round(max(0.5, opened * (1 + rng.gauss(0, step))), 2)
        high = round(max(opened, price) * (1 + abs(rng.gauss(0, step / 2))), 2)
        low = round(min(opened, price) * (1 - min(0.5, abs(rng.gauss(0, step / 2)))), 2)
        bars.append(Bar(when, opened, price, high, low, rng.randrange(10_000, 2_000_000)))
    return tuple(bars)


def _weekdays() -> list[date]:
    days = (FIRST_DAY + timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return [day for day in days if day.weekday() < 5]


@lru_cache(maxsize=64)
def daily(secid: str) -> tuple[Bar, ...]:
    """Daily bars of every weekday between FIRST_DAY and LAST_DAY; the same for a secid in every process."""
    price = random.Random(f"price {secid}").uniform(3, 90)
    return _walk(secid, (day.isoformat() for day in _weekdays()), price, 0.02)


def _joined(bars: list[Bar]) -> Bar:
    high, low = max(bar.high for bar in bars), min(bar.low for bar in bars)
    return Bar(bars[-1].when, bars[0].open, bars[-1].close, high, low, sum(bar.volume for bar in bars))


def _week(bar: Bar) -> str:
    return "{}-{:02}".format(*date.fromisoformat(bar.when).isocalendar())


@lru_cache(maxsize=64)
def bars_of(secid: str, klt: int) -> tuple[Bar, ...]:
    """All bars for a `klt`: 101 day, 102 week, 103 month, 1/5/15/30/60 minutes (of the last few days only)."""
    days = daily(secid)
    if klt == 101:
        return days
    if klt in MINUTE_KLT:
        opening = [datetime.fromisoformat(f"{bar.when} 09:30") for bar in days[-_MINUTE_DAYS:]]
        ends = (start + timedelta(minutes=m + 90 * (m > 120)) for start in opening for m in range(klt, 241, klt))
        return _walk(f"{secid} {klt}", (f"{end:%Y-%m-%d %H:%M}" for end in ends), days[-_MINUTE_DAYS].open, 0.003)
    groups = groupby(days, key=_week if klt == 102 else lambda bar: bar.when[:7])
    return tuple(_joined(list(group)) for _, group in groups)


def _columns(bar: Bar, before: float) -> dict[str, str]:
    change = bar.close - before
    return {
        "f51": bar.when,
        "f52": f"{bar.open:.2f}",
        "f53": f"{bar.close:.2f}",
        "f54": f"{bar.high:.2f}",
        "f55": f"{bar.low:.2f}",
        "f56": str(bar.volume),
        "f57": f"{bar.amount:.2f}",
        "f58": f"{(bar.high - bar.low) / before * 100:.2f}",
        "f59": f"{change / before * 100:.2f}",
        "f60": f"{change:.2f}",
        "f61": f"{bar.volume / 30_000_000 * 100:.2f}",
    }


def _chosen(bars: tuple[Bar, ...], query: dict[str, str]) -> range:
    """Which bars were asked for: `beg`..`end` (YYYYMMDD), then the last `lmt` of them."""
    begin, end = query.get("beg", "0"), query.get("end", "20500101")
    inside = [n for n, bar in enumerate(bars) if int(begin) <= int(bar.when[:10].replace("-", "")) <= int(end)]
    if "lmt" in query:
        inside = inside[-int(query["lmt"]) :] if int(query["lmt"]) > 0 else []
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _data(query: dict[str, str]) -> dict[str, object] | None:
    security = BY_SECID.get(query.get("secid", ""))
    klt = int(query.get("klt", "101"))
    if security is None or klt not in (*MINUTE_KLT, 101, 102, 103):
        return None
    fields = query.get("fields2", "f51,f52,f53,f54,f55,f56,f57,f58,f59,f60,f61").split(",")
    bars = bars_of(security.secid, klt)
    chosen = _chosen(bars, query)
    before = [bars[0].open, *(bar.close for bar in bars)]
    rows = []
    for n in chosen:
        columns = _columns(bars[n], before[n])
        rows.append(",".join(columns[name] for name in fields if name in columns))
    return {
        "code": security.code,
        "market": security.market,
        "name": security.name,
        "decimal": 2,
        "dktotal": len(daily(security.secid)),
        "preKPrice": before[chosen.start] if rows else 0.0,
        "prePrice": bars[-2].close,
        "qtMiscType": 3,
        "version": 0,
        "klines": rows,
    }


def kline_api(_: Site, request: Request) -> Response:
    """`/api/qt/stock/kline/get`; `data` is null for an unknown secid. The numbers do not depend on the site."""
    if request.path != "/api/qt/stock/kline/get":
        return text_response("404 page not found\n", 404)
    try:
        data = _data(request.query)
    except ValueError:
        data = None
    # The code for "no such security" is not known from any source; 100 stands for anything but 0.
    reply = {"rc": 100 if data is None else 0, "rt": 17, "svr": 1, "lt": 1, "full": 0, "dlmkts": "", "data": data}
    callback = request.query.get("cb")
    if callback:
        text = f"{callback}({json.dumps(reply, ensure_ascii=False, separators=(',', ':'))});"
        return Response(200, text.encode(), "application/javascript; charset=utf-8")
    return json_response(reply)

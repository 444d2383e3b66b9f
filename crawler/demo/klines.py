"""push2his.eastmoney.com: historical K-line data (domain-facts 7), every number invented from the secid."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from crawler.demo.messages import Request, Response, json_response, text_response
from crawler.demo.securities import BY_SECID
from crawler.demo.site import Site

FIRST_DAY, LAST_DAY = date(2020, 1, 2), date(2022, 12, 30)


@dataclass(frozen=True, slots=True)
class DemoBar:
    """One day. Prices in the security's currency, volume in lots of 100."""

    when: str
    open: float
    close: float
    high: float
    low: float
    volume: int


def _weekdays() -> list[date]:
    days = (FIRST_DAY + timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1))
    return [day for day in days if day.weekday() < 5]


@lru_cache(maxsize=64)
def daily(secid: str) -> tuple[DemoBar, ...]:
    """Bars of every weekday between FIRST_DAY and LAST_DAY, a random walk; the same for a secid in every process."""
    price = random.Random(f"price {secid}").uniform(3, 90)
    rng, bars, step = random.Random(secid), [], 0.02
    for day in _weekdays():
        opened = round(max(0.5, price * (1 + rng.gauss(0, step / 3))), 2)
        price = round(max(0.5, opened * (1 + rng.gauss(0, step))), 2)
        high = round(max(opened, price) * (1 + abs(rng.gauss(0, step / 2))), 2)
        low = round(min(opened, price) * (1 - min(0.5, abs(rng.gauss(0, step / 2)))), 2)
        bars.append(DemoBar(day.isoformat(), opened, price, high, low, rng.randrange(10_000, 2_000_000)))
    return tuple(bars)


def _row(bar: DemoBar) -> str:
    """The columns f51 to f56: day, open, close, high, low, volume."""
    prices = (f"{price:.2f}" for price in (bar.open, bar.close, bar.high, bar.low))
    return ",".join((bar.when, *prices, str(bar.volume)))


def _chosen(bars: tuple[DemoBar, ...], query: dict[str, str]) -> range:
    """Which bars were asked for: `beg`..`end` (YYYYMMDD), then the last `lmt` of them."""
    begin, end = query.get("beg", "0"), query.get("end", "20500101")
    inside = [n for n, bar in enumerate(bars) if int(begin) <= int(bar.when[:10].replace("-", "")) <= int(end)]
    if "lmt" in query:
        inside = inside[-int(query["lmt"]) :] if int(query["lmt"]) > 0 else []
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def _data(query: dict[str, str]) -> dict[str, object] | None:
    security = BY_SECID.get(query.get("secid", ""))
    if security is None:
        return None
    bars = daily(security.secid)
    chosen = _chosen(bars, query)
    before = [bars[0].open, *(bar.close for bar in bars)]
    return {
        "code": security.code,
        "market": security.market,
        "name": security.name,
        "decimal": 2,
        "dktotal": len(bars),
        "preKPrice": before[chosen.start] if chosen else 0.0,
        "prePrice": bars[-2].close,
        "qtMiscType": 3,
        "version": 0,
        "klines": [_row(bars[n]) for n in chosen],
    }


def kline_api(_: Site, request: Request) -> Response:
    """`/api/qt/stock/kline/get`: days only, six columns; `data` is null for an unknown secid or another period."""
    if request.path != "/api/qt/stock/kline/get":
        return text_response("404 page not found\n", 404)
    try:
        data = _data(request.query) if request.query.get("klt") == "101" else None
    except ValueError:
        data = None
    # The code for "no such security" is not known from any source; 100 stands for anything but 0.
    return json_response(
        {"rc": 100 if data is None else 0, "rt": 17, "svr": 1, "lt": 1, "full": 0, "dlmkts": "", "data": data}
    )

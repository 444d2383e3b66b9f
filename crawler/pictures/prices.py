"""Historical K-line data: the address to ask, and the reading of the reply (domain-facts 7)."""

import json
import math
import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, Literal, TypeAlias
from urllib.parse import urlencode

from crawler.kline.codes import SECID
from crawler.patterns import compiled

PRICES_HOST = "push2his.eastmoney.com"
_JSONP = compiled(r"\s*[A-Za-z_$][\w$.]*\s*\((?P<json>.*)\)\s*;?\s*", re.DOTALL)
_BLOCKED_CODES = frozenset({"401", "403", "412", "429", "503"})

Lack: TypeAlias = Literal["blocked", "unknown", "empty", "failed", "junk"]
"""``blocked``: the service refuses us for now; ``unknown``: no such security; ``empty``: a security without bars;
``failed``: the service reports an error; ``junk``: the reply is not one of this service."""


class NoPrices(Exception):
    """There is no chart data in a reply; ``lack`` says what kind of trouble it is."""

    def __init__(self, lack: Lack, detail: str) -> None:
        super().__init__(f"{lack}: {detail}")
        self.lack: Lack = lack


@dataclass(frozen=True, slots=True)
class Bar:
    """One trading day; prices in the security's currency, volume as the service counts it (手 for A shares)."""

    day: date
    open: float
    close: float
    high: float
    low: float
    volume: float


@dataclass(frozen=True, slots=True)
class Prices:
    """The daily bars of a security, oldest first."""

    code: str
    market: int
    name: str
    decimal: int
    """How many decimals its prices have."""
    bars: tuple[Bar, ...]

    def until(self, day: date) -> "Prices":
        """The same without what came after ``day``: a service that ignores ``end`` must not show the future."""
        return replace(self, bars=tuple(bar for bar in self.bars if bar.day <= day))


def prices_url(secid: str, end: date, bars: int) -> str:
    """Where to ask for the last ``bars`` daily bars up to ``end``.

    Raw prices (``fqt=0``): adjusted ones are adjusted to today, so they are not the prices that the article's readers
    saw. ``lmt`` goes without ``beg``: nobody knows whether the two may be combined.
    """
    if not SECID.fullmatch(secid):
        raise ValueError(f"{secid[:40]!r} is no secid")
    asked = {
        "secid": secid,
        "fields1": "f1,f2,f3,f4,f5,f6",
        "fields2": "f51,f52,f53,f54,f55,f56",
        "klt": "101",
        "fqt": "0",
        "end": f"{end:%Y%m%d}",
        "lmt": str(bars),
    }
    return f"https://{PRICES_HOST}/api/qt/stock/kline/get?{urlencode(asked, safe=',')}"


def read_prices(data: bytes) -> Prices:
    """The bars in a reply, JSON or JSONP; raises NoPrices."""
    reply = _json(data)
    code = str(reply.get("code", ""))
    if code in _BLOCKED_CODES:
        raise NoPrices("blocked", f"code {code} {str(reply.get('message', ''))[:80]}".strip())
    if "rc" not in reply and "data" not in reply:
        raise NoPrices("junk", "neither rc nor data in the reply")
    found = reply.get("data")
    if found is None:
        raise NoPrices("unknown", f"data is null, rc {reply.get('rc')}")
    if reply.get("rc") != 0:
        raise NoPrices("failed", f"rc {reply.get('rc')}")
    try:
        lines, decimal = found["klines"], int(found.get("decimal", 2))
        bars = tuple(_bar(line) for line in lines or ())
        name = "".join(c for c in str(found["name"]) if c.isprintable())[:40]
        history = Prices(str(found["code"])[:20], int(found["market"]), name, min(max(decimal, 0), 6), bars)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise NoPrices("junk", f"{type(error).__name__} {str(error)[:80]}") from error
    if not bars:
        raise NoPrices("empty", "no bars")
    if any(later.day <= earlier.day for earlier, later in pairwise(bars)):
        raise NoPrices("junk", "the days are not in order")
    return history


def _json(data: bytes) -> dict[str, Any]:
    if not data.strip():
        raise NoPrices("blocked", "the reply is empty")
    try:
        text = data.decode("utf-8-sig")
        wrapped = _JSONP.fullmatch(text)
        reply = json.loads(wrapped["json"] if wrapped else text)
    except (ValueError, RecursionError) as error:
        raise NoPrices("junk", f"no JSON: {data[:40]!r}") from error
    if not isinstance(reply, dict):
        raise NoPrices("junk", f"a {type(reply).__name__}, not an object")
    return reply


def _bar(line: str) -> Bar:
    """One line, in the order of ``fields2``: day, open, CLOSE, high, low, volume, and what else was asked for."""
    day, *numbers = line.split(",")
    opened, close, high, low, volume = (float(number) for number in numbers[:5])
    if not all(math.isfinite(n) and abs(n) < 1e15 for n in (opened, close, high, low, volume)):
        raise ValueError(f"a number out of range in {line[:60]!r}")
    if volume < 0 or not low <= min(opened, close) <= max(opened, close) <= high:
        raise ValueError(f"the prices contradict each other in {line[:60]!r}")
    return Bar(date.fromisoformat(day.strip()), opened, close, high, low, volume)

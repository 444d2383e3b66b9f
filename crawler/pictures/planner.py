"""Planning: which picture of each K-line a post wants, of which day, and what gives it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from crawler.items import KLine, Post
from crawler.kline.paths import PictureKey, wanted
from crawler.pictures.calendar import shown_day, trading_day
from crawler.pictures.prices import prices_url
from crawler.times import BEIJING

SHOWN_BARS = 60
AVERAGES = ((5, "#d6a300"), (10, "#2f6fd0"), (20, "#b0309f"))
"""The moving averages of a drawn chart: over how many days, and their colours."""
ASKED_BARS = SHOWN_BARS + AVERAGES[-1][0] - 1
"""How many bars to ask for, so that the longest average begins at the left edge."""


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """A picture that a post wants: for which day, and the address that gives it or the data to draw it from."""

    key: PictureKey
    day: date
    how: Literal["fetch", "draw", "wait", "gone"]
    """``wait``: its day has not begun to trade; ``gone``: no live picture shows its day any more."""
    url: str
    symbol: str


class PicturePlanner:
    """Plans the pictures of posts; ``charts``: those of past days are drawn (FINEWS_KLINE_CHARTS)."""

    def __init__(self, *, charts: bool) -> None:
        self._charts = charts

    def plan(self, post: Post, now: datetime) -> Iterator[PictureRequest]:
        """The pictures that the post wants, each once, in the order of its references; ``now`` is aware."""
        written = datetime.fromisoformat(post.time).replace(tzinfo=BEIJING)
        for key, reference in wanted(post.klines).items():
            yield self._request(key, reference, written, now)

    def _request(self, key: PictureKey, reference: KLine, written: datetime, now: datetime) -> PictureRequest:
        """A live picture shows the last session: of any other only a drawn one does."""
        day, shown = trading_day(reference.market, written), shown_day(reference.market, now)
        if day == shown:
            return PictureRequest(key, day, "fetch", reference.url, reference.symbol)
        if day == trading_day(reference.market, now):
            return PictureRequest(key, day, "wait", "", reference.symbol)
        if self._charts and key.kind == "kline" and key.period == "D":
            return PictureRequest(key, day, "draw", prices_url(key.secid, day, ASKED_BARS), reference.symbol)
        return PictureRequest(key, day, "gone", "", reference.symbol)

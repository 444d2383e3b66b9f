"""The picture desk: which picture of each K-line a post keeps, where it comes from, and how the post points to it.

The crawl's pipeline and a reprocessing with ``--online`` differ only in how they fetch what is wanted here.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.util import find_spec
from typing import Literal

from crawler import kline
from crawler.items import KLine, Post
from crawler.kline.calendar import BEIJING, is_of_the_day, trading_day
from crawler.kline.history import NoHistory, history_url, read_history
from crawler.kline.paths import BadPath, PictureKey, wanted
from crawler.kline.pictures import BadPicture
from crawler.store.pictures import PictureStore

ASKED_BARS = 79
"""Sixty bars are shown; the oldest of them needs nineteen more for its twenty-day average."""


@dataclass(frozen=True, slots=True)
class Want:
    """A picture that a post wants: for which day, and the address that gives it or the data to draw it from."""

    key: PictureKey
    day: date
    how: Literal["fetch", "draw"]
    url: str
    symbol: str


class NoPicture(Exception):
    """What was fetched gives no picture; the message says why."""


class PictureDesk:
    """Keeps pictures in a store; ``charts``: the charts of past days are drawn (FINEWS_KLINE_CHARTS).

    Raises ValueError when charts are wanted and cannot be drawn here.
    """

    def __init__(self, store: PictureStore, *, charts: bool) -> None:
        if charts and find_spec("matplotlib") is None:
            raise ValueError("FINEWS_KLINE_CHARTS=1 draws charts with matplotlib: install it (the extra `charts`)")
        self._store = store
        self._charts = charts

    def wants(self, post: Post, now: datetime) -> list[Want]:
        """What has to be fetched for the post: nothing that is stored already, nothing that cannot be named."""
        found = []
        for key, reference in wanted(post.klines).items():
            day = _day(post, reference)
            try:
                if self._store.find(key, day) is None:
                    found.append(self._want(key, day, reference, post, now))
            except (BadPath, ValueError):
                continue  # an unsafe name: the reference keeps its remote address
        return found

    def _want(self, key: PictureKey, day: date, reference: KLine, post: Post, now: datetime) -> Want:
        drawable = key.kind == "kline" and key.period == "D"
        if self._charts and drawable and not is_of_the_day(reference.market, _moment(post), now):
            return Want(key, day, "draw", history_url(key.secid, day, ASKED_BARS), reference.symbol)
        return Want(key, day, "fetch", reference.url, reference.symbol)

    def keep(self, want: Want, data: bytes) -> None:
        """Store the picture that the fetched bytes are, or give; raises NoPicture, OSError when the disk refuses."""
        try:
            picture = self._draw(want, data) if want.how == "draw" else data
            self._store.store(want.key, want.day, picture)
        except (BadPicture, BadPath, NoHistory) as reason:
            raise NoPicture(str(reason)) from reason

    @staticmethod
    def _draw(want: Want, data: bytes) -> bytes:
        from crawler.kline.chart import draw_chart  # noqa: PLC0415 - an optional extra, and heavy

        history = read_history(data).until(want.day)
        if not history.bars:
            raise NoHistory("empty", f"no bars until {want.day}")
        return draw_chart(history, want.symbol)

    def localize(self, post: Post) -> Post:
        """The post pointing to what is stored; ``pictures_missing`` counts what keeps a remote address."""
        places: dict[PictureKey, str] = {}
        references = wanted(post.klines)
        for key, reference in references.items():
            try:
                if place := self._store.find(key, _day(post, reference)):
                    places[key] = place
            except BadPath:
                continue
        body = kline.localize(post.body, post.klines, places, post.category)
        return replace(post, body=body, klines=kline.find(body), pictures_missing=len(references) - len(places))


def _moment(post: Post) -> datetime:
    return datetime.fromisoformat(post.time).replace(tzinfo=BEIJING)


def _day(post: Post, reference: KLine) -> date:
    return trading_day(reference.market, _moment(post))

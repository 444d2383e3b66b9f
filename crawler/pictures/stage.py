"""The last stage of a post where K-line pictures are stored (FINEWS_KLINE_IMAGES=local)."""

import base64
import binascii
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from crawler import kline
from crawler.assemble.stages import stores_pictures
from crawler.items import KLine, Post
from crawler.kline.addresses import plain
from crawler.kline.paths import BadPath, PictureKey, picture_key
from crawler.patterns import compiled
from crawler.pictures.calendar import shown_day
from crawler.pictures.chart import draw_chart
from crawler.pictures.fetch import Fetched, Fetcher, NoPicture
from crawler.pictures.formats import is_placeholder
from crawler.pictures.planner import PicturePlanner, PictureRequest
from crawler.pictures.prices import NoPrices, read_prices
from crawler.pictures.raster import BadPicture
from crawler.pictures.store import PictureStore
from crawler.store.figures import Figures
from crawler.times import BEIJING

_DATA = compiled(r"\s*+data:image/[\w.+-]++;base64,(?P<data>[A-Za-z0-9+/=\s]*+)\Z", re.ASCII | re.IGNORECASE)


class Embedded(NamedTuple):
    """A K-line picture out of a page: the reference, the day that it shows, and its bytes, unchecked."""

    kline: KLine
    day: date
    data: bytes


def embedded(post: Post, now: datetime) -> Iterator[Embedded]:
    """The K-line pictures in the post's own markup that tell their security; none of a page saved nobody knows when.

    A page was saved between the article's day and now (aware), or what it says of that is wrong.
    """
    saved = datetime.fromisoformat(post.saved) if post.saved else None
    is_believed = saved is not None and saved <= now and saved.astimezone(BEIJING).date().isoformat() >= post.time[:10]
    for reference in post.klines if is_believed else ():
        is_told = reference.foreign and not reference.guessed
        found = _DATA.match(plain(reference.spelling)) if is_told else None
        if found and saved:
            try:
                data = base64.b64decode(found["data"])
            except binascii.Error:
                continue
            yield Embedded(reference, shown_day(reference.market, saved), data)


class LocalPictures:
    """FINEWS_KLINE_IMAGES=local: posts point to what is stored.

    A crawl fetches between ``requests`` and ``finish``; called as a stage it fetches with ``fetch``, if there is one.
    """

    def __init__(
        self,
        planner: PicturePlanner,
        store: PictureStore,
        fetch: Callable[[str], Fetched] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """``clock``: the (aware) moment, by which a live picture is of a post's day or not."""
        self._planner = planner
        self._store = store
        self._fetch = fetch
        self._clock = clock

    def requests(self, post: Post) -> list[PictureRequest]:
        """What has to be fetched for the post: nothing that is stored, cannot be named, or shows another day."""
        return [request for request, place in self._places(post).items() if place is None and request.url]

    def finish(self, post: Post, fetched: Mapping[str, Fetched], counts: Counter[str]) -> Post:
        """The post pointing to its stored pictures, with those ``fetched`` (by address) among them.

        What is missing stays remote, and is counted in ``pictures_missing`` when a later run may have it. Raises
        OSError when the disk refuses.
        """
        for request in self.requests(post) if fetched else ():
            if request.url in fetched:
                with self._refusals(counts):
                    self._keep(request, fetched[request.url])
                    counts["pictures/kept"] += 1
        wishes = self._places(post)
        post, places = self._kept(post, counts)
        places |= {wish.key: place for wish, place in wishes.items() if place}
        body = kline.restore(post.body)
        klines = post.klines if body is post.body else kline.find(body)
        body = kline.localize(body, klines, places, post.category)
        without = [wish.how for wish in wishes if wish.key not in places]
        gone = without.count("gone")
        counts["pictures/missing"] += len(without) - gone
        if gone:
            counts["pictures/day_is_past"] += gone
        return replace(kline.referring(post, body), pictures_missing=len(without) - gone)

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post pointing to its stored pictures."""
        fetched: dict[str, Fetched] = {}
        if self._fetch:
            for request in self.requests(post):
                try:
                    fetched[request.url] = self._fetch(request.url)
                except NoPicture as reason:
                    counts[f"pictures/failed/{reason}"] += 1
        return self.finish(post, fetched, counts)

    def _places(self, post: Post) -> dict[PictureRequest, str | None]:
        """The pictures that the post wants, and where each is stored; without those whose place cannot be named."""
        found: dict[PictureRequest, str | None] = {}
        for request in self._planner.plan(post, self._clock()):
            with suppress(BadPath):
                found[request] = self._store.find(request.key, request.day)
        return found

    def _kept(self, post: Post, counts: Counter[str]) -> tuple[Post, dict[PictureKey, str]]:
        """Pictures of other days that the post has all the same: what it points to already, and those of its page.

        The latter leave the post, and so do placeholders: they show less than the live picture.
        """
        stored = kline.stored_places(post.body, post.klines)
        kept, left = {key: place for key, place in stored.items() if self._store.is_sound(place)}, []
        for reference, day, data in embedded(post, self._clock()):
            with self._refusals(counts):
                key = picture_key(reference)
                kept[key] = self._store.store(key, day, data)
                left.append(reference)
                counts["pictures/from_page"] += 1
            if is_placeholder(data):
                left.append(reference)
        body = kline.addressed(post.body, left)
        return (kline.referring(post, body) if left else post), kept

    @staticmethod
    @contextmanager
    def _refusals(counts: Counter[str]) -> Iterator[None]:
        try:
            yield
        except (BadPicture, BadPath, NoPrices) as reason:
            counts[f"pictures/refused/{reason}"] += 1

    def _keep(self, request: PictureRequest, fetched: Fetched) -> None:
        data = fetched.data
        if request.how == "fetch" and shown_day(int(request.key.secid.partition(".")[0]), fetched.at) != request.day:
            raise BadPicture("it shows another day")
        if request.how == "draw":
            history = read_prices(data).until(request.day)
            if not history.bars:
                raise NoPrices("empty", f"no bars until {request.day}")
            data = draw_chart(history, request.symbol)
        self._store.store(request.key, request.day, data)


def local_pictures(output: Path, settings: Mapping[str, Any], online: Figures | None = None) -> LocalPictures:
    """The stage that stores below ``output``; ``online``: it fetches for itself, and notes there what it gets."""
    charts = str(settings["FINEWS_KLINE_CHARTS"]).lower() in {"1", "true", "yes"}
    fetch = Fetcher(settings["USER_AGENT"], online).fetch if online else None
    return LocalPictures(PicturePlanner(charts=charts), PictureStore(output), fetch)


def picture_stage(output: Path, settings: Mapping[str, Any], online: Figures | None = None) -> LocalPictures | None:
    """The stage that stores pictures, None where they are not stored; raises ValueError for settings that cannot be."""
    return local_pictures(output, settings, online) if stores_pictures(settings) else None

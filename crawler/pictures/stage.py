"""The last stage of a post where K-line pictures are stored (FINEWS_KLINE_IMAGES=local)."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler import kline
from crawler.assemble.stages import stores_pictures
from crawler.items import Post
from crawler.kline.paths import BadPath, wanted
from crawler.pictures.chart import draw_chart
from crawler.pictures.fetch import Fetcher, NoPicture
from crawler.pictures.history import NoHistory, read_history
from crawler.pictures.planner import PicturePlanner, PictureRequest
from crawler.pictures.raster import BadPicture
from crawler.pictures.store import PictureStore


class LocalPictures:
    """FINEWS_KLINE_IMAGES=local: posts point to what is stored.

    A crawl fetches between ``requests`` and ``finish``; called as a stage it fetches with ``fetch``, if there is one.
    """

    def __init__(
        self, planner: PicturePlanner, store: PictureStore, fetch: Callable[[str], bytes] | None = None
    ) -> None:
        self._planner = planner
        self._store = store
        self._fetch = fetch

    def requests(self, post: Post) -> list[PictureRequest]:
        """What has to be fetched for the post: nothing that is stored already, nothing that cannot be named."""
        return [request for request, place in self._places(post).items() if place is None]

    def finish(self, post: Post, fetched: Mapping[str, bytes], counts: Counter[str]) -> Post:
        """The post pointing to its stored pictures, with those ``fetched`` (by address) among them.

        What is missing stays remote, and is counted in ``pictures_missing``. Raises OSError when the disk refuses.
        """
        for request in self.requests(post) if fetched else ():
            if request.url in fetched:
                try:
                    self._keep(request, fetched[request.url])
                    counts["pictures/kept"] += 1
                except (BadPicture, BadPath, NoHistory) as reason:
                    counts[f"pictures/refused/{reason}"] += 1
        places = {request.key: place for request, place in self._places(post).items() if place}
        body = kline.localize(post.body, post.klines, places, post.category)
        missing = len(wanted(post.klines)) - len(places)
        counts["pictures/missing"] += missing
        return replace(post, body=body, klines=kline.find(body), pictures_missing=missing)

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post pointing to its stored pictures."""
        fetched = {}
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
        for request in self._planner.plan(post, datetime.now(UTC)):
            with suppress(BadPath):
                found[request] = self._store.find(request.key, request.day)
        return found

    def _keep(self, request: PictureRequest, data: bytes) -> None:
        if request.how == "draw":
            history = read_history(data).until(request.day)
            if not history.bars:
                raise NoHistory("empty", f"no bars until {request.day}")
            data = draw_chart(history, request.symbol)
        self._store.store(request.key, request.day, data)


def local_pictures(output: Path, settings: Mapping[str, Any], *, online: bool = False) -> LocalPictures:
    """The stage that stores below ``output``; ``online``: it fetches for itself."""
    charts = str(settings["FINEWS_KLINE_CHARTS"]).lower() in {"1", "true", "yes"}
    fetch = Fetcher(settings["USER_AGENT"]).fetch if online else None
    return LocalPictures(PicturePlanner(charts=charts), PictureStore(output), fetch)


def picture_stage(output: Path, settings: Mapping[str, Any], *, online: bool) -> LocalPictures | None:
    """The stage that stores pictures, None where they are not stored; raises ValueError for settings that cannot be."""
    return local_pictures(output, settings, online=online) if stores_pictures(settings) else None

"""What becomes of a post's pictures in a reprocessing: remote, from the store, or with ``--online`` into the store."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.assemble.stages import Stage, stores_pictures
from crawler.items import Post
from crawler.store.desk import NoPicture, PictureDesk
from crawler.store.fetch import Fetcher
from crawler.store.pictures import PictureStore


class StoredPictures:
    """FINEWS_KLINE_IMAGES=local: posts point to what is stored."""

    def __init__(self, desk: PictureDesk, fetcher: Fetcher | None) -> None:
        self._desk = desk
        self._fetcher = fetcher

    def __call__(self, post: Post, counts: Counter[str]) -> Post:
        """The post pointing to its stored pictures; what is missing stays remote."""
        if self._fetcher:
            for want in self._desk.wants(post, datetime.now(UTC)):
                try:
                    self._desk.keep(want, self._fetcher.fetch(want.url))
                    counts["pictures/kept"] += 1
                except NoPicture as reason:
                    counts[f"pictures/failed/{reason}"] += 1
        post = self._desk.localize(post)
        counts["pictures/missing"] += post.pictures_missing
        return post


def picture_stage(output: Path, settings: Mapping[str, Any], *, online: bool) -> Stage | None:
    """The stage that stores pictures; None when they are not stored."""
    if not stores_pictures(settings):
        return None
    charts = str(settings["FINEWS_KLINE_CHARTS"]).lower() in {"1", "true", "yes"}
    desk = PictureDesk(PictureStore(output), charts=charts)
    return StoredPictures(desk, Fetcher(settings["USER_AGENT"]) if online else None)

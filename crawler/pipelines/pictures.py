"""FINEWS_KLINE_IMAGES=local: pictures fetched, stored, and pointed to."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.pipelines.media import MediaPipeline
from twisted.python.failure import Failure

from crawler.assemble.stages import stores_pictures
from crawler.extensions.run import RunExtension
from crawler.items import Post
from crawler.pictures.fetch import Fetched, NoPicture
from crawler.pictures.formats import MAX_BYTES

PRIORITY = 40
"""A post whose article is there waits for nothing but its pictures."""


def _is_news(record: logging.LogRecord) -> bool:
    """Whether it tells of anything but a picture that cannot be had: Scrapy has a traceback of each."""
    return not (isinstance(record.exc_info, tuple) and isinstance(record.exc_info[1], NoPicture))


class PicturesPipeline(MediaPipeline):
    """Scrapy's media pipeline asks for each address once a run, however many posts want it."""

    LOG_FAILED_RESULTS = False  # a picture that cannot be had is counted, and the post is written without it

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        if not stores_pictures(crawler.settings):
            raise NotConfigured
        from crawler.pictures.stage import local_pictures  # noqa: PLC0415 - heavy, and most crawls store none

        self._run = RunExtension.of(crawler).run
        self._stage = local_pictures(self._run.output, crawler.settings)
        self._aside = ThreadPoolExecutor(1, "pictures")
        logging.getLogger("scrapy.pipelines.media").addFilter(_is_news)

    async def process_item(self, item: Post) -> Post:  # type: ignore[override]  # Scrapy's last one is obsolete
        """The post pointing to what could be stored; raises RunError when the disk refuses."""
        completed: Awaitable[Post] = await super().process_item(item)
        return await completed

    def get_media_requests(self, item: Post, info: MediaPipeline.SpiderInfo) -> list[Request]:
        """One request for each picture that is not stored yet."""
        meta = {"download_maxsize": MAX_BYTES, "download_warnsize": 0}
        return [Request(wish.url, meta=dict(meta), priority=PRIORITY) for wish in self._stage.requests(item)]

    def media_to_download(self, request: Request, info: MediaPipeline.SpiderInfo, *, item: Any = None) -> None:
        """Nothing is known before it is asked for."""

    def media_downloaded(
        self, response: Response, request: Request, info: MediaPipeline.SpiderInfo, *, item: Any = None
    ) -> Any:
        """The address, the bytes and when they came, for every post that waits for them."""
        if response.status != 200:
            raise NoPicture(f"HTTP status {response.status}")
        return request.url, Fetched(response.body, datetime.now(UTC))

    def file_path(
        self,
        request: Request,
        response: Response | None = None,
        info: MediaPipeline.SpiderInfo | None = None,
        *,
        item: Any = None,
    ) -> str:
        """Where the picture comes from: which file it becomes, its bytes and the post's day decide."""
        return request.url

    def media_failed(self, failure: Failure, request: Request, info: MediaPipeline.SpiderInfo) -> Failure:
        """Count why; the post is written all the same."""
        error = failure.value
        reason = str(error) if isinstance(error, NoPicture) else type(error).__name__
        self._run.counts[f"pictures/failed/{reason}"] += 1
        raise NoPicture(reason)

    async def item_completed(self, results: list[Any], item: Post, info: MediaPipeline.SpiderInfo) -> Post:
        """The post pointing to what could be stored. Charts are drawn, and the disk is waited for, in a thread."""
        fetched = dict(result for is_there, result in results if is_there)
        counts = Counter[str]()
        with self._run.writing():
            loop = asyncio.get_running_loop()
            post = await loop.run_in_executor(self._aside, self._stage.finish, item, fetched, counts)
        self._run.counts.update(counts)
        return post

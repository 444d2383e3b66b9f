"""A stop that is asked for happens soon, however slow the answers are that the crawl waits for."""

import asyncio
import os
import sys

from scrapy.crawler import Crawler

from crawler.crawl_part import CrawlPart
from crawler.extensions.run import RunExtension

GRACE = 6.0
"""Seconds that requests on their way have to come home after SIGINT or SIGTERM."""
_STEP = 0.2


class PromptStop(CrawlPart):
    """Ends the process when a shutdown takes too long: what is not done yet is pending in the ledger anyway."""

    LISTENS_TO = ("engine_started", "spider_closed")

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._watch: asyncio.Task[None] | None = None

    def engine_started(self) -> None:
        """Watch for a shutdown."""
        self._watch = asyncio.ensure_future(self._end_in_time())

    def spider_closed(self) -> None:
        """The crawl ended by itself."""
        if self._watch:
            self._watch.cancel()

    async def _end_in_time(self) -> None:
        while self._crawler.crawling:  # noqa: ASYNC110 - Scrapy has no signal for the begin of a shutdown
            await asyncio.sleep(_STEP)
        await asyncio.sleep(GRACE)
        extension = self._crawler.get_extension(RunExtension)
        assert extension
        extension.spider_closed("shutdown")
        sys.stdout.flush()
        os._exit(extension.exit_code)

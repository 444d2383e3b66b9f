"""A stop that is asked for happens soon, however slow the answers are that the crawl waits for."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import NoReturn

from scrapy.crawler import Crawler

from crawler import exits, interrupts
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
        """Watch for a shutdown, and for a signal that asks for one while something else keeps the crawl busy."""
        self._watch = asyncio.ensure_future(self._end_in_time())
        for number in (signal.SIGINT, signal.SIGTERM):
            if callable(handler := signal.getsignal(number)):
                signal.signal(number, partial(self._asked, handler))
        interrupts.again()

    def spider_closed(self) -> None:
        """The crawl ended by itself."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        if self._watch:
            self._watch.cancel()

    def _asked(self, handler: Callable[..., object], number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGALRM, lambda *_: self._end())
        signal.setitimer(signal.ITIMER_REAL, GRACE + 2)
        handler(number, frame)

    async def _end_in_time(self) -> None:
        while self._crawler.crawling:  # noqa: ASYNC110 - Scrapy has no signal for the begin of a shutdown
            await asyncio.sleep(_STEP)
        await asyncio.sleep(GRACE)
        self._end()

    def _end(self) -> NoReturn:
        extension = self._crawler.get_extension(RunExtension)
        code = exits.INTERRUPTED
        self._crawler.crawling = False  # whoever is to say so may not have come to it
        try:
            if extension:  # there is a run
                extension.spider_closed("shutdown")
                code = extension.exit_code
            sys.stdout.flush()
            if extension:
                signal.setitimer(signal.ITIMER_REAL, 0)  # it has its own bound
                extension.teller.end(code, extension.report)
        finally:
            os._exit(code)

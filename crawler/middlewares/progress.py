"""Lets a crawl say how far it is, and which hosts it waits for."""

import asyncio
from collections.abc import Iterable
from time import monotonic

from scrapy.crawler import Crawler

from crawler.crawl_part import CrawlPart
from crawler.extensions.run import RunExtension
from crawler.middlewares.host_state import hosts_of
from crawler.progress import Progress, duration
from crawler.words import say, translated

_STEP = 0.5
_SLOW = 2.0
"""Seconds between two requests to a host from which on it is told that they are."""
_ENOUGH = 20
"""Answers from which on it can be told how long the others will take."""


class CrawlProgress(CrawlPart):
    """Ticks while the crawl runs."""

    LISTENS_TO = ("engine_started", "spider_closed")

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._began = monotonic()
        self._ticking: asyncio.Task[None] | None = None

    def engine_started(self) -> None:
        """Begin to tick."""
        progress = RunExtension.of(self._crawler).progress
        progress.waits, progress.left = self.waits, self.left
        self._ticking = asyncio.ensure_future(self._tick(progress))

    def spider_closed(self) -> None:
        """Tick no more."""
        if self._ticking:
            self._ticking.cancel()

    async def _tick(self, progress: Progress) -> None:
        while True:
            progress.tick()
            await asyncio.sleep(_STEP)

    def waits(self) -> Iterable[str]:
        """The hosts that are held after refusals, and those whose robots.txt or slowness makes long pauses."""
        held = {name: (reason, seconds) for name, reason, seconds in hosts_of(self._crawler).held()}
        for name, (reason, seconds) in held.items():
            yield say("held", name, translated(reason), duration(seconds))
        for name, slot in self._crawler.engine.downloader.slots.items():
            if slot.delay >= _SLOW and name not in held:
                yield say("slow", name, duration(slot.delay))

    def left(self) -> float | None:
        """What waits takes as long as what was answered, one by one; None while little was, or a host is waited for."""
        answers: int = self._crawler.stats.get_value("response_received_count", 0)
        slot = self._crawler.engine._slot  # noqa: SLF001 - the engine has no public way to its queue
        if slot is None or answers < _ENOUGH or any(hosts_of(self._crawler).held()):
            return None
        waiting: int = len(slot.scheduler)  # type: ignore[arg-type]  # of ours it can be told
        return waiting * (monotonic() - self._began) / answers

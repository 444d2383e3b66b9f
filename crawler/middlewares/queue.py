"""The request queue: hosts that are held are passed over, and retries wait for their turn, while others go on."""

import heapq
from collections import Counter
from collections.abc import Iterator
from itertools import count
from time import monotonic
from typing import Any

from scrapy import Request
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.utils.asyncio import call_later

from crawler.crawl_part import wake
from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.retry import backoff

AHEAD = 100
"""So many requests may wait for other hosts before no more post pages are fetched: these wait for them in memory."""
HELD_BACK = 0.5
"""Seconds until it is looked at again, when all other hosts are held."""


class PatientQueue(DownloaderAwarePriorityQueue):
    """Scrapy's own queue, but for requests whose time has not come."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hosts = hosts_of(self.crawler)
        self._later: list[tuple[float, int, Request]] = []
        self._order = count()

    def push(self, request: Request) -> None:
        """Queue the request; a retry only after its backoff."""
        retries = request.meta.get("retry_times", 0)
        if retries > request.meta.get("finews_waited", 0):
            request.meta["finews_waited"] = retries
            due = monotonic() + backoff(retries)
            heapq.heappush(self._later, (due, next(self._order), request))
            self._wake(due - monotonic())
        else:
            super().push(request)

    def pop(self) -> Request | None:
        """The next request that may be sent now, or None: the engine is woken when one may."""
        now = monotonic()
        while self._later and self._later[0][0] <= now:
            super().push(heapq.heappop(self._later)[2])
        held: dict[str, float] = {slot: wait for slot in self.pqueues if (wait := self._hosts.remaining(slot)) > 0}
        # What a host has no place for waits here, not in the downloader: from there it would be sent to a blocked one.
        full = {slot: HELD_BACK for slot in self._full() if slot in self.pqueues}
        site = getattr(self.crawler.spider, "host", "")
        if site in self.pqueues and sum(len(q) for slot, q in self.pqueues.items() if slot != site) >= AHEAD:
            held.setdefault(site, HELD_BACK)
        held = full | held
        if held and len(held) == len(self.pqueues):
            if len(full) < len(held):  # else the end of a request wakes the engine
                self._wake(min(held.values()))
            return None
        aside = {slot: self.pqueues.pop(slot) for slot in held}
        try:
            return super().pop()
        finally:
            self.pqueues.update(aside)

    def _full(self) -> Iterator[str]:
        """The hosts of which as many requests are under way as they take at once.

        What waits for robots.txt is not in the downloader's slot yet, and a slot without a delay sends all it holds.
        """
        downloader = self.crawler.engine.downloader
        for name, under_way in Counter(map(downloader.get_slot_key, downloader.active)).items():
            slot = downloader.slots.get(name)
            if under_way >= (slot.concurrency if slot else downloader.domain_concurrency):
                yield name

    def __len__(self) -> int:
        return super().__len__() + len(self._later)

    def close(self) -> dict[str, list[int]]:
        """Forget everything: what was not asked for is still pending in the ledger."""
        self._later.clear()
        return super().close()

    def _wake(self, seconds: float) -> None:
        call_later(max(seconds, 0) + 0.01, wake, self.crawler)

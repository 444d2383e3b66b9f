"""What a worker of a shared crawl asks for: it leases some articles and lists, asks for them, and leases more."""

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.asyncio import call_later

from crawler.crawl_part import wake
from crawler.exits import RunError
from crawler.extensions.run import RunExtension
from crawler.items import Candidate
from crawler.sites import other_spelling
from crawler.store.leases import Ended, Wanted
from crawler.store.shared_run import SharedRun
from crawler.store.tally import BookedArticle

AGAIN: Final = 0.3
"""Seconds until a worker without work looks again whether there is any."""


class Leasing:
    """Between a spider and the ledger that all workers share."""

    def __init__(
        self, crawler: Crawler, run: SharedRun, ask: Callable[[Wanted], Iterable[Request | Candidate]]
    ) -> None:
        """``ask``: the requests for one that was leased, or what is known of it already."""
        self._crawler, self._run, self._ask = crawler, run, ask
        self._batch = crawler.settings.getint("FINEWS_LEASE_BATCH")
        run.ledger.term = crawler.settings.getfloat("FINEWS_LEASE_TERM")
        self._held = set[str]()
        self._ended: dict[str, Ended] = {}
        self._making = set[asyncio.Future[None]]()
        """Posts of articles that nothing had to be asked for."""
        self._nothing_since: float | None = None
        """Since when nothing was left (monotonic seconds)."""
        self._is_due = self._is_looking = False
        """Whether it is to lease more, and to look whether it may leave."""
        said, run.on_article = run.on_article, self._booked
        self._said = said or (lambda _: None)
        self._renewing = asyncio.ensure_future(self._renew())

    # --- what is wanted

    def want(self, more: Iterable[Wanted]) -> None:
        """Have these asked for, by whichever worker."""
        with self._run.writing():
            self._run.ledger.want(more)

    # --- what became of it

    def _booked(self, told: BookedArticle) -> None:
        self._said(told)
        self._end(told.code, Ended(told.outcome, told.reason, json.dumps(self._run.figures.of(told.code))))
        if (other := other_spelling(told.code)) in self._held:  # it was leased under
            self._end(other, Ended(""))

    def _end(self, key: str, ended: Ended) -> None:
        self._ended[key] = ended
        if key in self._held:
            self._held.remove(key)
            if self._is_due or len(self._held) > self._batch // 2:
                return
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._top_up)

    def was_read(self, key: str, found: Iterable[str] = ()) -> None:
        """A list page is done with, or all that is leased as one; ``found``: the articles there, if only it knows."""
        self._end(key, Ended("read", told=json.dumps(sorted(found))))

    # --- more of it

    def _top_up(self) -> int:
        """Lease as many as fit, and ask for them; how many."""
        self._is_due = False
        if not self._batch:
            return 0
        try:
            leased = self._lease(self._batch - len(self._held))
            with self._run.writing():
                asked = [one for wanted in leased for one in self._ask(wanted)]
        except RunError:
            self._stop()
            return 0
        for one in asked:
            if isinstance(one, Request):
                self._crawler.engine.crawl(one)
            else:
                making = asyncio.ensure_future(self._crawler.engine.scraper.start_itemproc_async(one, response=None))
                self._making.add(making)
                making.add_done_callback(self._made)
        return len(leased)

    def _made(self, making: asyncio.Future[None]) -> None:
        self._making.discard(making)
        self._nudge()

    def _lease(self, most: int) -> list[Wanted]:
        ended, self._ended = self._ended, {}
        try:
            with self._run.writing():
                leased = self._run.ledger.lease(most, [*self._held], ended, self._run.so_far())
        except RunError:
            self._stop()
            raise
        self._held.update(one.key for one in leased)
        return leased

    def _stop(self) -> None:
        RunExtension.of(self._crawler).stop()

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self._run.ledger.term / 3)
            with suppress(RunError):  # the crawl ends
                self._lease(0)

    def is_done(self, more: Callable[[], object]) -> bool:
        """Nothing is left to ask for here: whether this worker may leave, since nothing is left for any.

        What it holds yet was given up. ``more`` wants what may be left beside what lists named.
        """
        if not self._is_looking:
            self._is_looking = True
            call_later(AGAIN, self._nudge)
        if self._making:
            return False
        for key in [*self._held]:
            self._end(key, Ended(""))
        if self._run.fatal or self._top_up():
            self._nothing_since = None
            return False
        with self._run.writing():
            if self._run.ledger.is_left():
                self._nothing_since = None
            elif self._nothing_since is None:
                self._nothing_since = monotonic()
                more()
            else:
                return self._may_leave(monotonic() - self._nothing_since)
        return False

    def _may_leave(self, seconds: float) -> bool:
        """Whether nobody else is at work, or somebody who was heard of since nothing was left, and will be the last."""
        others = self._run.ledger.at_work()
        return not others or any(ago < seconds for ago in others.values())

    def _nudge(self) -> None:
        self._is_looking = False
        wake(self._crawler)

    def close(self) -> dict[str, Ended]:
        """Lease no more; what came to its end and was not told yet."""
        self._batch = 0
        self._renewing.cancel()
        return self._ended

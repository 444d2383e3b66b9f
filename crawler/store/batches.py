"""Articles that come to their end soon after one another are stored together, beside what else goes on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Final, TypeAlias

from crawler.assemble.outcome import Assembled
from crawler.exits import RunError
from crawler.sites import digits
from crawler.store.run import Run

AT_ONCE: Final = 128
"""Articles that are stored together, if they come within LONGEST seconds; a killed run loses these at most."""
LONGEST: Final = 1.0
PAUSE: Final = 0.05
"""Seconds without a further one after which those that wait are stored: nobody is to wait for what does not come."""
Failed: TypeAlias = dict[str, Exception]
"""By the codes of articles that could not be stored, why."""
Step: TypeAlias = Callable[[list[Assembled]], object]


class Batches:
    """The articles of one crawl. The disk is waited for in a thread; all else happens where the crawl does."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._open: list[Assembled] = []
        self._storing: asyncio.Task[Failed] | None = None
        self._of: dict[str, asyncio.Task[Failed]] = {}
        """By news ids what stores the articles that are not stored yet."""
        self._one_by_one = asyncio.Lock()
        self._disk = ThreadPoolExecutor(1, "disk")

    async def store(self, done: Assembled) -> None:
        """What became of an article, booked as ``Run.store`` does; a post is durably in its place.

        Raises RunError, and what else kept this one from being stored.
        """
        if self._storing is None or len(self._open) >= AT_ONCE:
            self._open = []
            self._storing = asyncio.ensure_future(self._store(self._open))
        self._open.append(done)
        self._of[digits(done.code)] = self._storing
        failed = await asyncio.shield(self._storing)
        if error := failed.get(done.code):
            raise error

    async def settled(self, code: str) -> None:
        """Nothing of the article waits to be stored, under whichever spelling of its code."""
        while storing := self._of.get(digits(code)):
            await asyncio.wait([storing])

    async def _store(self, batch: list[Assembled]) -> Failed:
        """Store the batch once it is full, or nothing more comes."""
        until, before = monotonic() + LONGEST, 0
        while before < len(batch) < AT_ONCE and monotonic() < until:
            before = len(batch)
            await asyncio.sleep(PAUSE)
        if self._open is batch:
            self._storing = None
        try:
            async with self._one_by_one:
                return await self._take_steps(batch)
        finally:
            for one in batch:
                self._of.pop(digits(one.code), None)

    async def _take_steps(self, batch: list[Assembled]) -> Failed:
        """Those of ``Run.store``, by the articles with which none failed."""
        run, failed = self._run, Failed()
        done = _taken(run.prepare, batch, failed)
        done = [one for one in done if _taken(run.book_rejected, [one], failed)]
        done = await asyncio.get_running_loop().run_in_executor(self._disk, _taken, run.put, done, failed)
        done = _taken(run.book_stored, done, failed)
        done = [one for one in done if _taken(run.book_posts, [one], failed)]
        _taken(run.forget, done, failed)
        return failed


def _taken(step: Step, done: list[Assembled], failed: Failed) -> list[Assembled]:
    """Take a step with all of them, or, if it fails, with each by itself; those with which it was taken.

    ``failed``: gets what was in the way of the others. A disk or a ledger that refuses is in the way of all.
    """
    try:
        step(done)
    except RunError:
        raise
    except Exception as error:  # noqa: BLE001 - whoever waits for the article gets it, and counts it
        if len(done) > 1:
            return [one for one in done if _taken(step, [one], failed)]
        failed |= {one.code: error for one in done}
        return []
    return done

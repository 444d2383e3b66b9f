"""Articles that come to their end soon after one another are stored together, beside what else goes on."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Final

from crawler.assemble.outcome import Assembled
from crawler.sites import digits
from crawler.store.run import Run

AT_ONCE: Final = 128
"""Articles that are stored together, if they come within LONGEST seconds; a killed run loses these at most."""
LONGEST: Final = 1.0
PAUSE: Final = 0.05
"""Seconds without a further one after which those that wait are stored: nobody is to wait for what does not come."""


class Batches:
    """The articles of one crawl. The disk is waited for in a thread; all else happens where the crawl does."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._open: list[Assembled] = []
        self._storing: asyncio.Task[None] | None = None
        self._of: dict[str, asyncio.Task[None]] = {}
        """By news ids what stores the articles that are not stored yet."""
        self._one_by_one = asyncio.Lock()
        self._disk = ThreadPoolExecutor(1, "disk")

    async def store(self, done: Assembled) -> None:
        """What became of an article, booked as ``Run.store`` does; a post is durably in its place. Raises RunError."""
        if self._storing is None or len(self._open) >= AT_ONCE:
            self._open = []
            self._storing = asyncio.ensure_future(self._store(self._open))
        self._open.append(done)
        self._of[digits(done.code)] = self._storing
        await asyncio.shield(self._storing)

    async def settled(self, code: str) -> None:
        """Nothing of the article waits to be stored, under whichever spelling of its code."""
        while storing := self._of.get(digits(code)):
            await asyncio.wait([storing])

    async def _store(self, batch: list[Assembled]) -> None:
        """Store the batch once it is full, or nothing more comes."""
        until, before = monotonic() + LONGEST, 0
        while before < len(batch) < AT_ONCE and monotonic() < until:
            before = len(batch)
            await asyncio.sleep(PAUSE)
        if self._open is batch:
            self._storing = None
        try:
            async with self._one_by_one:
                posts = self._run.prepare(batch)
                await asyncio.get_running_loop().run_in_executor(self._disk, self._run.put, posts)
                self._run.book_stored(batch, posts)
        finally:
            for one in batch:
                self._of.pop(digits(one.code), None)

"""A crawl's articles are stored together, and nothing else waits for the disk."""

import asyncio
import errno
import functools
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from store.samples import CODE, POST, made

from crawler.assemble.outcome import Assembled
from crawler.exits import NOT_WRITABLE, RunError
from crawler.store import batches
from crawler.store.batches import Batches
from crawler.store.run import Run


class Disk:
    """Takes the place of what puts posts in place: it notes how many come together, and waits while it is held."""

    def __init__(self, run: Run) -> None:
        self._commit = run.posts.commit
        run.posts.commit = self  # type: ignore[method-assign, assignment]
        self.sizes: list[int] = []
        self.threads = set[int]()
        self.is_asked, self.may_go_on = threading.Event(), threading.Event()
        self.may_go_on.set()
        self.refuses = False

    def __call__(self, done: Collection[Assembled]) -> None:
        self.sizes.append(len(done))
        self.threads.add(threading.get_ident())
        self.is_asked.set()
        assert self.may_go_on.wait(60)
        if self.refuses:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._commit(done)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with Run(tmp_path) as run:
        yield run


def posts(number: int) -> list[Assembled]:
    return [made(replace(POST, code=f"NW20220114224817{n:04}")) for n in range(number)]


async def _store_all(together: Batches, done: Sequence[Assembled]) -> None:
    await asyncio.gather(*map(together.store, done))


def test_what_comes_together_is_stored_together(run: Run) -> None:
    disk, done = Disk(run), posts(batches.AT_ONCE + 3)
    asyncio.run(_store_all(Batches(run), done))
    assert disk.sizes == [batches.AT_ONCE, 3]
    assert {*run.ledger.states().values()} == {"written"}
    assert len(run.outcomes) == len(list(run.posts.posts.iterdir())) == len(done)


def test_the_crawl_goes_on_while_the_disk_is_waited_for(run: Run) -> None:
    disk, (first, second) = Disk(run), posts(2)
    disk.may_go_on.clear()

    async def crawl() -> None:
        together = Batches(run)
        storing = asyncio.ensure_future(together.store(first))
        assert await asyncio.to_thread(disk.is_asked.wait, 60)
        assert (storing.done(), run.outcomes) == (False, {}), "nothing is told before it is durably there"
        run.resolved("meanwhile the ledger is free")
        other = asyncio.ensure_future(together.store(second))
        disk.may_go_on.set()
        await asyncio.gather(storing, other)

    asyncio.run(crawl())
    assert threading.get_ident() not in disk.threads
    assert run.outcomes == {first.code: "written", second.code: "written"}
    assert disk.sizes == [1, 1]


def test_an_article_is_settled_when_nothing_of_it_waits(run: Run) -> None:
    disk = Disk(run)
    disk.may_go_on.clear()

    async def crawl() -> None:
        together = Batches(run)
        storing = asyncio.ensure_future(together.store(made(POST)))
        assert await asyncio.to_thread(disk.is_asked.wait, 60)
        await together.settled("NW202201142248179999")  # another one
        twin = asyncio.ensure_future(together.settled(CODE.removeprefix("NW")))
        await asyncio.sleep(0)
        assert not twin.done()
        disk.may_go_on.set()
        await twin
        assert run.outcomes == {CODE: "written"}
        await storing

    asyncio.run(crawl())


def test_a_disk_that_refuses_is_told_to_all_and_loses_nothing(run: Run) -> None:
    disk, done = Disk(run), posts(3)
    disk.refuses = True

    async def crawl() -> list[BaseException | None]:
        together = Batches(run)
        told = await asyncio.gather(*map(together.store, done), return_exceptions=True)
        await together.settled(done[0].code)
        return told

    errors = asyncio.run(crawl())
    assert [isinstance(error, RunError) and error.exit_code for error in errors] == [NOT_WRITABLE] * 3
    assert run.fatal is errors[0]
    assert (run.outcomes, run.ledger.states()) == ({}, {})
    disk.refuses = False
    asyncio.run(_store_all(Batches(run), posts(3)))
    assert run.ledger.states() == dict.fromkeys((one.code for one in done), "written")


STEPS = ("posts.prepare", "posts.revisions.begin", "posts.commit", "posts.write_stub", "ledger.written", "on_article")


@pytest.mark.parametrize("step", STEPS)
def test_an_article_that_breaks_the_storing_costs_none_but_itself(step: str, run: Run, tmp_path: Path) -> None:
    """Whatever of it breaks, at whichever step; rejections that come with it are booked once."""
    done = [*posts(9), Assembled("NW202201142248179999", "quarantined", "no body")]
    broken = done[4]
    run.on_article = lambda _: None
    *path, name = step.split(".")
    holder: Any = functools.reduce(getattr, path, run)
    before = getattr(holder, name)

    def breaking(some: Any, *args: Any, **how: Any) -> object:
        if broken.code in [one.code for one in (some if isinstance(some, list) else [some])]:
            raise ValueError("broken")
        return before(some, *args, **how)

    setattr(holder, name, breaking)
    told = asyncio.run(_stored(Batches(run), done))
    assert [type(error) for error in told] == [ValueError if one is broken else type(None) for one in done]
    is_there = step == "on_article"
    outcomes = {one.code: one.outcome for one in done if one is not broken or is_there}
    assert run.outcomes == outcomes
    assert run.ledger.states() == outcomes
    assert run.counts[f"origin/{POST.origin}"] == 8 + is_there
    assert (run.reasons, len(run.failed), run.fatal) == ({"no body": 1}, 1, None)
    setattr(holder, name, before)
    with Run(tmp_path.with_name("again")) as again:
        again.store(posts(9))
        asyncio.run(_stored(Batches(run), [posts(9)[4]]))
        assert _tree(run) == _tree(again)
        assert {*run.ledger.states().values()} == {"written", "quarantined"}


def _tree(run: Run) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in run.posts.posts.iterdir()}


async def _stored(together: Batches, done: Sequence[Assembled]) -> list[BaseException | None]:
    return await asyncio.gather(*map(together.store, done), return_exceptions=True)

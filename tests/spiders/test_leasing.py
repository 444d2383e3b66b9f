"""A worker leases what it has room for, ends what it booked, and leaves when nothing is left for anybody."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from crawling import given
from scrapy import Request
from store.workers import empty_database

from crawler.spiders import leasing
from crawler.spiders.leasing import Leasing
from crawler.store.leases import Ended, Wanted
from crawler.store.shared_run import SharedRun


class Engine:
    """What an engine is told: which requests to make. It has no slot until it is started."""

    _slot = None

    def __init__(self) -> None:
        self.asked: list[str] = []

    def crawl(self, request: Request) -> None:
        self.asked.append(request.url)


class Crawler:
    """The parts of a crawler that are looked at."""

    def __init__(self, batch: int) -> None:
        self.settings = given(FINEWS_LEASE_BATCH=batch, FINEWS_LEASE_TERM=60)
        self.engine = Engine()


@pytest.fixture
def run(tmp_path: Path) -> Iterator[SharedRun]:
    with SharedRun(tmp_path, empty_database()) as run:
        run.join("finews", "rules", dict)
        yield run


Work = Callable[[Leasing, Crawler], Any]


def work(run: SharedRun, batch: int, do: Work) -> Any:
    """Do it as in a crawl, in a loop."""

    async def go() -> Any:
        crawler = Crawler(batch)
        made = Leasing(crawler, run, lambda one: [Request(f"http://x/{one.key}")])  # type: ignore[arg-type]
        try:
            return await do(made, crawler)
        finally:
            made.close()

    return asyncio.run(go())


WANTED = [Wanted(f"{number}", False, {}) for number in range(1, 8)]


def test_no_more_is_leased_than_there_is_room_for_and_more_when_half_is_done(run: SharedRun) -> None:
    async def do(made: Leasing, crawler: Crawler) -> None:
        made.want(WANTED)
        assert not made.is_done(list)
        assert len(crawler.engine.asked) == 4
        run.book("1", "written")
        await asyncio.sleep(0)
        assert len(crawler.engine.asked) == 4, "most of what it has is not done"
        run.book("2", "quarantined", "no title")
        await asyncio.sleep(0)
        assert len(crawler.engine.asked) == 6
        ends = {code: (outcome, reason) for code, _, outcome, reason, _ in run.ledger.ends() if outcome}
        assert ends == {"1": ("written", ""), "2": ("quarantined", "no title")}

    work(run, 4, do)


def test_an_article_that_is_booked_under_its_other_spelling_is_done_too(run: SharedRun) -> None:
    async def do(made: Leasing, _: Crawler) -> None:
        made.want([Wanted("202201142248170578", False, {})])
        made.is_done(list)
        run.book("NW202201142248170578", "written")
        await asyncio.sleep(0)
        assert not run.ledger.is_left()
        assert {code: outcome for code, _, outcome, *_ in run.ledger.ends()} == {
            "NW202201142248170578": "written", "202201142248170578": "",
        }  # fmt: skip

    work(run, 4, do)


def test_what_a_list_named_is_known_to_all(run: SharedRun) -> None:
    async def do(made: Leasing, _: Crawler) -> None:
        made.want([Wanted("http://x/list.html", True, {})])
        made.is_done(list)
        made.was_read("http://x/list.html", {"7", "3"})
        await asyncio.sleep(0)
        assert run.ledger.named() == {"3", "7"}

    work(run, 4, do)


def test_it_leaves_when_nothing_is_left_and_has_asked_what_may_be_left_beside(
    run: SharedRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def do(made: Leasing, crawler: Crawler) -> None:
        made.want(WANTED[:2])
        asked: list[int] = []
        assert not made.is_done(lambda: asked.append(1))
        assert len(crawler.engine.asked) == 2
        # nothing is under way any more, so what it holds was given up
        assert not made.is_done(lambda: asked.append(1))
        assert asked == [1]
        assert made.is_done(lambda: asked.append(1))
        assert asked == [1], "once"
        monkeypatch.setattr(run.ledger, "at_work", lambda: {"another": 50.0})
        assert not made.is_done(list), "another has not been heard of since"
        monkeypatch.setattr(run.ledger, "at_work", lambda: {"another": 0.0})
        await asyncio.sleep(0.01)
        assert made.is_done(list), "it will be the last"

    work(run, 4, do)


def test_what_was_not_told_when_it_closes_is_given_to_whoever_closes(run: SharedRun) -> None:
    async def do(made: Leasing, crawler: Crawler) -> dict[str, Ended]:
        made.want(WANTED)
        made.is_done(list)
        run.book("1", "written")
        ended = made.close()
        await asyncio.sleep(0)
        assert len(crawler.engine.asked) == 4, "no more is leased"
        return ended

    ended = work(run, 4, do)
    assert {key: one.outcome for key, one in ended.items()} == {"1": "written"}
    assert leasing.AGAIN < 1

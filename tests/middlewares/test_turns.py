"""In a shared crawl a request waits for its turn at its host, whichever worker had the last one."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from crawling import SHARE, SITE, MakeCrawler, make_crawler, run_of
from postgres_server import new_database
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.refusals import Refused
from crawler.middlewares.turns import Turns

DELAY = 0.5


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[list[Crawler]]:
    """Two that share a crawl, each with an output folder of its own."""
    shared = {
        "FINEWS_SHARED": True,
        "FINEWS_LEDGER_URL": new_database(),
        "DOWNLOAD_DELAY": DELAY,
        "AUTOTHROTTLE_ENABLED": False,
    }
    made = [make_crawler(tmp_path / f"{number}", **shared, DOWNLOAD_DELAY_JITTER=0) for number in range(2)]
    yield made
    for crawler in made:
        run_of(crawler).close()


async def turn(turns: Turns, host: str, **meta: object) -> float:
    """The moment at which a request to the host may be sent."""
    await turns.process_request(Request(f"http://{host}/x", meta=meta))
    return monotonic()


def test_two_workers_have_one_rate_at_a_host_and_robots_txt_has_no_turns(workers: list[Crawler]) -> None:
    async def ask() -> None:
        one, other = map(Turns.from_crawler, workers)
        first = await turn(one, SITE)
        assert await turn(one, SHARE) - first < DELAY
        robots = monotonic()
        assert await turn(other, SITE, dont_obey_robotstxt=True) - robots < DELAY / 2
        assert await turn(other, SITE) - first > 0.9 * DELAY

    asyncio.run(ask())


def test_what_one_worker_hears_of_a_host_holds_for_the_other(workers: list[Crawler]) -> None:
    async def ask() -> None:
        one, other = map(Turns.from_crawler, workers)
        await turn(one, SITE)
        ledger, held = run_of(workers[0]).ledger, monotonic()
        ledger.refused(SITE, "HTTP status 429")
        ledger.hold(SITE, 2 * DELAY)
        assert await turn(other, SITE) - held > 1.8 * DELAY
        state = hosts_of(workers[1])[SITE]
        assert (state.why, state.refusals) == ("HTTP status 429", 1)
        ledger.block(SITE, "HTTP status 403")
        with pytest.raises(Refused, match=f"{SITE} refuses: HTTP status 403") as refused:
            await turn(other, SITE)
        assert refused.value.by_host

    asyncio.run(ask())
    assert "HTTP status 403" in hosts_of(workers[1]).closed(SITE)


def test_a_delay_of_robots_txt_begins_with_the_answer(workers: list[Crawler]) -> None:
    async def ask() -> None:
        one, other = map(Turns.from_crawler, workers)
        await turn(one, SITE)
        hosts_of(workers[0])[SITE].delay = 2 * DELAY
        answered = monotonic()
        one.response_downloaded(Request(f"http://{SITE}/x", meta={"dont_obey_robotstxt": True}))
        one.response_downloaded(Request(f"http://{SITE}/x"))
        one.response_downloaded(Request(f"http://{SHARE}/x"))
        assert await turn(other, SITE) - answered > 1.8 * DELAY
        robots = monotonic()
        one.response_downloaded(Request(f"http://{SITE}/x", meta={"dont_obey_robotstxt": True}))
        assert await turn(other, SITE) - robots < 1.8 * DELAY, "robots.txt itself begins none"

    asyncio.run(ask())


def test_a_crawl_alone_needs_none(crawler_of: MakeCrawler) -> None:
    with pytest.raises(NotConfigured):
        Turns.from_crawler(crawler_of())

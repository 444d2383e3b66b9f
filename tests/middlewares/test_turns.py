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

DELAY = 0.3


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


async def took(turns: Turns, host: str, **meta: object) -> float:
    """Seconds until a request to the host may be sent."""
    begun = monotonic()
    await turns.process_request(Request(f"http://{host}/x", meta=meta))
    return monotonic() - begun


def test_two_workers_have_one_rate_at_a_host_and_robots_txt_has_no_turns(workers: list[Crawler]) -> None:
    async def ask() -> tuple[float, ...]:
        one, other = map(Turns.from_crawler, workers)
        first = await took(one, SITE)
        return first, await took(one, SHARE), await took(other, SITE, dont_obey_robotstxt=True), await took(other, SITE)

    first, elsewhere, robots, second = asyncio.run(ask())
    assert max(first, elsewhere) < DELAY
    assert robots < 0.01
    assert DELAY / 2 < second < 4 * DELAY


def test_what_one_worker_hears_of_a_host_holds_for_the_other(workers: list[Crawler]) -> None:
    async def ask() -> tuple[float, float]:
        one, other = map(Turns.from_crawler, workers)
        await took(one, SITE)
        run_of(workers[0]).ledger.refused(SITE, "HTTP status 429")
        run_of(workers[0]).ledger.hold(SITE, 3 * DELAY)
        waited = await took(other, SITE)
        state = hosts_of(workers[1])[SITE]
        assert (state.why, state.refusals) == ("HTTP status 429", 1)
        run_of(workers[0]).ledger.block(SITE, "HTTP status 403")
        with pytest.raises(Refused, match=f"{SITE} refuses: HTTP status 403") as refused:
            await other.process_request(Request(f"http://{SITE}/y"))
        return waited, refused.value.by_host

    waited, by_host = asyncio.run(ask())
    assert waited > 2 * DELAY
    assert by_host
    assert "HTTP status 403" in hosts_of(workers[1]).closed(SITE)


def test_a_delay_of_robots_txt_begins_with_the_answer(workers: list[Crawler]) -> None:
    async def ask() -> float:
        one, other = map(Turns.from_crawler, workers)
        await took(one, SITE)
        hosts_of(workers[0])[SITE].delay = 4 * DELAY
        request = Request(f"http://{SITE}/x")
        one.response_downloaded(request)
        return await took(other, SITE)

    assert asyncio.run(ask()) > 3 * DELAY


def test_a_crawl_alone_needs_none(crawler_of: MakeCrawler) -> None:
    with pytest.raises(NotConfigured):
        Turns.from_crawler(crawler_of())

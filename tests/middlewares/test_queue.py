"""Who may be asked next: not a host that is held, not a retry whose time has not come, never too many at once."""

import asyncio
import time
from collections.abc import Callable

import pytest
from crawling import SHARE, SITE, MakeCrawler
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.squeues import LifoMemoryQueue

from crawler.middlewares import queue as module
from crawler.middlewares import retry
from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.queue import PatientQueue


def in_loop(crawler: Crawler, story: Callable[[PatientQueue], None]) -> None:
    """Tell the story of a queue inside a loop: it calls itself back later."""

    async def tell() -> None:
        story(PatientQueue.from_crawler(crawler, LifoMemoryQueue, ""))

    asyncio.run(tell())


def request(host: str, name: str = "x", retries: int = 0) -> Request:
    return Request(f"http://{host}/{name}", meta={"retry_times": retries} if retries else {})


def test_a_host_that_is_held_is_passed_over(crawler_of: MakeCrawler) -> None:
    crawler = crawler_of()

    def story(queue: PatientQueue) -> None:
        queue.push(request(SITE))
        queue.push(request(SHARE))
        hosts_of(crawler).hold(SITE, 60)
        popped = queue.pop()
        assert popped
        assert SHARE in popped.url
        assert queue.pop() is None
        assert len(queue) == 1
        hosts_of(crawler)[SITE].held_until = 0
        popped = queue.pop()
        assert popped
        assert SITE in popped.url
        assert len(queue) == 0

    in_loop(crawler, story)


def test_a_retry_waits_once_for_its_time(crawler_of: MakeCrawler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "BACKOFF", 0.2)

    def story(queue: PatientQueue) -> None:
        again = request(SITE, "again", retries=1)
        queue.push(again)
        queue.push(request(SITE, "new"))
        assert len(queue) == 2
        popped = queue.pop()
        assert popped
        assert popped.url.endswith("/new")
        assert queue.pop() is None
        time.sleep(0.26)
        assert queue.pop() is again
        queue.push(again)  # pushed back by the engine, not refused once more
        assert queue.pop() is again

    in_loop(crawler_of(), story)


def test_pages_wait_while_other_hosts_have_much_to_do(crawler_of: MakeCrawler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AHEAD", 3)

    def story(queue: PatientQueue) -> None:
        for number in range(3):
            queue.push(request(SITE, str(number)))
            queue.push(request(SHARE, str(number)))
        popped = [one.url for _ in range(2) if (one := queue.pop())]
        assert SHARE in popped[0]
        assert sum(SITE in url for url in popped) <= 1

    in_loop(crawler_of(), story)


def test_no_more_are_under_way_than_a_host_takes_at_once(crawler_of: MakeCrawler) -> None:
    """Also those count that the downloader has no slot for yet, since they wait for robots.txt."""
    crawler = crawler_of(CONCURRENT_REQUESTS_PER_DOMAIN=2)

    def story(queue: PatientQueue) -> None:
        for number in range(3):
            queue.push(request(SITE, str(number)))
            queue.push(request(SHARE, str(number)))
        under_way = crawler.engine.downloader.active
        while one := queue.pop():
            under_way.add(one)
        assert sorted(one.url.split("/")[2] for one in under_way) == [SITE, SITE, SHARE, SHARE]
        under_way.remove(next(one for one in under_way if SHARE in one.url))
        popped = queue.pop()
        assert popped
        assert SHARE in popped.url

    in_loop(crawler, story)


def test_closed_it_forgets_everything(crawler_of: MakeCrawler) -> None:
    def story(queue: PatientQueue) -> None:
        queue.push(request(SITE))
        queue.push(request(SITE, retries=1))
        queue.close()
        assert (len(queue), queue.pop()) == (0, None)

    in_loop(crawler_of(), story)

"""The delay that robots.txt asks for reaches the downloader, for this host and no other."""

import asyncio

import pytest
from crawling import SHARE, SITE, MakeCrawler, run_of
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import ProtegoRobotParser

from crawler.middlewares.crawl_delay import LONGEST, CrawlDelay
from crawler.middlewares.host_state import hosts_of


def parsed(crawler: Crawler, robots: str) -> CrawlDelay:
    """The middleware, after this robots.txt of the site was read."""
    middleware = CrawlDelay.from_crawler(crawler)
    rules = ProtegoRobotParser(robots.encode(), crawler.spider)
    crawler.signals.send_catch_log(
        signals.robots_parsed, robotparser=rules, request=Request(f"http://{SITE}/robots.txt")
    )
    return middleware


@pytest.mark.parametrize(
    ("robots", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 2\n", 2),
        ("User-agent: *\nCrawl-delay: 0.5\n", 0.5),
        ("User-agent: *\nCrawl-delay: 60\n", LONGEST),
        ("User-agent: *\nCrawl-delay: nan\n", None),
        ("User-agent: *\nCrawl-delay: 30\n\nUser-agent: finews-crawler\nCrawl-delay: 1\n", 1),
        ("User-agent: other\nCrawl-delay: 30\n", None),
        ("User-agent: *\nCrawl-delay: soon\n", None),
        ("User-agent: *\nCrawl-delay: 0\n", None),
        ("", None),
    ],
)
def test_delay(robots: str, delay: float | None, crawler_of: MakeCrawler) -> None:
    crawler = crawler_of()
    middleware = parsed(crawler, robots)
    slots = crawler.engine.downloader.per_slot_settings
    expected = None if delay is None else {"delay": delay, "concurrency": 1, "randomize_delay": False}
    assert slots.get(SITE) == expected
    assert SHARE not in slots
    for host, kept in ((SITE, delay is not None), (SHARE, False)):
        request = Request(f"http://{host}/x")
        asyncio.run(middleware.process_request(request))
        assert request.meta.get("autothrottle_dont_adjust_delay", False) is kept


@pytest.mark.parametrize("delay", ["61", "99999", "1e300"])
def test_a_host_that_asks_for_more_than_a_crawl_can_wait_is_not_asked(delay: str, crawler_of: MakeCrawler) -> None:
    crawler = crawler_of()
    crawler.spider.host = ""  # type: ignore[union-attr] - without an engine nothing can be closed
    parsed(crawler, f"User-agent: *\nCrawl-delay: {delay}\n")
    assert SITE not in crawler.engine.downloader.per_slot_settings
    assert "more than 60" in hosts_of(crawler).closed(SITE)
    assert "Crawl-delay" in run_of(crawler).given_up[SITE]
    assert hosts_of(crawler).closed(SHARE) == ""


def test_a_slot_that_is_open_is_slowed_down(crawler_of: MakeCrawler) -> None:
    async def slow() -> tuple[float, int, float]:
        crawler = crawler_of()
        _, slot = crawler.engine.downloader._get_slot(Request(f"http://{SITE}/x"))
        parsed(crawler, "User-agent: *\nCrawl-delay: 3\n")
        return slot.delay, slot.concurrency, slot.jitter

    assert asyncio.run(slow()) == (3, 1, 0)

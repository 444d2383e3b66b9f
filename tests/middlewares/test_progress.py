"""Which hosts a crawl waits for, and how long what is left will take."""

import asyncio
from time import monotonic
from types import SimpleNamespace

import pytest
from crawling import SHARE, SITE, MakeCrawler
from scrapy import Request, signals
from scrapy.crawler import Crawler

from crawler.extensions.run import RunExtension
from crawler.middlewares import progress
from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.progress import CrawlProgress


def hold(crawler: Crawler, host: str, seconds: float) -> None:
    state = hosts_of(crawler)[host]
    state.why, state.held_until = "HTTP status 429", monotonic() + seconds


async def slot(crawler: Crawler, host: str, delay: float) -> None:
    _, made = crawler.engine.downloader._get_slot(Request(f"http://{host}/"))
    made.delay = delay


def test_hosts_that_are_held_or_slow_are_told_once(crawler_of: MakeCrawler) -> None:
    crawler = crawler_of()
    told = CrawlProgress.from_crawler(crawler)

    async def waits() -> list[str]:
        await slot(crawler, SITE, 5.0)
        await slot(crawler, SHARE, 5.0)
        await slot(crawler, "quick.example", 1.9)
        hold(crawler, SHARE, 65.0)
        return [*told.waits()]

    assert asyncio.run(waits()) == [
        f"waiting for {SHARE}: HTTP status 429, asked again in 65 s",
        f"waiting for {SITE}: a request every 5 s",
    ]


def test_what_is_left_takes_as_long_as_what_was_answered(crawler_of: MakeCrawler) -> None:
    crawler = crawler_of()
    told = CrawlProgress.from_crawler(crawler)
    assert told.left() is None
    crawler.engine._slot = SimpleNamespace(scheduler=[None] * 60)
    told._began = monotonic() - 20
    crawler.stats.set_value("response_received_count", progress._ENOUGH - 1)
    assert told.left() is None, "too little was answered"
    crawler.stats.set_value("response_received_count", 40)
    assert told.left() == pytest.approx(30, abs=1)
    hold(crawler, SITE, 60.0)
    assert told.left() is None, "a host is waited for"


def test_it_ticks_while_the_crawl_runs(crawler_of: MakeCrawler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_STEP", 0.01)
    crawler = crawler_of()
    extension = crawler.get_extension(RunExtension)
    assert extension
    told, ticks, enough = CrawlProgress.from_crawler(crawler), list[int](), asyncio.Event()

    def tick() -> None:
        ticks.append(1)
        if len(ticks) == 3:
            enough.set()

    monkeypatch.setattr(extension.progress, "tick", tick)

    async def run() -> tuple[int, int]:
        crawler.signals.send_catch_log(signals.engine_started)
        await asyncio.wait_for(enough.wait(), 20)
        crawler.signals.send_catch_log(signals.spider_closed)
        during = len(ticks)
        await asyncio.sleep(0.05)
        return during, len(ticks)

    during, after = asyncio.run(run())
    assert after == during
    assert (extension.progress.waits, extension.progress.left) == (told.waits, told.left)

"""What hosts answered, and how long they were waited for, is noted for the report."""

import pytest
from crawling import SHARE, SITE, MakeCrawler, run_of
from scrapy import Request, signals
from scrapy.http import Response

from crawler.extensions.traffic import Traffic
from crawler.store import figures


def test_answers_are_counted_and_waiting_is_measured_by_host(
    crawler_of: MakeCrawler, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(figures, "monotonic", lambda: now[0])
    crawler = crawler_of()
    traffic = Traffic.from_crawler(crawler)
    one, other = Request(f"http://{SITE}/1"), Request(f"http://{SITE.upper()}/2")

    def send(signal: object, request: Request, **more: object) -> None:
        crawler.signals.send_catch_log(signal, request=request, spider=crawler.spider, **more)

    send(signals.request_reached_downloader, one)
    now[0] += 2
    send(signals.request_reached_downloader, other)
    now[0] += 3
    send(signals.response_downloaded, one, response=Response(one.url, status=404))
    send(signals.request_left_downloader, one)
    now[0] += 1
    send(signals.request_left_downloader, other)
    now[0] += 50
    send(signals.request_reached_downloader, Request("data:,x"))
    waiting = run_of(crawler).figures.waiting
    assert {host: one.seconds for host, one in waiting.items()} == {SITE: 6, "": 0}
    assert SHARE not in waiting
    assert sum(sum(step.values()) for step in traffic._figures().answers._steps.values()) == 1
    assert {name for step in traffic._figures().answers._steps.values() for name in step} == {"404"}

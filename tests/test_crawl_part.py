"""A part of a crawl hears the signals that it names, of its own crawl alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from crawling import SITE, response_to
from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http import HtmlResponse
from scrapy.utils.test import get_crawler

from crawler.crawl_part import CrawlPart, header, page_of, url_asked
from crawler.items import Page


class _Listener(CrawlPart):
    LISTENS_TO: ClassVar[tuple[str, ...]] = ("spider_closed",)
    heard = ""

    def spider_closed(self, reason: str) -> None:
        self.heard += reason


class _Idle(CrawlPart):
    def __init__(self, crawler: object) -> None:
        raise NotConfigured


def test_it_hears_what_it_listens_to() -> None:
    one, other = get_crawler(), get_crawler()
    parts = [_Listener.from_crawler(one), _Listener.from_crawler(other)]
    one.signals.send_catch_log(signals.spider_closed, reason="finished")
    one.signals.send_catch_log(signals.spider_opened, reason="opened")
    assert [part.heard for part in parts] == ["finished", ""]


def test_one_with_nothing_to_do_is_not_there() -> None:
    with pytest.raises(NotConfigured):
        _Idle.from_crawler(get_crawler())


ASKED, LED = f"http://{SITE}/asked", f"http://{SITE}/led"


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [("text/html", None), ("text/html; charset=GBK", "gbk"), ('text/html;charset="utf-8"; x=y', "utf-8"), ("", None)],
)
def test_page(content_type: str, encoding: str | None) -> None:
    response = response_to(Request(LED, meta={"redirect_urls": [ASKED, LED]}), content_type=content_type)
    page = page_of(response)
    assert replace(page, fetched=None) == Page(url=ASKED, body=b"<p>x", encoding=encoding)
    assert page.fetched
    assert abs(datetime.now(UTC) - page.fetched) < timedelta(hours=1)
    assert header(response, "ETag") is None


def test_an_address_that_led_nowhere_else_is_the_one_that_was_asked() -> None:
    assert url_asked(Request(LED)) == LED
    assert url_asked(Request(LED, meta={"redirect_urls": [ASKED, f"{LED}/1", LED]})) == ASKED


def test_a_header_that_is_missing_or_empty_is_none() -> None:
    response = HtmlResponse(LED, headers={"ETag": '"\xe9"', "Last-Modified": ""})
    assert (header(response, "etag"), header(response, "Last-Modified"), header(response, "X")) == (
        '"\xc3\xa9"', None, None,
    )  # fmt: skip

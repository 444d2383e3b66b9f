"""A part of a crawl hears the signals that it names, of its own crawl alone."""

from typing import ClassVar

import pytest
from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from crawler.crawl_part import CrawlPart


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

"""What pipelines, middlewares and extensions share: each belongs to one crawl, and may listen to its signals."""

from typing import ClassVar, Self

from scrapy import signals
from scrapy.crawler import Crawler


class CrawlPart:
    """A part of a crawl, as Scrapy makes it."""

    LISTENS_TO: ClassVar[tuple[str, ...]] = ()
    """Names of Scrapy's signals; a method of that name is called for each."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The part for this crawl; raises NotConfigured where it has nothing to do, RunError where it cannot begin."""
        part = cls(crawler)
        for name in cls.LISTENS_TO:
            crawler.signals.connect(getattr(part, name), signal=getattr(signals, name))
        return part

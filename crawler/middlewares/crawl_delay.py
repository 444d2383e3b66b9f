"""Obeys Crawl-delay of robots.txt, which Scrapy's own robots middleware reads over."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser

from crawler.crawl_part import CrawlPart
from crawler.urls import urlsplit

LONGEST = 60.0
"""A longer delay would let a crawl of a few hundred pages never end: it is cut to a minute."""


class CrawlDelay(CrawlPart):
    """One request at a time to a host that asks for it, with the delay that it names between two."""

    LISTENS_TO = ("robots_parsed",)

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._delays: dict[str, float] = {}

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Take the delay that the host names for us."""
        rules = getattr(robotparser, "rp", None)
        asked = rules.crawl_delay(self._crawler.settings["USER_AGENT"]) if rules else None
        host = urlsplit(request.url).hostname
        if not asked or not host:
            return
        delay = min(float(asked), LONGEST)
        self._delays[host] = delay
        downloader = self._crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1, "randomize_delay": False}
        if slot := downloader.slots.get(host):
            slot.delay, slot.concurrency, slot.jitter = delay, 1, 0.0

    async def process_request(self, request: Request) -> None:
        """Keep the throttle from shortening the delay."""
        if urlsplit(request.url).hostname in self._delays:
            request.meta["autothrottle_dont_adjust_delay"] = True

"""Obeys Crawl-delay of robots.txt, which Scrapy's own robots middleware reads over.

The delay counts from the end of an answer: until one comes in, a busy machine may let any time pass.
"""

from time import monotonic

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser

from crawler.crawl_part import CrawlPart
from crawler.middlewares.host_state import PATIENCE, hosts_of
from crawler.urls import hostname

LONGEST = PATIENCE
"""A host that asks for more seconds between two requests is asked for nothing: a shorter delay is not what it allows,
and with its own no crawl of a few hundred pages would end."""


class CrawlDelay(CrawlPart):
    """One request at a time to a host that asks for it, with the delay that it names between two."""

    LISTENS_TO = ("robots_parsed", "response_downloaded", "request_left_downloader")

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._hosts = hosts_of(crawler)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Take the delay that the host names for us."""
        rules = getattr(robotparser, "rp", None)
        asked = rules.crawl_delay(self._crawler.settings["USER_AGENT"]) if rules else None
        host = hostname(request.url)
        delay = float(asked or 0)
        if not host or not delay > 0:  # nor a number that is none
            return
        if delay > LONGEST:
            self._hosts[host].heard = True
            self._hosts.give_up(host, f"robots.txt: Crawl-delay of {delay:g} seconds, more than {LONGEST:g}")
            return
        self._hosts[host].delay = delay
        downloader = self._crawler.engine.downloader
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1, "randomize_delay": False}
        if slot := downloader.slots.get(host):
            slot.delay, slot.concurrency, slot.jitter = delay, 1, 0.0

    async def process_request(self, request: Request) -> None:
        """Keep the throttle from shortening the delay."""
        if self._hosts[hostname(request.url)].delay:
            request.meta["autothrottle_dont_adjust_delay"] = True

    def response_downloaded(self, request: Request) -> None:
        """Let the delay begin."""
        host = hostname(request.url)
        if self._hosts[host].delay and (slot := self._crawler.engine.downloader.slots.get(host)):
            slot.lastseen = monotonic()

    request_left_downloader = response_downloaded  # without a response, too

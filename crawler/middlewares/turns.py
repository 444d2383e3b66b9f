"""In a shared crawl each request waits for its turn at its host, which all workers have together."""

import asyncio
from collections import defaultdict
from time import monotonic

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.crawl_part import CrawlPart
from crawler.extensions.run import RunExtension
from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.refusals import Refused
from crawler.store.shared_run import SharedRun
from crawler.urls import hostname

LONGEST_LOOK = 1.0
"""Seconds after which it is looked again whether the turn has come: another worker may hear of a block."""


class Turns(CrawlPart):
    """The last word before a request is sent; robots.txt has no turns."""

    LISTENS_TO = ("response_downloaded", "request_left_downloader")

    def __init__(self, crawler: Crawler) -> None:
        extension = crawler.get_extension(RunExtension)
        if not extension or not isinstance(extension.run, SharedRun):
            raise NotConfigured
        super().__init__(crawler)
        self._run = extension.run
        self._hosts = hosts_of(crawler)
        self._one_by_one = defaultdict[str, asyncio.Lock](asyncio.Lock)

    async def process_request(self, request: Request) -> None:
        """Wait until the request may be sent; raises Refused where its host was given up, by whichever worker."""
        host = hostname(request.url)
        if request.meta.get("dont_obey_robotstxt"):
            return
        async with self._one_by_one[host]:
            while (wait := self._turn(host, request)) > 0:  # noqa: ASYNC110 - who has it may be on another machine
                await asyncio.sleep(min(wait, LONGEST_LOOK))

    def _turn(self, host: str, request: Request) -> float:
        """Seconds until it is to be asked again, 0.0 when it is the request's turn."""
        _, slot = self._crawler.engine.downloader._get_slot(request)  # noqa: SLF001 - it makes one that is not there yet
        state = self._hosts[host]
        # Where robots.txt names a delay, nobody else has a turn until the answer is there, or cannot come any more.
        longest = self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT") if state.delay else 0.0
        with self._run.writing():
            turn = self._run.ledger.turn(host, slot.download_delay() + longest)
        state.refusals = turn.refusals
        if turn.blocked:
            self._hosts.give_up(host, turn.blocked)
            raise Refused(f"{host} refuses: {turn.blocked}", by_host=True)
        if turn.held:
            state.why, state.held_until = turn.why, monotonic() + turn.held
        slot.close()  # what the slot would wait for was waited for here
        slot.lastseen = 0.0
        return turn.wait

    def response_downloaded(self, request: Request) -> None:
        """Let the delay begin that robots.txt names."""
        delay = self._hosts[hostname(request.url)].delay
        if delay and not request.meta.get("dont_obey_robotstxt"):
            with self._run.writing():
                self._run.ledger.rest(hostname(request.url), delay)

    request_left_downloader = response_downloaded  # without a response, too

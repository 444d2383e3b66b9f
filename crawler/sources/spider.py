"""A crawl that writes nothing: it asks every source once, as politely as any crawl."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import columns, origins, pages, sites
from crawler.crawl_part import page_of
from crawler.items import Article
from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.refusals import Refused
from crawler.sites import Sites
from crawler.sources.state import SITE, Asked, SourceState, bodies, lists, news_in, state_of, unread
from crawler.spiders.failures import Failed
from crawler.time_limit import time_limit
from crawler.urls import hostname

_PARTS = ("prompt_stop.PromptStop", "header_limit.HeaderLimit", "plain_log.QuietLog", "plain_log.PlainLog")


class SourcesSpider(Spider):
    """First the lists, then the origins, which are asked for an article that a list named."""

    name = "sources"
    custom_settings = {  # noqa: RUF012 - Scrapy's way
        "EXTENSIONS": {f"crawler.extensions.{part}": place for place, part in enumerate(_PARTS)},
        "ITEM_PIPELINES": {},
    }

    def __init__(self, known: Sites) -> None:
        super().__init__()
        self.states: list[SourceState] = []
        """Of all sources, in the order in which they are told; none before all is told."""
        self._known = known
        self._sources = [*lists()]
        self._found: dict[Asked, SourceState] = {}
        self._named: list[Article] = []
        hosts = (sites.SITE_HOST, known.share_host, *known.share_hosts, *origins.HOSTS, *columns.HOSTS)
        self.allowed_domains = [*dict.fromkeys(hosts)]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *_args: Any, **_kwargs: Any) -> Self:
        """The spider, allowed on the hosts of all sources."""
        spider = super().from_crawler(crawler, Sites.from_settings(crawler.settings))
        crawler.signals.connect(spider.ask_for_bodies, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The requests for the lists."""
        for request in self._requests(self._sources):
            yield request

    def ask_for_bodies(self) -> None:
        """The lists are told: the origins are asked; after these all is told."""
        if not all(source.is_list for source in self._sources):
            at_first = sorted(self._sources, key=lambda source: (source.name != SITE, source.is_list))
            self.states = [self._found[source] for source in at_first]
            return
        new = [*bodies(self._named, self._known)]
        self._sources += new
        for request in self._requests(new):
            self.crawler.engine.crawl(request)
        raise DontCloseSpider

    def _requests(self, sources: Iterable[Asked]) -> Iterable[Request]:
        for source in sources:
            if source.url:
                given = {"source": source}
                meta = {"dont_retry": True}
                yield Request(
                    source.url, self.answered, errback=self.failed, cb_kwargs=given, meta=meta, dont_filter=True
                )
            else:
                self._found[source] = unread(source, f"{SITE} names no article")

    def answered(self, response: Response, source: Asked) -> None:
        """Judge an answer by what can be read from it."""
        try:
            with time_limit(pages.TooSlow):
                articles = pages.read_as(source.page_kind, page_of(response)).articles
        except pages.Unreadable as error:
            self._found[source] = unread(source, str(error))
            return
        hosts_of(self.crawler).page(hostname(source.url))
        self._found[source] = state_of(source, articles)
        if source.is_list:
            self._named += news_in(articles)

    def failed(self, failure: Failure) -> None:
        """Tell why there is no answer."""
        source: Asked = failure.request.cb_kwargs["source"]  # type: ignore[attr-defined]
        error, host = failure.value, hosts_of(self.crawler)[hostname(source.url)]
        forbidden = type(error) is IgnoreRequest  # by robots.txt
        refused = isinstance(error, Refused) and (not error.by_host or host.refusals > 0)
        state = unread(source, Failed.to_fetch(failure, self).reason)
        self._found[source] = replace(state, state="blocked") if forbidden or refused else state

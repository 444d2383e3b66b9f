"""What spiders of ours share: they begin with what the ledger holds as pending, and book what cannot be had."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import pages
from crawler.exits import RunError
from crawler.extensions.run import RunExtension
from crawler.items import Article
from crawler.middlewares.host_state import hosts_of
from crawler.pages import identity, site_list
from crawler.pages.encoding import decode
from crawler.sites import Sites
from crawler.spiders.failures import Failed
from crawler.spiders.responses import page_of
from crawler.store.frontier import Task, Validators
from crawler.store.rules import made_with
from crawler.store.run import Run
from crawler.time_limit import time_limit
from crawler.urls import urlsplit


class NewsSpider(Spider):
    """Subclasses say where to begin and which links to follow."""

    site: str
    """Where it begins: scheme, host and port."""
    host: str
    """The host that it cannot do without, "" where there is none; the ledger holds its articles under this name."""
    full: bool
    """Whether also what is known and unchanged is asked for."""
    allowed_domains: list[str]
    sites: Sites
    run: Run

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, allowed on its host and on the hosts that the settings know."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.sites = Sites.from_settings(crawler.settings)
        pictures = spider.sites.picture_hosts if crawler.settings["FINEWS_KLINE_IMAGES"] == "local" else ()
        spider.allowed_domains = [*filter(None, [spider.host]), *spider.sites.share_hosts, *pictures]
        crawler.signals.connect(spider.sure_in_the_end, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The first requests, unless the ledger cannot be read."""
        extension = self.crawler.get_extension(RunExtension)
        assert extension
        self.run = extension.run
        try:
            with self.run.writing():
                self.run.compare()
                before = self.run.ledger.settings_fingerprint(self.name)
                self.full = self.full or (before is not None and before != made_with(self.settings))
                self.run.found.update(self.known())
                due = self.due()
                lists = self.run.ledger.list_pages(self.host)
                categories = self.run.earlier.categories()
        except RunError:
            extension.stop()
            return
        for request in self.begin(due, lists, categories):
            yield request

    def known(self) -> Iterable[str]:
        """The codes of the articles that this run is about, as far as they are known. Raises LedgerError."""
        return self.run.ledger.states(self.host)

    def due(self) -> list[Task]:
        """What is to be asked for of them. Raises LedgerError."""
        return self.run.ledger.due(self.host, full=self.full, worse=self.run.worse)

    @abstractmethod
    def begin(
        self, due: Iterable[Task], lists: Mapping[str, Validators], categories: Iterable[str]
    ) -> Iterator[Request]:
        """The first requests: for the articles that are due, and for the lists, known ones and new ones.

        ``categories``: those that posts on disk point to; the site need not have a list of each.
        """

    def read(self, kind: str, response: Response) -> tuple[Article, ...]:
        """What the answer says, as a page of the kind; raises Unreadable.

        The host's state hears of it: many answers in a row that are nothing of a site's or of an API's are a block.
        """
        assert response.request
        hosts, page = hosts_of(self.crawler), page_of(response)
        host = urlsplit(page.url).hostname or ""
        try:
            with time_limit(pages.TooSlow):
                articles = pages.read_as(kind, page).articles
        except pages.Unreadable as error:
            is_json = response.body[:100].lstrip().startswith((b"{", b"["))
            its_own = b"<section" in response.body or (is_json and kind in {"news-text", "web-api"})
            if kind == "post" and site_list.matches("", decode(page.body, page.encoding)):
                if (identity.code_at(page.url) or "") not in self.run.quarantine:  # known to be so, and no news
                    hosts.no_page(host, page.url, str(error))
            elif its_own or isinstance(error, pages.TooSlow):
                hosts.page(host)
            else:
                hosts.no_page(host, page.url, str(error))
            raise
        hosts.page(host)
        return articles

    def sure_in_the_end(self) -> None:
        """Nothing is left to ask for: what failed of late was no block, and is booked; what no list named is last."""
        last = list(self.unlisted())
        for request in last:
            self.crawler.engine.crawl(request)
        if hosts_of(self.crawler).book_all() or last:
            raise DontCloseSpider

    @abstractmethod
    def unlisted(self) -> Iterator[Request]:
        """The requests for articles whose posts are lost, and that no list named."""

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        """A list page that cannot be had."""
        return self.no_list(Failed.to_fetch(failure, self))

    def no_list(self, failed: Failed) -> Iterator[Request]:
        """Ask for the list once more, or book that it is missing."""
        if failed.refused:
            self.run.counts["refused/lists"] += 1
        elif failed.again:
            yield failed.again
        else:
            self._once_sure(failed, lambda: self.run.lost_list(failed.url, failed.reason, failed.page))

    def no_article(self, code: str, failed: Failed) -> Iterator[Request]:
        """Ask for the article's page once more, or book why it cannot be had."""
        if failed.refused:
            self.run.counts["refused/posts"] += 1
        elif failed.again:
            yield failed.again
        elif failed.withdrawn:
            self._once_sure(failed, lambda: self.run.withdrawn(failed.withdrawn, code))
        else:
            self._once_sure(failed, lambda: self.run.quarantined(code, failed.reason, failed.page))

    def _once_sure(self, failed: Failed, book: Callable[[], None]) -> None:
        """Book a failure, unless the host turns out to refuse everything: then what was asked for stays pending."""
        hosts, host = hosts_of(self.crawler), urlsplit(failed.url).hostname or ""
        if failed.url in hosts[host].doubtful and not hosts[host].pages:
            hosts.give_up(host, failed.reason)
        hosts.once_sure(host, book)

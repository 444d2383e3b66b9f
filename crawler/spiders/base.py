"""What spiders of ours share: they begin with what the ledger holds as pending, and book what cannot be had."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import pages
from crawler.crawl_part import page_of, wake
from crawler.exits import RunError
from crawler.extensions.run import RunExtension
from crawler.items import Article, Candidate
from crawler.middlewares.host_state import hosts_of
from crawler.nearest import suggest
from crawler.pages import identity, site_list
from crawler.pages.encoding import decode
from crawler.sites import Sites, spellings
from crawler.spiders.failures import Failed
from crawler.spiders.leasing import Leasing
from crawler.store.fingerprint import made_with
from crawler.store.frontier import Task, Validators
from crawler.store.leases import Wanted
from crawler.store.run import Run
from crawler.store.shared_run import SharedRun
from crawler.time_limit import time_limit
from crawler.urls import hostname


class NewsSpider(Spider):
    """Subclasses say where to begin and which links to follow."""

    site: str
    """Where it begins: scheme, host and port."""
    host: str
    """The host that it cannot do without, "" where there is none."""
    full: bool
    """Whether also what is known and unchanged is asked for."""
    allowed_domains: list[str]
    sites: Sites
    run: Run
    leasing: Leasing | None = None
    """Where others share the crawl: who has what is wanted asked for."""
    job: str
    """Its name and arguments."""
    arguments: ClassVar[Mapping[str, str]] = {}
    """What ``-a NAME=VALUE`` may say, and what each means."""

    def __init__(self, *, full: str, **kwargs: Any) -> None:
        """``kwargs``: arguments that nobody knows; of those only what scrapyd gives (``_job``) may be."""
        super().__init__()
        self.full = full not in {"", "0"}
        self.lists_asked: dict[str, bool] = {}
        """The list pages that were asked for, and whether they were seen."""
        self.unanswered = defaultdict[str, set[str]](set)
        """By hosts the articles that they may have more of, and said nothing of."""
        self.check_arguments(kwargs)

    @classmethod
    def check_arguments(cls, given: Iterable[str]) -> None:
        """Raises ValueError for a name that none of them has."""
        for name in given:
            if name not in cls.arguments and not name.startswith("_"):
                known = ", ".join(cls.arguments)
                raise ValueError(f"unknown argument {name}: {suggest(name, cls.arguments)} There are {known}")

    @property
    def books(self) -> str:
        """The name under which the ledger holds its articles and lists."""
        return self.host or self.name

    @property
    def all_of(self) -> str | None:
        """The run is about all articles that the ledger holds under this name; None where it is about some alone."""
        return self.books

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, allowed on its host and on the hosts that the settings know."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.job = " ".join([cls.name, *(f"{name}={value}" for name, value in sorted(kwargs.items()))])
        spider.sites = Sites.from_settings(crawler.settings)
        pictures = spider.sites.picture_hosts if crawler.settings["FINEWS_KLINE_IMAGES"] == "local" else ()
        spider.allowed_domains = [*filter(None, [spider.host]), *spider.sites.share_hosts, *pictures]
        crawler.signals.connect(spider.sure_in_the_end, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """The first requests, unless the ledger cannot be read."""
        extension = RunExtension.of(self.crawler)
        self.run = extension.run
        self.run.asked = "all" if self.full else "news" if self.name == "finews" else "elsewhere"
        try:
            with self.run.writing():
                begin = self._join(self.run) if isinstance(self.run, SharedRun) else self._begin()
        except RunError as error:
            self.run.fatal = error
            extension.stop()
            return
        for request in begin:
            yield request

    def _begin(self) -> Iterator[Request]:
        """See what there is, and what is to be asked for. Raises RunError, LedgerError."""
        self.run.compare()
        self.run.take_in_second()
        if not self.host:  # what somebody's site has as an item, no list of East Money's tells
            self.run.ledger.take_in(self.run.earlier.unknown_items())
        before, mine = self.run.ledger.settings_fingerprints(self.name), made_with(self.settings)
        self.full = self.full or any(other != mine for other in before)
        self.run.ledger.begin_with(mine)
        if mine not in before:  # this run may be killed
            self.run.ledger.keep_settings_fingerprints([*before, mine], self.name)
        self._find_what_is_known()
        due = self.due()
        return self.begin(due, self.run.ledger.list_pages(self.books), self.run.earlier.categories())

    def _join(self, run: SharedRun) -> Iterator[Request]:
        """Take part in a crawl, or open one: nothing is asked for that is not leased. Raises RunError, LedgerError."""
        self.leasing = Leasing(self.crawler, run, self.ask)

        def begin() -> dict[str, Any]:
            assert [*self._begin()] == []
            return {"full": self.full}

        if crawl := run.join(self.job, made_with(self.settings), begin):
            self.full = crawl["full"]
            self._find_what_is_known()
            self.learn(run.ledger.list_pages(self.books), run.earlier.categories())
        return iter(())

    def _find_what_is_known(self) -> None:
        self.run.site = self.all_of
        self.run.known = self.run.ledger.counted(self.all_of, ())[0].total()
        self.run.found.update(self.known())

    def learn(self, lists: Mapping[str, Validators], categories: Iterable[str]) -> None:
        """Know the lists of earlier runs, and the categories that posts on disk point to."""

    @abstractmethod
    def ask(self, wanted: Wanted) -> Iterator[Request | Candidate]:
        """The requests for what was leased, or what is known of it already."""

    def known(self) -> Iterable[str]:
        """The codes of the articles that this run is about, beside those of ``all_of``. Raises LedgerError."""
        return ()

    def due(self) -> list[Task]:
        """What is to be asked for of them. Raises LedgerError."""
        return self.run.ledger.due(self.books, full=self.full, worse=self.run.worse)

    @abstractmethod
    def begin(
        self, due: Iterable[Task], lists: Mapping[str, Validators], categories: Iterable[str]
    ) -> Iterator[Request]:
        """The first requests: for the articles that are due, and for the lists, known ones and new ones.

        ``categories``: those that posts on disk point to; the site need not have a list of each.
        """

    def read(self, page_kind: str, response: Response) -> tuple[Article, ...]:
        """What the answer says, as a page of the kind; raises Unreadable.

        The host's state hears of it: many answers in a row that are nothing of a site's or of an API's are a block.
        """
        assert response.request
        hosts, page = hosts_of(self.crawler), page_of(response)
        host = hostname(page.url)
        try:
            with time_limit(pages.TooSlow):
                articles = pages.read_as(page_kind, page).articles
        except pages.Unreadable as error:
            is_json = response.body[:100].lstrip().startswith((b"{", b"["))
            its_own = b"<section" in response.body or (is_json and page_kind in {"news-text", "web-api", "list-api"})
            if page_kind == "post" and site_list.matches("", decode(page.body, page.encoding)):
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
        last = [] if self.leasing else list(self.unlisted())
        for request in last:
            self.crawler.engine.crawl(request)
        if hosts_of(self.crawler).book_all() or last:
            wake(self.crawler)  # by itself the engine looks again within five seconds
            raise DontCloseSpider
        if self.leasing and not self.leasing.is_done(self.want_all):
            raise DontCloseSpider

    def want_all(self) -> None:
        """Have asked for what is pending yet, and for what no list named."""

    def unlisted(self) -> Iterator[Request]:
        """The requests for articles whose posts are lost, and that no list named, where codes are not asked for."""
        yield from ()

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        """A list page that cannot be had."""
        return self.no_list(Failed.to_fetch(failure, self))

    def closed(self, reason: str) -> None:
        """The crawl ends: name the lists of a host that was given up; what waits for one that was down waits anew."""
        if why := self.run.given_up.get(self.host):
            self.run.notes["lists_unseen"] += [f"{url} ({why})" for url, seen in self.lists_asked.items() if not seen]
        hosts = hosts_of(self.crawler)
        codes = {code for host, codes in self.unanswered.items() if not hosts[host].pages for code in codes}
        if codes:
            with self.run.writing():
                self.run.ledger.wait_no_longer(spellings(codes))

    def no_list(self, failed: Failed) -> Iterator[Request]:
        """Ask for the list once more, or book that it is missing."""
        if failed.refused:
            self.run.counts["refused/lists"] += 1
            self.run.notes["lists_refused"].append(failed.url)
        elif failed.again:
            yield failed.again
        else:
            self._once_sure(failed, lambda: self.run.lost_list(failed.url, failed.reason, failed.page))

    def no_article(self, code: str, failed: Failed) -> Iterator[Request | Candidate]:
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
        hosts, host = hosts_of(self.crawler), hostname(failed.url)
        if failed.url in hosts[host].doubtful and not hosts[host].pages:
            hosts.give_up(host, failed.reason)
        hosts.once_sure(host, book)

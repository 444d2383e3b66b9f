"""East Money's lists, read page by page: what each names, where else it can be had, and whether it was read whole."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import pages, sites
from crawler.crawl_part import page_of
from crawler.items import Article, Candidate
from crawler.middlewares.host_state import hosts_of
from crawler.pages.eastmoney.list_paging import Paging, paging
from crawler.pages.encoding import decode
from crawler.spiders.articles import JSON, ArticleSpider
from crawler.spiders.failures import Failed
from crawler.spiders.list_reading import NewsList
from crawler.store.listed import Named
from crawler.urls import hostname

LIST = JSON + 5
"""Priority: what lists say is known before the articles that stand in several are asked for."""
COLUMNIST = "not an article: caifuhao column"


class NewsListSpider(ArticleSpider):
    """Reads lists; subclasses say which, and what is done with what they name."""

    @abstractmethod
    def _names(self, of: NewsList, articles: Iterable[Article], named: Named) -> Iterator[Request | Candidate]:
        """The list names these articles: ask for those that are wanted."""

    @abstractmethod
    def _done(self) -> Iterator[Request | Candidate]:
        """No more is asked of a list."""

    def _page(self, of: NewsList) -> Request:
        return Request(
            of.url, self.parse_list, errback=self.list_failed, priority=LIST, cb_kwargs={"of": of}, dont_filter=True
        )

    def parse_list(self, response: Response, of: NewsList) -> Iterator[Request | Candidate]:
        """A page of a list: what it names is asked for, and the page behind it."""
        try:
            told, listed = self._read_list(response, of)
        except pages.Unreadable as error:
            yield from self._no_page(of, Failed.to_read(response, error, self))
            return
        self.run.counts["lists/read"] += 1
        if not told.held:
            yield from self._nothing_there(of, response, told)
            return
        self.run.notes["items_left_out"] += [f"{of.name}: {one}" for one in told.others]
        self.run.notes["items_unread"] += [f"{of.name}: {one}" for one in told.unread]
        times = {article: told.times.get(sites.digits(article.code)) for article in listed}
        wanted = [article for article, time in times.items() if not of.is_older(article.code, time)]
        outside = {code: COLUMNIST for code, time in told.outside.items() if not of.is_older(code, time)}
        with self.run.writing():
            named = self.run.ledger.record_listed(self.name, wanted, outside, full=self.full, worse=self.run.worse)
        self.run.found.update(named.codes)
        self.run.known += len(named.codes) - len(named.known)
        for code in outside.keys() - named.known:
            self.run.book(code, "out_of_scope", COLUMNIST)
        yield from self._names(of, wanted, named)
        if of.goes_on(told, named.known):
            yield self._page(of)
        else:
            yield from self._ended(of, response, told)

    def _ended(self, of: NewsList, response: Response, told: Paging) -> Iterator[Request | Candidate]:
        """No page is asked for behind this one: the list was read, or breaks off."""
        if reason := of.breaks_off(told):
            yield from self._no_page(of, Failed.to_read(response, pages.Unreadable(reason), self))
        else:
            yield from self._was_read(of)

    def _read_list(self, response: Response, of: NewsList) -> tuple[Paging, tuple[Article, ...]]:
        """What the page says; raises Unreadable. One that names nothing, or nothing of ours, is no failure."""
        page = page_of(response)
        try:
            told = paging(of.place.page_kind, decode(page.body, page.encoding))
        except pages.Unreadable:
            return Paging({}, {}), self.read(of.place.page_kind, response)  # which says what is wrong with it
        if not told.times and of.place.page_kind == "list-api":
            hosts_of(self.crawler).page(hostname(page.url))
            return told, ()
        return told, self.read(of.place.page_kind, response)

    def _nothing_there(self, of: NewsList, response: Response, told: Paging) -> Iterator[Request | Candidate]:
        """A page without items: the end of a list, a security in another market, or a column that is dead."""
        if of.number > 1 or of.breaks_off(told):
            of.came_to_its_end()
            yield from self._ended(of, response, told)
        elif market := of.in_another_market():
            yield self._page(market)
        elif len(of.places) > 1:
            yield from self._no_page(of, Failed.to_read(response, pages.Unreadable("empty list"), self))
        elif of.failures:
            yield from self._book(of)
        else:
            self.run.notes["no_news"].append(of.name)
            yield from self._done()

    def list_failed(self, failure: Failure) -> Iterator[Request | Candidate]:  # type: ignore[override]
        """A page of a list that cannot be had."""
        return self._no_page(failure.request.cb_kwargs["of"], Failed.to_fetch(failure, self))  # type: ignore[attr-defined]

    def _no_page(self, of: NewsList, failed: Failed) -> Iterator[Request | Candidate]:
        """The same page once more, then the list elsewhere; in the end it is booked as missing."""
        if failed.again and not failed.refused:
            yield failed.again
            return
        if of.number > 1 and of.at and failed.withdrawn:  # so static pages end
            of.came_to_its_end()
            yield from self._was_read(of)
            return
        of.failures.append(failed)
        if there := of.elsewhere():
            yield self._page(there)
        else:
            yield from self._book(of)

    def _book(self, of: NewsList) -> Iterator[Request | Candidate]:
        """Book that a list cannot be read, with what came in place of it."""
        first = of.failure()
        if first.refused:
            self.run.counts["refused/lists"] += 1
        else:
            self.run.counts["lists/misread"] += bool(first.page.body)
            self.run.lost_list(of.known_as or of.key, f"{of.name}: {first.reason}", first.page)
        yield from self._done()

    def _was_read(self, of: NewsList) -> Iterator[Request | Candidate]:
        """The list was read as far as was asked."""
        if of.at:
            self.run.notes["lists_elsewhere"].append(f"{of.name}: {of.failures[0].reason}")
        elif of.failures:  # of another market, where there may be more
            yield from self._book(of)
            return
        self.run.resolved(of.known_as or of.key)
        with self.run.writing():
            newest = max(of.newest, of.before.newest or "")
            self.run.ledger.list_was_read(of.key, self.name, newest, of.down_to)
        yield from self._done()

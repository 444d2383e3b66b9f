"""One article's body: asked of its origins in their order until one gives it, and so what tells of the article."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import origins, pages, sites
from crawler.assemble.merge import body_trust
from crawler.assemble.parts import lacking, put_together, says_nothing
from crawler.assemble.rolling import is_item
from crawler.assemble.sift import anothers
from crawler.crawl_part import page_of
from crawler.items import WHOLE, Article, Candidate, Origin
from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.refusals import OF_SEVERAL
from crawler.origins import Place
from crawler.pages import identity
from crawler.pages.damage import damage
from crawler.pages.eastmoney.media_names import closing_medium
from crawler.pages.eastmoney.pager import address
from crawler.pages.encoding import decode
from crawler.spiders.base import NewsSpider
from crawler.spiders.failures import Failed
from crawler.spiders.search import Search
from crawler.store.frontier import Task
from crawler.store.leases import Wanted
from crawler.urls import hostname

JSON = 30
"""Priority: an article once begun is finished before the next is asked for."""


class ArticleSpider(NewsSpider):
    """Subclasses say which articles there are."""

    origins: tuple[Origin, ...]
    """Those of bodies, in the order in which they are asked."""
    trust: tuple[Origin, ...]

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, allowed on the hosts of articles, too."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        wish = crawler.settings["FINEWS_ORIGINS"]
        spider.origins, spider.trust = origins.chosen(wish), body_trust(wish)
        spider.allowed_domains += origins.HOSTS
        return spider

    def begin_searches(self, searches: Iterable[Search]) -> Iterator[Request | Candidate]:
        """Ask for these articles, or have whichever worker do so."""
        if self.leasing:
            self.leasing.want(search.wanted() for search in searches)
        else:
            for search in searches:
                yield from self.search(search)

    def ask(self, wanted: Wanted) -> Iterator[Request | Candidate]:
        """The requests for an article that was leased."""
        return self.search(Search.of(wanted))

    def search(self, search: Search) -> Iterator[Request | Candidate]:
        """Ask the next place that may say more than is known, or come to the end."""
        hosts = hosts_of(self.crawler)
        for place in self._places(search):
            if place.url not in search.asked and not hosts.closed(hostname(place.url)):
                yield Request(
                    place.url,
                    self.parse_body,
                    errback=self.body_failed,
                    priority=JSON,
                    cb_kwargs={"search": search, "place": place},
                    meta={OF_SEVERAL: True},
                    dont_filter=True,  # an article and its twin on the rolling list share one body
                )
                return
        yield from self.end_of_search(search, self._chosen(search.found))

    def end_of_search(self, search: Search, found: Candidate) -> Iterator[Request | Candidate]:
        """A post of what was found; without a body the best reason there is, or none while hosts may be blocked."""
        failures = search.failures
        silent = {hostname(one.url) for one in failures if not one.says_none}
        for host in silent.union(self.not_asked(search)):
            self.unanswered[host].add(found.code)
        articles, lacks = put_together(found.articles)
        if any(article.text or article.content for article in articles) or (
            _is_rolling_item(found) and all(failed.says_none for failed in failures)
        ):
            yield found
        elif search.have is not None:
            if not failures or not all(failed.refused for failed in failures):
                yield found  # what is on disk stays, and waits for its next try
        elif lacks:
            if self.not_asked(search) or any(failed.refused for failed in failures):
                yield from self._without_body(found.code, [])
            else:
                yield found  # to be told that it is cut
        elif failures or self.not_asked(search):
            yield from self._without_body(found.code, [failed for failed in failures if not failed.refused])
        else:
            self.run.quarantined(found.code, "no origin has its body", found.page)

    def _without_body(self, code: str, failures: list[Failed]) -> Iterator[Request | Candidate]:
        """Book why there is no article; it stays pending where hosts that may have it are blocked, or may be."""
        hosts = hosts_of(self.crawler)
        failures.sort(key=lambda failed: bool(failed.withdrawn))
        sure = [one for one in failures if one.url not in hosts[hostname(one.url)].doubtful]
        if sure and sure[0].withdrawn:
            self.run.withdrawn(sure[0].withdrawn, code)
        elif sure:
            self.run.quarantined(code, sure[0].reason, sure[0].page)
        elif failures:
            yield from self.no_article(code, failures[0])
        if not failures or hosts[hostname(failures[0].url)].blocked:
            self.run.counts["refused/posts"] += 1
            self.run.counts["refused/heard"] += hosts.heard

    def _places(self, search: Search) -> Iterator[Place]:
        """What tells of the article, as long as nothing does; then the origins that are better than what is there."""
        said, _ = put_together(search.found.articles)
        is_named = search.have is not None or any(article.title for article in said)
        here = {search.have, *(article.origin for article in said if article.text or article.content)}
        wanted: list[Origin] = []
        better: list[Origin] = []
        if not search.complete and (number := self._tellers(search, is_named=is_named)):
            tellers = origins.TELLERS[:number]
            wanted = [origin for origin in tellers if origin in self.origins] or [*tellers]
        best = min((self.trust.index(origin) for origin in here if origin in self.trust), default=len(self.trust))
        if is_named:
            better = [origin for origin in self.origins if self.trust.index(origin) < best]
        for origin in dict.fromkeys((*wanted, *better)):
            yield from origins.places(origin, search.found.code, search.link, self.sites)
            if origin in better and (further := search.further.get(origin)):
                yield Place(origin, "article-page", further)

    def _tellers(self, search: Search, *, is_named: bool) -> int:
        """How many places are to be asked for what tells of the article."""
        said = search.found.articles
        if not (is_named and any(article.time for article in said)):
            return 1 if search.have else len(origins.TELLERS)  # only the first is better than what is there
        named = any(article.tag or article.kind or closing_medium(article.text or "") for article in said)
        return 0 if named or search.have not in {None, "none"} else 2

    def not_asked(self, search: Search) -> list[str]:
        """The hosts that may have more, and were left alone."""
        return [hostname(place.url) for place in self._places(search) if place.url not in search.asked]

    def better_hosts(self, task: Task) -> tuple[str, ...]:
        """The hosts that may have a better body than the one that is there."""
        titled = Article(code=task.code, origin="list", title=task.title or "-", time="-")
        search = Search(Candidate(task.code, (titled,)), have=task.origin)
        return tuple(self.not_asked(search))

    def _chosen(self, found: Candidate) -> Candidate:
        """Without the bodies of origins that were left out of the chain; that they had some tells their version."""
        left_out = {*origins.ORIGINS} - {*self.origins}
        if left_out.isdisjoint(article.origin for article in found.articles):
            return found
        bare = (
            replace(a, text=a.text and "", content=a.content and "") if a.origin in left_out else a
            for a in found.articles
        )
        return replace(found, articles=tuple(bare))

    def parse_body(self, response: Response, search: Search, place: Place) -> Iterator[Request | Candidate]:
        """What the place says, joined to what is known of the article."""
        found = search.found
        try:
            article = self.read_of(place.page_kind, response, found.code, found.articles)
            further = self._next_page(search, place, response, article)
            error = pages.Unreadable(damaged) if (damaged := damaged_text(article)) else None
        except pages.Unreadable as unreadable:
            error = unreadable
        if error:
            hosts_of(self.crawler).fruitless(hostname(place.url), str(error))
            yield from self._no_body(search, place, Failed.to_read(response, error, self))
            return
        hosts_of(self.crawler)[hostname(place.url)].fruitless = 0
        found = Candidate(found.code, (*found.articles, article), found.page or page_of(response))
        yield from self.search(replace(search, found=found, asked=search.asked | {place.url}, further=further))

    def _next_page(self, search: Search, place: Place, response: Response, article: Article) -> Mapping[Origin, str]:
        """Where articles on several pages go on, with what this page tells; raises Unreadable when it is another."""
        there = [one for one in search.found.articles if one.origin == place.origin and one.part != WHOLE]
        if (not there and article.part == WHOLE) or place.page_kind != "article-page":
            return search.further
        if article.part != WHOLE and says_nothing(article) and not damaged_text(article):
            raise pages.Unreadable(f"page {article.part[0]} of the article says nothing of its own")
        wanted = lacking(there)[1] if place.url == search.further.get(place.origin) else 0
        if wanted and article.part[0] != wanted:
            raise pages.Unreadable(f"page {article.part[0]} of the article in place of page {wanted}")
        further = {origin: url for origin, url in search.further.items() if origin != place.origin}
        if number := lacking([*there, article])[1]:
            page = page_of(response)
            further[place.origin] = address(
                page.url, sites.digits(article.code), decode(page.body, page.encoding), number
            )
        return further

    def body_failed(self, failure: Failure) -> Iterator[Request | Candidate]:
        """Nothing to be had at the place."""
        given: dict[str, Any] = failure.request.cb_kwargs  # type: ignore[attr-defined]
        yield from self._no_body(given["search"], given["place"], Failed.to_fetch(failure, self))

    def _no_body(self, search: Search, place: Place, failed: Failed) -> Iterator[Request | Candidate]:
        """The same request once more; in the end the next place is asked, and the record says so."""
        if failed.again:
            yield failed.again
            return
        if failed.anothers:
            self.run.notes["pages_refused"].append(f"{search.found.code}: {failed.reason}")
        reason = "another article's page" if failed.anothers else failed.reason
        self.run.counts[f"not from {place.origin}/{reason}"] += 1
        asked, found = search.asked | {place.url}, search.found
        if failed.says_none and place.origin in origins.TELLERS and any(map(is_item, found.articles)):
            nothing = Article(code=found.code, origin=place.origin)  # it was asked, and names no medium
            found = replace(found, articles=(*found.articles, nothing))
        yield from self.search(replace(search, found=found, asked=asked, failures=(*search.failures, failed)))

    # --- whether a page may speak for its article

    def read_of(self, page_kind: str, response: Response, code: str, others: Sequence[Article]) -> Article:
        """The article of the page; raises Unreadable, also when it must be of another article than was asked for."""
        article, *others_too = self.read(page_kind, response)
        if others_too:
            raise pages.Unreadable("several articles on the page of one")
        for asked in (code, identity.code_at(response.url)):  # and where redirects ended
            identity.one_code(asked, article.code)
        if reason := anothers(article, others):
            raise pages.AnothersPage(reason)
        return article if sites.CODE.fullmatch(code) else replace(article, code=code)  # a name that lists gave it


def _is_rolling_item(found: Candidate) -> bool:
    """Whether it is an item of the rolling list with a digest, which may be all there is."""
    return any(is_item(article) and article.digest for article in found.articles)


def damaged_text(article: Article) -> str:
    """How a text of the article is damaged; "" when all are sound: the next answer may be."""
    return next(filter(None, map(damage, (article.title, article.digest, article.text, article.content))), "")

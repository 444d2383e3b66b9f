"""One article's body: asked of its origins in their order until one gives it, and so what tells of the article."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import origins, pages, sites
from crawler.assemble.merge import body_trust
from crawler.assemble.sift import anothers
from crawler.items import WHOLE, Article, Candidate, Origin
from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.refusals import OF_SEVERAL
from crawler.origins import Place
from crawler.pages import identity
from crawler.pages.damage import damage
from crawler.spiders.base import NewsSpider
from crawler.spiders.failures import Failed
from crawler.spiders.responses import page_of
from crawler.store.frontier import Task
from crawler.urls import urlsplit

JSON = 30
"""Priority: an article once begun is finished before the next is asked for."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was found of an article so far, and where."""

    found: Candidate
    link: str | None = None
    """Where its share link leads, if one is known."""
    have: str | None = None
    """The origin of the body that is on disk: only better ones are asked."""
    complete: bool = False
    """Whether what is on disk tells of the article, and its time to the second."""
    asked: frozenset[str] = frozenset()
    failures: tuple[Failed, ...] = ()


class ArticleSpider(NewsSpider):
    """Subclasses say which articles there are, and what is done with one for which nothing more can be asked."""

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

    def search(self, search: Search) -> Iterator[Request | Candidate]:
        """Ask the next place that may say more than is known, or come to the end."""
        hosts = hosts_of(self.crawler)
        for place in self._places(search):
            if place.url not in search.asked and not hosts.closed(urlsplit(place.url).hostname or ""):
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

    @abstractmethod
    def end_of_search(self, search: Search, found: Candidate) -> Iterator[Request | Candidate]:
        """There is nowhere else to ask; ``found`` has no bodies but those of chosen origins."""

    def _places(self, search: Search) -> Iterator[Place]:
        """What tells of the article, as long as nothing does; then the origins that are better than what is there."""
        said = search.found.articles
        is_named = search.have is not None or any(article.title for article in said)
        here = {search.have, *(article.origin for article in said if article.text or article.content)}
        wanted: list[Origin] = []
        if not search.complete and not (is_named and any(article.time for article in said)):
            tellers = origins.TELLERS[: 1 if search.have else None]  # only the first is better than what is there
            wanted = [origin for origin in tellers if origin in self.origins] or [*tellers]
        best = min((self.trust.index(origin) for origin in here if origin in self.trust), default=len(self.trust))
        if is_named:
            wanted += [origin for origin in self.origins if self.trust.index(origin) < best]
        for origin in dict.fromkeys(wanted):
            yield from origins.places(origin, search.found.code, search.link, self.sites)

    def not_asked(self, search: Search) -> list[str]:
        """The hosts that may have more, and were left alone."""
        return [urlsplit(place.url).hostname or "" for place in self._places(search) if place.url not in search.asked]

    def better_hosts(self, task: Task) -> tuple[str, ...]:
        """The hosts that may have a better body than the one that is there."""
        titled = Article(code=task.code, origin="list", title=task.title or "-", time="-")
        search = Search(Candidate(task.code, (titled,)), have=task.origin)
        return tuple(self.not_asked(search))

    def _chosen(self, found: Candidate) -> Candidate:
        """Without the bodies of origins that were left out of the chain."""
        left_out = {*origins.ORIGINS} - {*self.origins}
        if left_out.isdisjoint(article.origin for article in found.articles):
            return found
        bare = (replace(a, text=None, content=None) if a.origin in left_out else a for a in found.articles)
        return replace(found, articles=tuple(bare))

    def parse_body(self, response: Response, search: Search, place: Place) -> Iterator[Request | Candidate]:
        """What the place says, joined to what is known of the article."""
        found = search.found
        try:
            article = self.read_of(place.kind, response, found.code, found.articles)
            error = pages.Unreadable(damaged) if (damaged := damaged_text(article)) else None
        except pages.Unreadable as unreadable:
            error = unreadable
        if error:
            hosts_of(self.crawler).fruitless(urlsplit(place.url).hostname or "", str(error))
            yield from self._no_body(search, place, Failed.to_read(response, error, self))
            return
        hosts_of(self.crawler).brought(urlsplit(place.url).hostname or "")
        if article.part != WHOLE:  # the first of several pages tells of the article, and is no body
            article = replace(article, text=None, part=WHOLE)
        found = Candidate(found.code, (*found.articles, article), found.page or page_of(response))
        yield from self.search(replace(search, found=found, asked=search.asked | {place.url}))

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
        asked = search.asked | {place.url}
        yield from self.search(replace(search, asked=asked, failures=(*search.failures, failed)))

    # --- whether a page may speak for its article

    def read_of(self, kind: str, response: Response, code: str, others: Sequence[Article]) -> Article:
        """The article of the page; raises Unreadable, also when it must be of another article than was asked for."""
        article, *others_too = self.read(kind, response)
        if others_too:
            raise pages.Unreadable("several articles on the page of one")
        for asked in (code, identity.code_at(response.url)):  # and where redirects ended
            identity.one_code(asked, article.code)
        if reason := anothers(article, others):
            raise pages.AnothersPage(reason)
        return article if sites.CODE.fullmatch(code) else replace(article, code=code)  # a name that lists gave it


def damaged_text(article: Article) -> str:
    """How a text of the article is damaged; "" when all are sound: the next answer may be."""
    return next(filter(None, map(damage, (article.title, article.digest, article.text, article.content))), "")

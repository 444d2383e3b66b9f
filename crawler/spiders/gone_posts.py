"""Posts that are not where they were: moved, had from others than the site, or withdrawn."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import unescape
from typing import Any

from scrapy import Request
from scrapy.exceptions import DontCloseSpider

from crawler import sites
from crawler.items import Candidate
from crawler.spiders.failures import Failed
from crawler.spiders.lists import ListSpider
from crawler.spiders.scope import Scope
from crawler.spiders.search import Search
from crawler.store.frontier import Task
from crawler.store.on_disk import parsed


class GonePosts(ListSpider):
    """The part of the finews spider that looks for them: posts leave the site after three days."""

    scope: Scope

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.doubted: set[str] = set()
        """Posts that the site is not known to have, and is asked for."""
        self._gone: dict[str, Search] = {}
        """With what the site said of them: lists that are still to be read may name other places."""
        self.elsewhere: dict[str, Failed] = {}
        """Those that no list names at another place: others are asked for them."""

    def is_gone(self, search: Search) -> None:
        """Look for an article in the end; ``search`` has the list's word, and as its failure the site's."""
        self._gone[search.found.code] = search

    def sure_in_the_end(self) -> None:
        """Lists are read: what is gone from where it was is asked for where they name it by now, else of others."""
        gone, self._gone = self._gone, {}
        further = [request for search in gone.values() for request in self._look_for(search)]
        for request in further:
            self.crawler.engine.crawl(request)
        if further:
            raise DontCloseSpider
        super().sure_in_the_end()

    def _look_for(self, search: Search) -> Iterator[Request]:
        """The request for an article that is gone from its address; where nobody may have it, that is booked."""
        code, (failed,) = search.found.code, search.failures
        with self.run.writing():
            title, url = self.run.ledger.shown(code)
        if url and sites.post_address(url) != sites.post_address(failed.url):
            if reason := self.scope.reason_against(url):
                self.run.out_of_scope(code, reason)
            else:
                yield self._post(Task(code, url, title))
        elif self._others_may_have(code, title):
            self.elsewhere[code] = failed
            self.run.counts[f"not from finews-page/{failed.reason}"] += 1
            place = sites.post_address(failed.url)
            listed = replace(search.found.articles[0], kind=sites.post_kind(code, place.category if place else None))
            found = replace(search.found, articles=(listed,))
            asked = self.search(replace(search, found=found, failures=()))
            yield from (one for one in asked if isinstance(one, Request))  # else what is on disk stays
        else:
            self._once_sure(failed, partial(self.run.withdrawn, failed.withdrawn, code))

    def _others_may_have(self, code: str, title: str) -> bool:
        """Whether others are asked for an article that the site has no more, as it has none after three days.

        They tell no title: where the post there is another than lists show, the site's page is waited for. Nor do they
        have the digests of items: what somebody made of one is not overwritten with less.
        """
        if {*self.origins} == {"finews-page"} or code in self.doubted:
            return False
        with self.run.writing():
            known = self.run.ledger.records(sites.spellings([code]))
            files = [self.run.posts.place(one.file) for one in self.run.posts.look(known.values())]
        there = [post for post, _ in parsed(files)]
        if code.isdigit() and not self.run.earlier.to_overwrite.isdisjoint(one.file for one in known.values()):
            return False
        is_new = any(unescape(post.title) != unescape(title or post.title) for post in there)
        was_all = self.full and there  # and it was asked for with all others
        return not (sites.other_spelling(code) in known or is_new or was_all)

    def end_without_page(self, search: Search, found: Candidate) -> Iterator[Request | Candidate]:
        """What others gave of an article whose page is gone; if nobody has it, the site's word for it stands."""
        gone = self.elsewhere[found.code]
        having = [article for article in found.articles if article.text or article.content]
        if having:
            self.run.withdrawn(gone.withdrawn, found.code, whole=found.articles[0].kind == "media")
            yield found
        elif all(failed.says_none for failed in search.failures) and not self.not_asked(search):
            yield from self.no_article(found.code, gone)
        else:
            yield from super().end_of_search(search, found)

"""Where a crawl of the site begins, and its list pages: asked for with validators, followed, told when they go."""

import hashlib
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from scrapy import Request
from scrapy.http import Response

from crawler import pages, sites
from crawler.crawl_part import header, page_of, url_asked
from crawler.extensions.run import RunExtension
from crawler.items import Article, Candidate
from crawler.middlewares.host_state import hosts_of
from crawler.pages import site_list
from crawler.pages.encoding import decode
from crawler.spiders.articles import JSON
from crawler.spiders.failures import Failed
from crawler.spiders.missing_lists import HomePage, MissingLists
from crawler.spiders.scope import Scope
from crawler.store.frontier import DROPPED, GUESSED, Task, Validators
from crawler.store.leases import Wanted
from crawler.urls import urlsplit

POST, LIST = JSON - 10, JSON - 20
"""Priorities."""


class ListSpider(MissingLists):
    """Follows lists to posts, and to lists that they link to."""

    scope: Scope

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._named = Counter[str]()
        self._home = HomePage("", None)

    @abstractmethod
    def _post(self, task: Task) -> Request:
        """The request for an article's post page."""

    @abstractmethod
    def _posts(self, tasks: Iterable[Task]) -> Iterator[Request]:
        """The requests for articles' post pages, of those that are in scope, once a run."""

    def begin(
        self, due: Iterable[Task], lists: Mapping[str, Validators], categories: Iterable[str]
    ) -> Iterator[Request]:
        """What is pending first, then the home page and every list page known, or pointed to by a post on disk.

        A category that is asked for and unknown is asked for alone: it may be mistyped.
        """
        self.learn(lists, categories)
        asked = [self._list_url(category) for category in self.scope.categories]
        self._unproved = {url for url in asked if url not in lists or url in self._guessed}
        for url in asked:
            if url in self._unproved:
                yield from self._list(url)
        if self._unproved:
            self._due = due
        else:
            yield from self._go_on(due)

    def learn(self, lists: Mapping[str, Validators], categories: Iterable[str]) -> None:
        """Know the lists of earlier runs, and the categories that posts on disk point to."""
        self._known_lists = lists
        self._home = HomePage(self.home, lists[self.home].sha256 if self.home in lists else None)
        self._pointed_to = {self._list_url(category): category for category in sorted(categories)}
        self._guessed |= {url for url, known in lists.items() if known.sha256 == GUESSED}  # and not had until now

    def _go_on(self, due: Iterable[Task]) -> Iterator[Request]:
        yield from self._posts(due)
        for url in [self.home, *map(self._list_url, self.scope.categories), *self._known_lists]:
            yield from self._list(url)
        for url, category in self._pointed_to.items():
            if url not in self._known_lists:
                yield from self._category_lists(category, guessed=True)

    def _proved(self, url: str) -> Iterator[Request]:
        """An asked category's list was had, or failed in another way than being unknown to the site."""
        if url in self._unproved:
            self._unproved.discard(url)
            if not self._unproved:
                yield from self._go_on(self._due)

    # --- list pages

    def _list_url(self, category: str) -> str:
        return sites.list_url(self.site, category)

    def _category_lists(self, category: str, *, guessed: bool = False) -> Iterator[Request]:
        """The list of a category, and the longer one where the site keeps one apart.

        ``guessed``: only a post on disk points to it, and those that were read from elsewhere have categories, too.
        """
        url = self._list_url(category)
        if guessed:
            self._guessed.add(url)
        elif url in self._guessed:
            self._guessed.discard(url)
            with self.run.writing():
                self.run.ledger.is_named(url)
        if url not in self.lists_asked:
            yield from self._list(url)
            full = f"{self.site}/category/{sites.EMNEWS}.html"  # the rolling list itself ends after 20 or 100
            if category == sites.EMNEWS and url in self.lists_asked and full not in self._known_lists:
                self._guessed.add(full)
                yield from self._linked_list(full)

    def _list(self, url: str) -> Iterator[Request]:
        known = self._known_lists.get(url)
        if url in self.lists_asked or not self.scope.has_list(url) or (known and known.sha256 == DROPPED):
            return
        if known is None and self._is_too_much("FINEWS_MOST_LISTS", 1):
            return
        self.lists_asked[url] = self.leasing is not None  # else nobody may come to see it
        if known is None:  # a run that is killed, or fails to read it, leaves it to the next
            with self.run.writing():
                self.run.ledger.expect_list(url, self.host, guessed=url in self._guessed)
        if self.leasing:
            told = {"guessed": url in self._guessed, "unproved": url in self._unproved}
            self.leasing.want([Wanted(url, is_list=True, told=told)])
        else:
            yield self._ask_list(url)

    def ask(self, wanted: Wanted) -> Iterator[Request | Candidate]:
        """The request for what was leased."""
        if not wanted.is_list:
            yield self._post(Task(**wanted.told))
            return
        self.lists_asked[wanted.key] = False
        for name, urls in (("guessed", self._guessed), ("unproved", self._unproved)):
            if wanted.told[name]:
                urls.add(wanted.key)
        yield self._ask_list(wanted.key)

    def _ask_list(self, url: str) -> Request:
        known, conditions = self._known_lists.get(url), {}
        if known and not self.full:
            conditions = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return Request(
            url,
            self.parse_list,
            errback=self.list_failed,
            headers={name: value for name, value in conditions.items() if value},
            priority=LIST,
            dont_filter=True,  # a redirect may lead back here
            cb_kwargs={"known": known},
            meta={"handle_httpstatus_list": [304]} if conditions else {},
        )

    def _is_too_much(self, bound: str, more: int) -> bool:
        """Count what the site names that is new; beyond the bound the run ends, and the next goes on from there."""
        self._named[bound] += more
        most = self.crawler.settings.getint(bound)
        if self._named[bound] <= most:
            return False
        if not self.run.counts[f"limit/{bound}"]:
            self.logger.warning("the site names more than %d: ended by %s, which can be set higher", most, bound)
            self.run.counts[f"limit/{bound}"] += 1
            RunExtension.of(self.crawler).stop("limit_of_a_run")
        return True

    def parse_list(self, response: Response, known: Validators | None) -> Iterator[Request]:
        """The posts that the page names and the ledger does not know."""
        self.lists_asked[response.url] = True
        digest = hashlib.sha256(response.body).hexdigest()
        if response.status == 304 or (known and known.sha256 == digest and not self.full):
            self.run.counts["lists/unchanged"] += 1
            self.run.resolved(response.url)
            yield from self._proved(response.url)
            self._done_with(response)
            return
        try:
            listed = self._listed(response)
        except pages.Unreadable as error:
            yield from self.no_list(Failed.to_read(response, error, self))
            return
        self.run.counts["lists/read"] += 1
        self.run.resolved(response.url)
        validators = Validators(header(response, "ETag"), header(response, "Last-Modified"), digest)
        scope = {article.code: self.scope.reason_against(article.url) for article in listed}
        with self.run.writing():
            tasks, new = self.run.ledger.record_list(
                response.url, self.host, validators, listed, scope, self.run.worse, full=self.full
            )
        self.run.known += new
        yield from self._proved(response.url)
        if self._is_too_much("FINEWS_MOST_ARTICLES", len(tasks)):
            return
        yield from self._posts(tasks)
        for url in site_list.list_links(response.url, decode(response.body, page_of(response).encoding)):
            yield from self._linked_list(url)
        if self.run.counts["limit/FINEWS_MOST_LISTS"]:  # what it links to was not asked for: it is read again
            with self.run.writing():
                self.run.ledger.record_list(response.url, self.host, Validators(), (), {})
        self._done_with(response)

    def _done_with(self, response: Response) -> None:
        if self.leasing and response.request:
            self.leasing.was_read(url_asked(response.request))

    def _linked_list(self, url: str) -> Iterator[Request]:
        """The list page that another one links to, when it is of this site."""
        here = self._here(url)
        if here and urlsplit(here).path not in {"", "/", urlsplit(self.home).path}:
            yield from self._list(here)

    def _here(self, url: str) -> str | None:
        """The address on the host that is crawled, of a page of this site under whichever of its names; else None."""
        host, parts = urlsplit(url).hostname, urlsplit(url)
        return self.site + parts.path if host == self.host or {host, self.host} <= {*sites.SITE_HOSTS} else None

    def _listed(self, response: Response) -> tuple[Article, ...]:
        """What the page names; an empty one is no list, but where Jekyll splits a category with a blank in two."""
        if self._home.stands_in(response):
            url = page_of(response).url
            hosts_of(self.crawler).no_page(self.host, url, reason := "the home page in place of a list")
            raise pages.Unreadable(reason)
        listed = self.read("list", response)
        if not listed and " " not in unquote(urlsplit(response.url).path):
            raise pages.Unreadable("a list that names no post")
        first = {article.code: article for article in reversed(listed)}.values()  # of what it names at several places
        return tuple(replace(article, url=self._here(article.url) or article.url) for article in reversed(first))

"""The finews site: home, posts, the category link in each footer, category pages, every post, its share link."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import pages, sites
from crawler.items import Article, Candidate
from crawler.spiders.base import NewsSpider
from crawler.spiders.failures import Failed
from crawler.spiders.responses import header, page_of
from crawler.spiders.scope import Scope
from crawler.store.frontier import Task, Validators

JSON, POST, LIST = 30, 20, 10
"""Priorities: an article once begun is finished before the next is asked for."""


class FinewsSpider(NewsSpider):
    """``-a start=URL``, ``-a category=SLUG,…``, ``-a since=YYYY-MM-DD``, ``-a full=1``."""

    name = "finews"

    def __init__(
        self, start: str = sites.SITE, category: str = "", since: str = "", full: str = "", **kwargs: Any
    ) -> None:
        super().__init__()
        if kwargs:
            raise ValueError(f"unknown argument {', '.join(kwargs)}: there are start, category, since and full")
        parts = urlsplit(start)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"start={start!r} is not an http or https address")
        self.home = start if parts.path else start + "/"
        self.site = f"{parts.scheme}://{parts.netloc}"
        self.host = parts.hostname
        self.scope = Scope(category, since)
        self.full = full not in {"", "0"}
        self._lists_asked: set[str] = set()
        self._posts_asked: set[str] = set()

    def begin(self, due: Iterable[Task], lists: Mapping[str, Validators]) -> Iterator[Request]:
        """What is pending first, then the home page and every list page known."""
        for task in due:
            reason = self.scope.reason_against(task.url)
            if reason:
                self.run.out_of_scope(task.code, reason)
            elif request := self._post(task):
                yield request
        for url in dict.fromkeys([self.home, *map(self._list_url, self.scope.categories), *lists]):
            if request := self._list(url, lists.get(url)):
                yield request

    # --- list pages

    def _list_url(self, category: str) -> str:
        return sites.list_url(self.site, category)

    def _list(self, url: str, known: Validators | None = None) -> Request | None:
        if url in self._lists_asked or not self.scope.has_list(url):
            return None
        self._lists_asked.add(url)
        if known is None:  # a run that is killed, or fails to read it, leaves it to the next
            with self.run.writing():
                self.run.ledger.expect_list(url, self.host)
        conditions = {}
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

    def parse_list(self, response: Response, known: Validators | None) -> Iterator[Request]:
        """The posts that the page names and the ledger does not know."""
        digest = hashlib.sha256(response.body).hexdigest()
        if response.status == 304 or (known and known.sha256 == digest and not self.full):
            self.run.counts["lists/unchanged"] += 1
            self.run.page_recovered(response.url)
            return
        try:
            listed = self._listed(response)
        except pages.Unreadable as error:
            yield from self.no_list(Failed.to_read(response, error, self))
            return
        self.run.counts["lists/read"] += 1
        self.run.page_recovered(response.url)
        self.run.found.update(article.code for article in listed)
        validators = Validators(header(response, "ETag"), header(response, "Last-Modified"), digest)
        scope = {article.code: self.scope.reason_against(article.url) for article in listed}
        with self.run.writing():
            tasks = self.run.ledger.record_list(response.url, self.host, validators, listed, scope)
        for task in tasks:
            if request := self._post(task):
                yield request

    def _listed(self, response: Response) -> tuple[Article, ...]:
        """What the page names; an empty one is no list, but where Jekyll splits a category with a blank in two."""
        listed = self.read("list", response)
        if not listed and " " not in unquote(urlsplit(response.url).path):
            raise pages.Unreadable("a list that names no post")
        return listed

    # --- posts

    def _post(self, task: Task) -> Request | None:
        if not task.url or task.code in self._posts_asked:
            return None
        self._posts_asked.add(task.code)
        listed = Article(code=task.code, origin="list", url=task.url, title=task.title)
        return Request(
            task.url,
            self.parse_post,
            errback=self.post_failed,
            priority=POST,
            dont_filter=True,  # a redirect may lead back here
            cb_kwargs={"listed": listed},
        )

    def parse_post(self, response: Response, listed: Article) -> Iterator[Request | Candidate]:
        """The post, on to its JSON; and the list of its category."""
        page = page_of(response)
        try:
            (article,) = self.read("post", response)
        except pages.Unreadable as error:
            yield from self.no_article(listed.code, Failed.to_read(response, error, self))
            return
        if sites.digits(article.code) != sites.digits(listed.code):
            self.run.quarantined(listed.code, f"the page at its address is of {article.code}", page)
            return
        if article.kind == "site":
            yield Candidate(listed.code, (listed, article), page)
            return
        if (
            article.category
            and not article.category.isspace()
            and (more := self._list(self._list_url(article.category)))
        ):
            yield more
        found = Candidate(listed.code, (listed, article), page)
        if not sites.CODE.fullmatch(article.code):
            yield found
            return
        yield Request(
            sites.news_text_url(article.code, article.link, self.sites.share_host),
            self.parse_json,
            errback=self.json_failed,
            priority=JSON,
            cb_kwargs={"found": found},
            dont_filter=True,  # an article and its twin on the rolling list share one JSON
        )

    def post_failed(self, failure: Failure) -> Iterator[Request]:
        """A post page that cannot be had."""
        listed: Article = failure.request.cb_kwargs["listed"]  # type: ignore[attr-defined]
        return self.no_article(listed.code, Failed.to_fetch(failure, self))

    # --- the article's own body

    def parse_json(self, response: Response, found: Candidate) -> Iterator[Request | Candidate]:
        """The body from the share host, joined to what is known of the article."""
        try:
            articles = self.read("news-text", response)
        except pages.Unreadable as error:
            yield self._no_json(found, Failed.to_read(response, error, self))
            return
        yield Candidate(found.code, (*found.articles, *articles), found.page)

    def json_failed(self, failure: Failure) -> Iterator[Request | Candidate]:
        """No JSON to be had."""
        yield self._no_json(failure.request.cb_kwargs["found"], Failed.to_fetch(failure, self))  # type: ignore[attr-defined]

    def _no_json(self, found: Candidate, failed: Failed) -> Request | Candidate:
        """The same request once more; at last the post page's own body has to do, and the record says so."""
        if failed.again:
            return failed.again
        self.run.counts[f"json/{failed.reason}"] += 1
        return found

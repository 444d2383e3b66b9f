"""The finews site: home, posts, the category link in each footer, category pages, every post, its share link."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import hosts, pages, sites
from crawler.assemble.stages import settings_fingerprint
from crawler.exits import RunError
from crawler.extensions.run import RunExtension
from crawler.items import Article, Candidate, Page
from crawler.middlewares.refusals import Refused
from crawler.spiders.scope import Scope
from crawler.store.frontier import Task, Validators

JSON, POST, LIST = 30, 20, 10
"""Priorities: an article once begun is finished before the next is asked for."""


class FinewsSpider(Spider):
    """``-a start=URL``, ``-a category=SLUG,…``, ``-a since=YYYY-MM-DD``, ``-a full=1``."""

    name = "finews"
    allowed_domains: list[str]

    def __init__(
        self, start: str = hosts.SITE, category: str = "", since: str = "", full: str = "", **kwargs: Any
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

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "FinewsSpider":
        """The spider, allowed on the site's host and on the share hosts that the settings know."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.allowed_domains = [
            spider.host,
            *crawler.settings.getlist("FINEWS_SHARE_HOSTS"),
            *(hosts.PICTURE_HOSTS if crawler.settings["FINEWS_KLINE_IMAGES"] == "local" else ()),
        ]
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """What is pending first, then the home page and every list page known."""
        extension = self.crawler.get_extension(RunExtension)
        assert extension
        self.run = extension.run
        try:
            with self.run.writing():
                before = self.run.ledger.settings_fingerprint()
                self.full = self.full or (before is not None and before != settings_fingerprint(self.settings))
                self.run.found.update(self.run.ledger.states(self.host))
                due = self.run.ledger.due(self.host, full=self.full)
                known = self.run.ledger.list_pages(self.host)
        except RunError:
            extension.stop()
            return
        for task in due:
            reason = self.scope.reason_against(task.url)
            if reason:
                self.run.out_of_scope(task.code, reason)
            elif request := self._post(task):
                yield request
        for url in dict.fromkeys([self.home, *map(self._list_url, self.scope.categories), *known]):
            if request := self._list(url, known.get(url)):
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
            return
        try:
            listed = _listed(response)
        except pages.Unreadable as error:
            if again := self._again(response, str(error)):
                yield again
                return
            self._list_lost(response.url, str(error), _page(response))
            return
        self.run.counts["lists/read"] += 1
        self.run.page_recovered(response.url)
        self.run.found.update(article.code for article in listed)
        validators = Validators(_header(response, "ETag"), _header(response, "Last-Modified"), digest)
        scope = {article.code: self.scope.reason_against(article.url) for article in listed}
        with self.run.writing():
            tasks = self.run.ledger.record_list(response.url, self.host, validators, listed, scope)
        for task in tasks:
            if request := self._post(task):
                yield request

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        """A list page that cannot be had."""
        if isinstance(failure.value, Refused) and failure.value.by_host:
            self.run.counts["refused/lists"] += 1
        elif again := self._second_look(failure):
            yield again
        else:
            self._list_lost(_asked(failure.request), _reason(failure), _failed_page(failure))  # type: ignore[attr-defined]

    def _list_lost(self, url: str, reason: str, page: Page | None) -> None:
        self.run.counts["lists/failed"] += 1
        self.run.lost_page(url, reason, page)

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
        page = _page(response)
        try:
            (article,) = pages.read_as("post", page).articles
        except pages.Unreadable as error:
            if again := self._again(response, str(error)):
                yield again
            else:
                self.run.quarantined(listed.code, str(error), page)
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
        url = sites.news_text_url(article.code, article.link, self.settings["FINEWS_SHARE_HOST"])
        found = Candidate(listed.code, (listed, article), page)
        if not sites.CODE.fullmatch(article.code):
            yield found
            return
        yield Request(
            url,
            self.parse_json,
            errback=self.json_failed,
            priority=JSON,
            cb_kwargs={"found": found},
            dont_filter=True,  # an article and its twin on the rolling list share one JSON
        )

    def post_failed(self, failure: Failure) -> Iterator[Request]:
        """A post page that cannot be had; while the host refuses, it stays pending."""
        request = failure.request  # type: ignore[attr-defined]
        if isinstance(failure.value, Refused) and failure.value.by_host:
            self.run.counts["refused/posts"] += 1
        elif again := self._second_look(failure):
            yield again
        else:
            self.run.quarantined(request.cb_kwargs["listed"].code, _reason(failure), _failed_page(failure))

    # --- the article's own body

    def parse_json(self, response: Response, found: Candidate) -> Iterator[Request | Candidate]:
        """The body from the share host; from the post page when the reply holds none."""
        try:
            articles = pages.read_as("news-text", _page(response)).articles
        except pages.Unreadable as error:
            if again := self._again(response, str(error)):
                yield again
                return
            self.run.counts[f"json/{error}"] += 1
            yield found
            return
        yield Candidate(found.code, (*found.articles, *articles), found.page)

    def json_failed(self, failure: Failure) -> Iterator[Request | Candidate]:
        """No JSON: the post page's own body has to do, and the record says so."""
        request = failure.request  # type: ignore[attr-defined]
        if again := self._second_look(failure):
            yield again
            return
        self.run.counts[f"json/{_reason(failure)}"] += 1
        yield request.cb_kwargs["found"]

    def _second_look(self, failure: Failure) -> Request | None:
        """The same request once more, when it was tried only once: a redirect astray or a huge body may be a mishap."""
        request = failure.request  # type: ignore[attr-defined]
        if request.meta.get("retry_times", 0) or isinstance(failure.value, Refused):
            return None
        meta = {key: value for key, value in request.meta.items() if key == "handle_httpstatus_list"}
        asked = request.replace(url=_asked(request), meta=meta)
        return get_retry_request(asked, spider=self, reason=_reason(failure), give_up_log_level="INFO")

    def _again(self, response: Response, reason: str) -> Request | None:
        """The same request once more: a page that is not what it should be may be by the next try."""
        assert response.request
        return get_retry_request(response.request, spider=self, reason=reason, give_up_log_level="INFO")


def _listed(response: Response) -> tuple[Article, ...]:
    """What the list page names; an empty one is no list, but where Jekyll splits a category with a blank in two."""
    listed = pages.read_as("list", _page(response)).articles
    if not listed and " " not in unquote(urlsplit(response.url).path):
        raise pages.Unreadable("a list that names no post")
    return listed


def _page(response: Response) -> Page:
    """The seam: what was received for the address that was asked, redirects or not, as a Page."""
    declared = _header(response, "Content-Type") or ""
    _, _, charset = declared.lower().partition("charset=")
    assert response.request
    return Page(url=_asked(response.request), body=response.body, encoding=charset.split(";")[0].strip(" \"'") or None)


def _asked(request: Request) -> str:
    """The address that was asked for, before any redirect."""
    asked: str = request.meta.get("redirect_urls", [request.url])[0]
    return asked


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _reason(failure: Failure) -> str:
    response = getattr(failure.value, "response", None)
    if response is not None:
        return f"HTTP status {response.status}"
    if isinstance(failure.value, IgnoreRequest):
        return str(failure.value)
    return f"{type(failure.value).__name__}: {failure.value}".strip(": ")[:200]


def _failed_page(failure: Failure) -> Page | None:
    response = getattr(failure.value, "response", None)
    return _page(response) if response is not None else None

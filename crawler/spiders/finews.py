"""The finews site: home, posts, the category link in each footer, category pages, every post, its share link."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import pages, sites
from crawler.items import Article, Candidate
from crawler.spiders.failures import Failed
from crawler.spiders.lists import JSON, POST, ListSpider
from crawler.spiders.responses import page_of
from crawler.spiders.scope import Scope
from crawler.store.frontier import Task


class FinewsSpider(ListSpider):
    """``-a start=URL``, ``-a category=SLUG,…``, ``-a since=YYYY-MM-DD``, ``-a full=1``."""

    name = "finews"

    def __init__(
        self, start: str = sites.SITE, category: str = "", since: str = "", full: str = "", **kwargs: Any
    ) -> None:
        super().__init__()
        if unknown := [name for name in kwargs if not name.startswith("_")]:  # scrapyd gives `_job`
            raise ValueError(f"unknown argument {', '.join(unknown)}: there are start, category, since and full")
        parts = urlsplit(start)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"start={start!r} is not an http or https address")
        self.home = start if parts.path else start + "/"
        self.site = f"{parts.scheme}://{parts.netloc}"
        self.host = parts.hostname
        self.scope = Scope(category, since)
        self.full = full not in {"", "0"}
        self._posts_asked: set[str] = set()

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
        if article.category and not article.category.isspace():
            yield from self._category_lists(article.category)
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

"""The finews site: home, posts, the category link in each footer, category pages, every post, its share link."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler import pages, sites
from crawler.assemble.assembler import Assembler
from crawler.assemble.outcome import Assembled
from crawler.assemble.parts import put_together
from crawler.crawl_part import page_of
from crawler.items import Article, Candidate
from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.refusals import NEEDS
from crawler.post_format import path_of
from crawler.spiders.articles import damaged_text
from crawler.spiders.failures import Failed
from crawler.spiders.gone_posts import GonePosts
from crawler.spiders.lists import POST
from crawler.spiders.scope import Scope
from crawler.spiders.search import Search
from crawler.store.frontier import Task
from crawler.store.leases import Wanted
from crawler.urls import hostname, urlsplit


class FinewsSpider(GonePosts):
    """Follows the site's lists to its posts, and asks for their bodies."""

    name = "finews"
    arguments: ClassVar[dict[str, str]] = {
        "start": f"URL: another address of the site than {sites.SITE}",
        "category": "SLUG,…: only these categories, as the site spells them in its addresses",
        "since": "YYYY-MM-DD: only posts since that day",
        "full": "1: ask for everything again, known or not",
    }

    def __init__(
        self, start: str = sites.SITE, category: str = "", since: str = "", full: str = "", **kwargs: Any
    ) -> None:
        super().__init__(full=full, **kwargs)
        parts = urlsplit(start)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"start={start!r} is not an http or https address")
        self.home = start if parts.path else start + "/"
        self.site = f"{parts.scheme}://{parts.netloc}"
        self.host = parts.hostname
        self.scope = Scope(category, since)
        self._posts_asked: set[str] = set()
        self._second: set[str] = set()
        """Posts under the other spelling of what the site has, that it does not have itself."""

    # --- posts

    def due(self) -> list[Task]:
        """But for doubted posts: whether one is second can be told when what the site has is written."""
        return [task for task in super().due() if not task.doubted]

    def unlisted(self) -> Iterator[Request]:
        """Articles whose posts are lost, asked for where these say that they were, after all lists; so doubted ones."""
        with self.run.writing():
            lost, doubted = (
                [
                    Task(code, f"{self.site}/{path_of(category, file)}", title, doubted=is_doubted)
                    for code, title, category, file in some
                ]
                for is_doubted, some in (
                    (False, self.run.ledger.unlisted()),
                    (True, self.run.ledger.doubted(self.host)),
                )
            )
            lost += [task for task in doubted if not self.scope.reason_against(task.url)]
            self.run.ledger.locate(lost, self.host)
        return self._posts(lost)

    def _posts(self, tasks: Iterable[Task]) -> Iterator[Request]:
        new = []
        for task in tasks:
            if reason := self.scope.reason_against(task.url):
                self.run.out_of_scope(task.code, reason)
            elif task.url and task.code not in self._posts_asked:
                self._posts_asked.add(task.code)
                new.append(task)
        if self.leasing:
            self.leasing.want(Wanted(task.code, is_list=False, told=asdict(task)) for task in new)
        else:
            yield from map(self._post, new)

    def want_all(self) -> None:
        """Have asked for what is pending yet, and for what no list named."""
        self._posts_asked.clear()
        with self.run.writing():
            due = self.run.ledger.due(self.books, worse=self.run.worse)
        due = [task for task in due if not task.doubted and not self.scope.reason_against(task.url)]  # some were booked
        for _ in (*self._posts(due), *self.unlisted()):
            pass

    def _post(self, task: Task) -> Request:
        listed = Article(code=task.code, origin="list", url=task.url, title=task.title)
        if task.doubted:
            self.doubted.add(task.code)
        return Request(
            task.url,
            self.parse_post,
            errback=self.post_failed,
            priority=POST,
            dont_filter=True,  # a redirect may lead back here
            cb_kwargs={"listed": listed, "have": task.origin},
            meta={NEEDS: self.better_hosts(task)} if task.lacks else {},
        )

    def parse_post(self, response: Response, listed: Article, have: str | None = None) -> Iterator[Request | Candidate]:
        """The post, on to the origins that are better than the body we ``have``; and the list of its category."""
        page = page_of(response)
        try:
            article = self.read_of("post", response, listed.code, (listed,))
        except pages.Unreadable as error:
            yield from self._no_post(listed, have, Failed.to_read(response, error, self))
            return
        if (damaged := damaged_text(article)) and (
            again := Failed.to_read(response, pages.Unreadable(damaged), self).again
        ):
            yield again
            return
        if listed.code in self.doubted:
            with self.run.writing():
                self.run.ledger.confirm(listed.code)
        if article.kind == "site":
            yield Candidate(listed.code, (listed, article), page)
            return
        if article.category and not article.category.isspace():
            yield from self._category_lists(article.category)
        search = Search(Candidate(listed.code, (listed, article), page), article.link, have)
        if sites.CODE.fullmatch(article.code):
            yield from self.search(search)
        else:
            yield search.found

    def post_failed(self, failure: Failure) -> Iterator[Request | Candidate]:
        """A post page that cannot be had."""
        given: dict[str, Any] = failure.request.cb_kwargs  # type: ignore[attr-defined]
        return self._no_post(given["listed"], given["have"], Failed.to_fetch(failure, self))

    def _no_post(self, listed: Article, have: str | None, failed: Failed) -> Iterator[Request | Candidate]:
        """Ask for the post page once more, or book why it cannot be had; what is gone is for the end."""
        code, is_gone = listed.code, failed.withdrawn and not failed.again and not failed.refused
        if is_gone and code not in self._second and not self.run.is_second(code):
            self.is_gone(Search(Candidate(code, (listed,), failed.page), have=have, failures=(failed,)))
        else:
            yield from self.no_article(code, failed)

    def no_article(self, code: str, failed: Failed) -> Iterator[Request | Candidate]:
        """As for any spider; of a post that the site may never have had, what it would be is asked of East Money."""
        if failed.withdrawn and not failed.again and code not in self._second and self.run.is_second(code):
            self._second.add(code)
            if not self.run.gives_way(code):
                yield from self.search(Search(Candidate(code, ())))
        else:
            yield from super().no_article(code, failed)

    def end_of_search(self, search: Search, found: Candidate) -> Iterator[Request | Candidate]:
        """With no origin to be had, the post page's own body has to do."""
        if found.code in self._second:
            yield from self._judge_second(search)
            return
        if found.code in self.elsewhere:
            yield from self.end_without_page(search, found)
            return
        articles, _ = put_together(found.articles)
        if all(one.origin in {"list", "finews-page"} or not (one.text or one.content) for one in articles):
            for host in self.not_asked(search):
                self.run.without[host][found.code] = False
            for failed in search.failures:
                self._did_without(found.code, failed)
        yield found

    def _judge_second(self, search: Search) -> Iterator[Request | Candidate]:
        """A post that the site does not have goes if it is what a run would write, and waits while nothing tells."""
        found = search.found
        if not any(article.text or article.content for article in found.articles):
            yield from self._without_body(found.code, [failed for failed in search.failures if not failed.refused])
            return
        from crawler.pictures.stage import picture_stage  # noqa: PLC0415 - heavy, and hardly ever needed

        assemble = Assembler(self.settings, picture_stage(self.run.output, self.settings))
        made = (one for one in assemble(found.articles) if one.code == found.code)
        self.run.gives_way(found.code, next(made, Assembled(found.code, "quarantined")))

    def _did_without(self, code: str, failed: Failed) -> None:
        """Note which host did not give the body: it may turn out to refuse all, and is then asked by the next run."""
        host = hostname(failed.url)
        state = hosts_of(self.crawler)[host]
        self.run.without[host][code] = True
        if failed.url in state.doubtful and len(state.doubtful) > 1 and not state.pages and not state.blocked:
            hosts_of(self.crawler).give_up(host, failed.reason)
            self.run.without[host] = dict.fromkeys(self.run.without[host], False)  # they may be broken themselves

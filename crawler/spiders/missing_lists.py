"""List pages that the site does not have: mistyped, guessed, or there once and gone."""

import hashlib
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from scrapy import Request
from scrapy.http import Response

from crawler import exits, sites
from crawler.crawl_part import url_asked
from crawler.exits import RunError
from crawler.nearest import answer, nearest
from crawler.spiders.articles import ArticleSpider
from crawler.spiders.failures import Failed
from crawler.store.frontier import GONE, Task, Validators
from crawler.urls import urlsplit


class HomePage:
    """The home page at ``url``, which hosts that turn a client away give in place of others; its hash, if it was read.

    They do so by a redirect, or as the answer.
    """

    def __init__(self, url: str, sha256: str | None) -> None:
        self._paths = {"", "/", urlsplit(url).path}
        self._sha256 = sha256

    def stands_in(self, response: Response) -> bool:
        """Whether the answer is the home page, and another one was asked for."""
        assert response.request
        sha256 = hashlib.sha256(response.body).hexdigest()
        if self._is_at(url_asked(response.request)):
            self._sha256 = sha256
            return False
        return self._is_at(response.url) or sha256 == self._sha256

    def _is_at(self, url: str) -> bool:
        return urlsplit(url).path.removesuffix("index.html") in self._paths


class MissingLists(ArticleSpider):
    """What a spider of list pages knows of them, and says of those that it cannot have."""

    home: str

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._known_lists: Mapping[str, Validators] = {}
        self._unproved: set[str] = set()
        """Lists of asked categories that nobody has seen yet: nothing else is done before they are known to exist."""
        self._due: Iterable[Task] = ()
        self._pointed_to: dict[str, str] = {}
        """The categories that posts on disk point to, by the addresses of their lists."""
        self._guessed: set[str] = set()
        """Lists that are usual, and that nothing on the site named."""

    @abstractmethod
    def _proved(self, url: str) -> Iterator[Request]:
        """An asked category's list was had, or failed in another way than being unknown to the site."""

    def no_list(self, failed: Failed) -> Iterator[Request]:
        """A list that the site says it does not have: mistyped, guessed, or there once and told when it went.

        Where a site has no home page any more, it is elsewhere, or broken: that is no list less.
        """
        if failed.again or failed.refused or failed.reason not in {"HTTP status 404", "HTTP status 410"}:
            yield from super().no_list(failed)
            if not failed.again:
                yield from self._proved(failed.url)
        elif failed.url in self._unproved:
            self._forget(failed.url)
            yield from self._tell_slugs(failed.url)
        elif failed.url in self._guessed:
            self._forget(failed.url)
            self.run.resolved(failed.url)
            if failed.url in self._pointed_to:
                self.lists_asked.pop(failed.url, None)  # if the site names it, too, that is another matter
        elif failed.url != self.home and (known := self._known_lists.get(failed.url)) and known.sha256:
            if known.sha256 != GONE:
                self.run.lists_gone.append(sites.slug_of_list(failed.url))
            self.run.counts["lists/gone"] += 1
            self.run.resolved(failed.url)
            with self.run.writing():
                self.run.ledger.record_list(failed.url, self.host, Validators(sha256=GONE), (), {})
        else:
            yield from super().no_list(failed)

    def _forget(self, url: str) -> None:
        with self.run.writing():
            self.run.ledger.forget_list(url)

    def _tell_slugs(self, url: str) -> Iterator[Request]:
        """End the run with the slugs that there are: those of the lists that are known, else those of the home page."""
        slugs = {sites.slug_of_list(known) for known in self._known_lists} - {""}
        if slugs:
            self._refuse(url, slugs)
        yield Request(
            self.home, self.parse_slugs, errback=self.list_failed, dont_filter=True, cb_kwargs={"wanted": url}
        )

    def parse_slugs(self, response: Response, wanted: str) -> None:
        """The home page, asked only for the slugs that its posts' addresses show."""
        posts = [sites.post_address(article.url) for article in self.read("list", response)]
        self._refuse(wanted, {post.category for post in posts if post})

    def _refuse(self, url: str, slugs: set[str]) -> NoReturn:
        slug = sites.slug_of_list(url)
        near = nearest(slug, slugs)
        meant = f" {answer(near)}" if near else ""
        told = f"category={slug}: the site has no such list;{meant} there are {', '.join(sorted(slugs))}"
        self.run.fatal = RunError(told, exits.WRONG_USAGE)
        raise self.run.fatal

"""What parts of a crawl share: each belongs to one, may listen to its signals, and is told requests and responses."""

from datetime import UTC, datetime
from typing import ClassVar, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.items import Page
from crawler.pages.encoding import charset_of


class CrawlPart:
    """A part of a crawl, as Scrapy makes it."""

    LISTENS_TO: ClassVar[tuple[str, ...]] = ()
    """Names of Scrapy's signals; a method of that name is called for each."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The part for this crawl; raises NotConfigured where it has nothing to do, RunError where it cannot begin."""
        part = cls(crawler)
        for name in cls.LISTENS_TO:
            crawler.signals.connect(getattr(part, name), signal=getattr(signals, name))
        return part


def wake(crawler: Crawler) -> None:
    """Have the engine look at once whether there is something to do."""
    slot = crawler.engine._slot  # noqa: SLF001 - the engine has no public way to be woken
    if slot is not None:
        slot.nextcall.schedule()


def url_asked(request: Request) -> str:
    """The address that was asked for, before any redirect."""
    asked: str = request.meta.get("redirect_urls", [request.url])[0]
    return asked


def header(response: Response, name: str) -> str | None:
    """The value of a header, None when it is missing or empty."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def page_of(response: Response) -> Page:
    """What was received for the address that was asked, redirects or not."""
    assert response.request
    encoding = charset_of(header(response, "Content-Type") or "")
    return Page(url=url_asked(response.request), body=response.body, encoding=encoding, fetched=datetime.now(UTC))

"""What went wrong with a request, and whether it is to be sent once more."""

from dataclasses import dataclass
from typing import Self

from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.crawl_part import page_of, url_asked
from crawler.items import Page
from crawler.middlewares import retry
from crawler.middlewares.refusals import GONE, OF_SEVERAL, Refused
from crawler.pages import AnothersPage, TooSlow, Unreadable, Withdrawn

_NOTHING = ("JSON without a body", "error reply: no such article")
_OFTEN = ((Withdrawn, retry.MISHAP), (TooSlow, retry.NEVER))


@dataclass(frozen=True, slots=True)
class Failed:
    """A request that brought nothing of use: the reason, and what was received in place of it."""

    url: str
    reason: str
    page: Page
    again: Request | None
    """The request to be sent once more; None when the failure is final."""
    refused: bool = False
    """The host refuses everything and was given up for this run: what was asked for stays pending."""
    withdrawn: str = ""
    """The words in which the site says that there is no such article any more."""
    anothers: bool = False
    """What came was of another article."""

    @property
    def says_none(self) -> bool:
        """Whether it is an answer that says that there is nothing."""
        return bool(self.withdrawn) or self.reason.startswith(_NOTHING)

    @classmethod
    def to_read(cls, response: Response, error: Unreadable, spider: Spider) -> Self:
        """From an answer that is not what it should be: it may be by the next try."""
        assert response.request
        withdrawn = error.words if isinstance(error, Withdrawn) else ""
        often = next((often for kind, often in _OFTEN if isinstance(error, kind)), retry.UNREADABLE)
        again = retry.again(response.request, spider, str(error), often)
        anothers = isinstance(error, AnothersPage)
        page = page_of(response)
        return cls(page.url, str(error), page, again, withdrawn=withdrawn, anothers=anothers)

    @classmethod
    def to_fetch(cls, failure: Failure, spider: Spider) -> Self:
        """From what an errback gets: what the middlewares never tried again may have been a mishap."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error, url = failure.value, url_asked(request)
        response: Response | None = getattr(error, "response", None)
        reason = f"HTTP status {response.status}" if response is not None else _reason(error)
        again = None
        if not isinstance(error, Refused):
            meta = {
                key: request.meta[key]
                for key in ("handle_httpstatus_list", "retry_times", OF_SEVERAL)
                if key in request.meta
            }
            again = retry.again(request.replace(url=url, meta=meta), spider, reason, retry.MISHAP)
        refused = isinstance(error, Refused) and error.by_host
        withdrawn = reason if response is not None and response.status in GONE else ""
        page = Page(url=url, body=b"") if response is None else page_of(response)
        return cls(url, reason, page, again, refused, withdrawn)


def _reason(error: BaseException | None) -> str:
    if isinstance(error, IgnoreRequest):
        return str(error)
    return f"{type(error).__name__}: {error}".strip(": ")[:200]

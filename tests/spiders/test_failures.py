"""What went wrong with a request, in words, and whether it is sent once more."""

from dataclasses import replace

import pytest
from crawling import SITE, MakeCrawler, response_to
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import ConnectionLost
from twisted.python.failure import Failure

from crawler.items import Page
from crawler.middlewares.refusals import Refused
from crawler.middlewares.retry import RETRY_TIMES
from crawler.pages import Unreadable
from crawler.spiders.failures import Failed

ASKED, LED = f"http://{SITE}/asked", f"http://{SITE}/led"


def failure_of(error: Exception, **meta: object) -> Failure:
    failure = Failure(error)
    failure.request = Request(LED, meta={"redirect_urls": [ASKED], **meta})
    return failure


ERRORS = [
    (HttpError(response_to(Request(ASKED), 404)), "HTTP status 404"),
    (IgnoreRequest("x is not a host"), "x is not a host"),
    (ConnectionLost("cut"), "ConnectionLost: Connection to the other side was lost in a non-clean fashion: cut."),
    (ValueError(), "ValueError"),
    (ValueError("x" * 300), f"ValueError: {'x' * 188}"),
]


@pytest.mark.parametrize(("error", "reason"), ERRORS)
def test_what_was_tried_once_is_tried_again(error: Exception, reason: str, crawler_of: MakeCrawler) -> None:
    failed = Failed.to_fetch(failure_of(error, handle_httpstatus_list=[304], download_slot="x"), crawler_of().spider)
    assert (failed.url, failed.reason, failed.refused) == (ASKED, reason, False)
    assert failed.again
    assert failed.again.url == ASKED
    assert failed.again.meta == {"handle_httpstatus_list": [304], "retry_times": 1}
    assert replace(failed.page, fetched=None) == Page(url=ASKED, body=b"<p>x" if isinstance(error, HttpError) else b"")


@pytest.mark.parametrize(("error", "reason"), ERRORS)
def test_what_was_tried_again_is_final(error: Exception, reason: str, crawler_of: MakeCrawler) -> None:
    assert Failed.to_fetch(failure_of(error, retry_times=1), crawler_of().spider).again is None


@pytest.mark.parametrize("by_host", [True, False])
def test_refusals_are_final(by_host: bool, crawler_of: MakeCrawler) -> None:
    failed = Failed.to_fetch(failure_of(Refused("captcha page", by_host=by_host)), crawler_of().spider)
    assert (failed.reason, failed.again, failed.refused) == ("captcha page", None, by_host)


def test_what_cannot_be_read_is_asked_for_as_often_as_it_may_be(crawler_of: MakeCrawler) -> None:
    spider, request, number = crawler_of().spider, Request(ASKED, meta={"x": 1}), 0
    while request := Failed.to_read(response_to(request), Unreadable("cut short"), spider).again:
        number += 1
        assert request.meta == {"x": 1, "retry_times": number}
    assert number == RETRY_TIMES

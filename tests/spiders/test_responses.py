"""A response as a Page: of the address that was asked, wherever it led."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from crawling import SITE
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.items import Page
from crawler.spiders.responses import header, page_of, url_asked

ASKED, LED = f"http://{SITE}/asked", f"http://{SITE}/led"


def response_to(request: Request, status: int = 200, content_type: str = "text/html") -> HtmlResponse:
    headers = {"Content-Type": content_type}
    return HtmlResponse(request.url, status=status, body=b"<p>x", headers=headers, request=request)


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [("text/html", None), ("text/html; charset=GBK", "gbk"), ('text/html;charset="utf-8"; x=y', "utf-8"), ("", None)],
)
def test_page(content_type: str, encoding: str | None) -> None:
    response = response_to(Request(LED, meta={"redirect_urls": [ASKED, LED]}), content_type=content_type)
    page = page_of(response)
    assert replace(page, fetched=None) == Page(url=ASKED, body=b"<p>x", encoding=encoding)
    assert page.fetched
    assert abs(datetime.now(UTC) - page.fetched) < timedelta(hours=1)
    assert header(response, "ETag") is None


def test_an_address_that_led_nowhere_else_is_the_one_that_was_asked() -> None:
    assert url_asked(Request(LED)) == LED
    assert url_asked(Request(LED, meta={"redirect_urls": [ASKED, f"{LED}/1", LED]})) == ASKED


def test_a_header_that_is_missing_or_empty_is_none() -> None:
    response = HtmlResponse(LED, headers={"ETag": '"\xe9"', "Last-Modified": ""})
    assert (header(response, "etag"), header(response, "Last-Modified"), header(response, "X")) == (
        '"\xc3\xa9"', None, None,
    )  # fmt: skip

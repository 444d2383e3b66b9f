"""A recorded reply is a page, or it is told why it is none: what misses an article, and what never was one."""

from datetime import UTC, datetime

import pytest

from crawler.archive.http import replies
from crawler.archive.model import Skipped
from crawler.archive.saved_url import article_at
from crawler.items import Page

URL = "http://finance.eastmoney.com/a/202201142248170578.html"
OTHER = "https://www.eastmoney.com/style.css"
HTML = "<html><p>联通".encode("gbk")


@pytest.mark.parametrize(
    ("status", "reason", "lost", "gone"),
    [
        (404, "HTTP 404", True, True),
        ("410", "HTTP 410", True, True),
        (204, "HTTP 204", False, False),
        (304, "HTTP 304", False, False),
        ("302", "HTTP 302", False, False),
        (403, "HTTP 403", True, False),
        (206, "HTTP 206", True, False),
        ("", "HTTP ", True, False),
        ("5\x1b[31m" + "0" * 50, "HTTP 5\\x1b[31m" + "0" * 11, True, False),
    ],
)
def test_a_status_without_a_page(status: object, reason: str, lost: bool, gone: bool) -> None:
    told = replies.no_page(URL, "x.har!1", status, "text/html")
    assert told
    assert (told.reason, bool(article_at(told.url)), told.gone) == (reason, lost, gone)


@pytest.mark.parametrize("status", [200, "200", 203])
def test_what_came_whole_may_be_a_page_unless_its_type_says_that_it_is_none(status: object) -> None:
    assert replies.no_page(URL, "x", status, "text/html") is None
    assert replies.no_page(URL, "x", status, "image/png") is None  # an article's address: its data is looked at
    assert replies.no_page(OTHER, "x", status, "text/css") == Skipped("x", "asset: text/css")


def test_the_address_that_is_told_is_the_one_that_was_recorded() -> None:
    saved = f"https://web.archive.org/web/20220114id_/{URL}"
    assert replies.skipped(saved, "x", "why") == Skipped("x", "why", url=URL)
    page = replies.page(saved, "x", HTML, "text/html", None)
    assert isinstance(page, Page)
    assert page.url == URL


def test_a_page_has_what_its_reply_tells() -> None:
    when = datetime(2022, 1, 14, 5, 2, 46, tzinfo=UTC)
    assert replies.page(URL, "x.har!1", HTML, "text/html; charset=GBK", when) == Page(
        url=URL, body=HTML, encoding="gbk", fetched=when, source="x.har!1"
    )


@pytest.mark.parametrize(
    ("body", "kind", "reason", "lost"),
    [
        (b"body{}", "text/css", "asset: text/css", False),
        (b"", "text/html", "empty page", True),
        (b"\x89PNG\r\n\x1a\n", "text/html", "binary data, not a page", True),
        (b"function(){}", "text/javascript", "asset: text/javascript", True),
    ],
)
def test_data_that_is_no_page(body: bytes, kind: str, reason: str, lost: bool) -> None:
    told = replies.page(URL, "x", body, kind, None)
    assert isinstance(told, Skipped)
    assert (told.reason, bool(told.url)) == (reason, lost)


def test_a_page_that_was_sent_as_something_else_is_one() -> None:
    assert isinstance(replies.page(URL, "x", HTML, "image/png", None), Page)
    assert isinstance(replies.page(URL, "x", b'cb({"a":1})', "application/javascript", None), Page)

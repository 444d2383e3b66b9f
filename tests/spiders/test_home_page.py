"""A host that turns a client away gives its home page in place of another: by a redirect, or as the answer."""

import hashlib

import pytest
from crawling import START
from scrapy import Request
from scrapy.http import HtmlResponse

from crawler.spiders.home_page import HomePage

HOME, OTHER = b"<html>home", b"<html>another"


def response(path: str, body: bytes, *asked: str) -> HtmlResponse:
    url = START + path
    meta = {"redirect_urls": [START + one for one in asked]} if asked else {}
    return HtmlResponse(url, body=body, request=Request(url, meta=meta))


def known() -> HomePage:
    return HomePage(START, hashlib.sha256(HOME).hexdigest())


@pytest.mark.parametrize(
    ("got", "stands_in"),
    [
        (response("emnews/", OTHER), False),
        (response("emnews/", HOME), True),
        (response("", OTHER, "emnews/"), True),
        (response("index.html", OTHER, "emnews/"), True),
        (response("other.html", OTHER, "emnews/"), False),
        (response("", HOME), False),
        (response("emnews/", HOME, ""), False),
    ],
)
def test_the_home_page_that_nobody_asked_for(got: HtmlResponse, stands_in: bool) -> None:
    assert known().stands_in(got) == stands_in


def test_the_one_that_was_asked_for_is_known_from_then_on() -> None:
    home = HomePage(START, None)
    assert not home.stands_in(response("emnews/", HOME))
    assert not home.stands_in(response("", HOME))
    assert home.stands_in(response("emnews/", HOME))
    assert not home.stands_in(response("index.html", OTHER))
    assert not home.stands_in(response("emnews/", HOME)), "it has changed"
    assert home.stands_in(response("emnews/", OTHER))


def test_a_crawl_may_begin_elsewhere() -> None:
    home = HomePage(f"{START}news/", None)
    home.stands_in(response("news/", OTHER))
    assert home.stands_in(response("news/index.html", b"x", "emnews/"))

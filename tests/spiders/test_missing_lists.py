"""A list that the site does not have: mistyped is wrong usage, guessed is nothing, and gone is told once."""

import hashlib
from collections.abc import Callable

import pytest
from crawling import START, MakeCrawler
from scrapy import Request
from scrapy.http import HtmlResponse
from spiders.following import CATEGORY, follow, list_of, lost, served, urls

from crawler import exits
from crawler.demo import Site
from crawler.exits import RunError
from crawler.spiders.finews import FinewsSpider
from crawler.spiders.missing_lists import HomePage
from crawler.store.frontier import GONE, GUESSED, Validators

READ = Validators(None, None, "a" * 64)
MISTYPED = f"{START}category/renminyoudian.html"


@pytest.fixture
def asking(crawler_of: MakeCrawler) -> Callable[..., tuple[FinewsSpider, list[Request]]]:
    """A spider that was asked for a category, with the lists of earlier runs, and its first requests."""

    def ask(category: str, known: dict[str, Validators], *pointed_to: str) -> tuple[FinewsSpider, list[Request]]:
        spider = crawler_of(arguments={"category": category} if category else {}).spider
        assert isinstance(spider, FinewsSpider)
        for url in known:
            spider.run.ledger.expect_list(url, spider.host)
        return spider, list(spider.begin((), known, pointed_to))

    return ask


def test_a_mistyped_category_is_told_with_the_nearest_that_is_known(asking) -> None:
    spider, (request,) = asking("renminyoudian", {CATEGORY: READ})
    assert request.url == MISTYPED
    with pytest.raises(RunError, match="did you mean renminyoudianbao") as error:
        lost(request)
    assert error.value.exit_code == exits.WRONG_USAGE
    assert spider.run.fatal is error.value


def test_where_no_list_is_known_the_home_page_tells_which_there_are(asking, sample: Site) -> None:
    _, (request,) = asking("renminyoudian", {})
    (home,) = lost(request)
    assert isinstance(home, Request)
    assert home.url == START
    with pytest.raises(RunError, match=r"there are .*renminyoudianbao"):
        follow(home, served(sample, home))


def test_a_category_that_is_there_is_gone_on_with(asking, sample: Site) -> None:
    spider, (request,) = asking("renminyoudianbao", {})
    found = urls(follow(request, served(sample, request)))
    assert START in found
    assert spider.run.fatal is None


def test_a_list_that_was_there_and_is_gone_is_told_once(asking) -> None:
    for known, told in ((READ, ["renminyoudianbao"]), (Validators(None, None, GONE), [])):
        spider, requests = asking("", {CATEGORY: known})
        assert urls(lost(next(one for one in requests if one.url == CATEGORY))) == []
        assert (spider.run.lists_gone, spider.run.counts["lists/gone"]) == (told, 1)
        assert spider.run.ledger.list_pages(spider.host)[CATEGORY].sha256 == GONE
        assert spider.run.counts["lists/failed"] == 0


def test_a_home_page_that_is_gone_is_told_by_each_run(asking) -> None:
    for known in (READ, Validators(None, None, GONE)):
        spider, requests = asking("", {START: known})
        lost(next(one for one in requests if one.url == START))
        assert (spider.run.counts["lists/failed"], spider.run.lists_gone) == (1, [])


@pytest.mark.parametrize("by_post", [True, False])
def test_a_list_that_only_a_guess_names_is_no_loss(by_post: bool, asking) -> None:
    known = {} if by_post else {CATEGORY: Validators(None, None, GUESSED)}
    spider, requests = asking("", known, *(["renminyoudianbao"] if by_post else []))
    lost(next(one for one in requests if one.url == CATEGORY))
    assert (spider.run.counts["lists/failed"], spider.run.counts["lists/gone"]) == (0, 0)
    assert CATEGORY not in spider.run.ledger.list_pages(spider.host)


def test_a_list_that_the_site_names_and_does_not_have_is_lost(asking) -> None:
    spider, _ = asking("", {})
    lost(list_of(spider))
    assert spider.run.counts["lists/failed"] == 1
    assert spider.run.notes["lists_failed"] == [CATEGORY]


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

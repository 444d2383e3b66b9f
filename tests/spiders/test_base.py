"""How a crawl begins: with what is pending and the lists that are known; wrong arguments."""

import pytest
from crawling import SITE, START, MakeCrawler, run_of
from run_scrapy import Crawl
from spiders.following import CATEGORY, ETAGS, first_requests, follow, list_of, served
from world import Fault, World, generated_site

from crawler.demo import Site
from crawler.exits import RunError
from crawler.extensions.run import RunExtension
from crawler.spiders.finews import FinewsSpider
from crawler.spiders.lists import LIST, POST


def test_it_begins_at_home(spider: FinewsSpider) -> None:
    (home,) = first_requests(spider)
    assert (home.url, home.priority, home.dont_filter) == (START, LIST, True)


def test_it_begins_with_what_is_pending_and_the_lists_that_are_known(
    crawler_of: MakeCrawler, sample: Site, spider: FinewsSpider
) -> None:
    follow(request := list_of(spider), served(sample, request, **ETAGS))
    number = len(run_of(spider.crawler).ledger.due(SITE))
    assert number > 1
    begun = first_requests(crawler_of().spider)
    assert [one.priority for one in begun] == [POST] * number + [LIST] * 2
    known = begun[-1]
    assert known.url == CATEGORY
    assert known.headers.to_unicode_dict() == {"If-None-Match": '"x"', "If-Modified-Since": ETAGS["Last-Modified"]}
    assert known.meta == {"handle_httpstatus_list": [304]}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"nonsense": "1"}, "unknown argument nonsense"),
        ({"start": "ftp://x/"}, "is not an http or https address"),
        ({"start": "finews.withounder.com"}, "is not an http or https address"),
        ({"since": "gestern"}, "is not a day"),
    ],
)
def test_wrong_arguments(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        FinewsSpider(**arguments)


def test_a_ledger_that_cannot_be_read_ends_the_crawl(spider: FinewsSpider, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = []
    extension = spider.crawler.get_extension(RunExtension)
    assert extension
    monkeypatch.setattr(extension, "stop", lambda: stopped.append(True))
    monkeypatch.setattr(extension.run.ledger, "due", _refuse)
    assert first_requests(spider) == []
    assert stopped == [True]
    assert isinstance(extension.run.fatal, RunError)


def _refuse(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_it_ends_as_soon_as_nothing_is_left(crawl: Crawl) -> None:
    """What failed is booked when nothing else is to be asked for: the engine is not left to its own pace after that."""
    with World(generated_site(4, 2), [Fault("status", path=r"2022\d+\.html", status=500)]) as world:
        done = crawl(world)
    assert (done.code, "quarantined 4," in done.out, done.seconds < 4.5) == (5, True, True), done.seconds

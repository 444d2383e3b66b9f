"""Lists lead to their posts once; unchanged ones lead nowhere; garbage is told."""

import pytest
from crawling import SITE, run_of
from scrapy import Request
from scrapy.exceptions import DontCloseSpider
from scrapy.http import HtmlResponse
from spiders.following import CATEGORY, follow, list_of, served, urls

from crawler.demo import Site
from crawler.middlewares.host_state import hosts_of
from crawler.spiders.finews import FinewsSpider
from crawler.spiders.lists import POST


def test_a_list_leads_to_its_posts_once(spider: FinewsSpider, sample: Site) -> None:
    request = list_of(spider)
    posts = follow(request, served(sample, request))
    assert sorted(urls(posts)) == sorted(f"http://{SITE}{a.path}" for a in sample.in_category("renminyoudianbao"))
    assert {one.priority for one in posts if isinstance(one, Request)} == {POST}
    assert follow(request, served(sample, request)) == []
    assert [*spider._list(CATEGORY)] == []
    assert run_of(spider.crawler).counts["lists/read"] == 2


@pytest.mark.parametrize("how", ["304", "same bytes"])
def test_an_unchanged_list_leads_nowhere(how: str, spider: FinewsSpider, sample: Site) -> None:
    first = list_of(spider)
    follow(first, served(sample, first))
    known = run_of(spider.crawler).ledger.list_pages(SITE)[CATEGORY]
    spider.lists_asked.clear()
    request = list_of(spider, known=known)
    response = HtmlResponse(CATEGORY, status=304, request=request) if how == "304" else served(sample, request)
    assert follow(request, response) == []
    assert run_of(spider.crawler).counts["lists/unchanged"] == 1


@pytest.mark.parametrize("body", [b"", b"<p>maintenance</p>", b"<section><ul></ul></section>", b"<section><ul><li>"])
def test_garbage_in_place_of_a_list_is_tried_again_and_then_booked(body: bytes, spider: FinewsSpider) -> None:
    request, number = list_of(spider), 0
    hosts_of(spider.crawler).page(SITE)
    while further := follow(request, HtmlResponse(CATEGORY, body=body, request=request)):
        (request,) = further  # type: ignore[assignment]
        number += 1
    run = run_of(spider.crawler)
    if hosts_of(spider.crawler)[SITE].doubtful:
        assert run.counts["lists/failed"] == 0, "it may be a block"
        with pytest.raises(DontCloseSpider):
            spider.sure_in_the_end()
    assert (number, run.counts["lists/failed"]) == (4, 1)
    assert [entry.url for entry in run.quarantine.entries()] == [CATEGORY]

"""Posts that are not where they were, without a socket; tests/test_leaving_site.py has whole crawls."""

from contextlib import suppress
from dataclasses import replace
from types import SimpleNamespace

import pytest
from crawling import SITE, MakeCrawler, run_of
from scrapy import Request
from scrapy.exceptions import DontCloseSpider
from scrapy.http import HtmlResponse
from spiders.following import SEED, follow, last, list_of, lost, served, urls
from store.samples import POST, made

from crawler.demo import Site
from crawler.items import Candidate
from crawler.origins import HOSTS
from crawler.sites import SHARE_HOSTS
from crawler.spiders.finews import FinewsSpider
from crawler.urls import hostname


@pytest.mark.parametrize("body", [b"gone", "<h1>404</h1><p>该文章已被删除</p>".encode()])
def test_a_post_that_is_gone_is_withdrawn_and_asked_for_again_later(
    body: bytes, spider: FinewsSpider, post: Request
) -> None:
    if body == b"gone":
        assert lost(post) == []
    else:
        assert last(post, lambda request: HtmlResponse(request.url, body=body, request=request)) == []
    hosts = {hostname(url) for url in nobody_has(in_the_end(spider))}
    assert hosts == {*SHARE_HOSTS, *HOSTS}, "others were asked"
    for _ in range(1 if body == b"gone" else 2):  # a host that says so of many may be broken, and is waited for
        with suppress(DontCloseSpider):
            spider.sure_in_the_end()
    run = run_of(spider.crawler)
    assert list(run.quarantine.entries()) == []
    assert (run.outcomes[SEED], run.counts["articles/withdrawn_unseen"]) == ("out_of_scope", 1)
    assert run.article_reasons[SEED].startswith("withdrawn: ")
    assert SEED in {task.code for task in run.ledger.due(SITE)}
    run.withdrawn("HTTP status 404", SEED)
    assert run.counts["articles/withdrawn_unseen"] == 1


def in_the_end(spider: FinewsSpider) -> list[Request | Candidate]:
    """What the spider asks for when nothing else is left."""
    asked: list[Request | Candidate] = []
    spider.crawler.engine = SimpleNamespace(crawl=asked.append, _slot=None)  # type: ignore[assignment]
    with suppress(DontCloseSpider):
        spider.sure_in_the_end()
    return asked


def nobody_has(further: list[Request | Candidate]) -> list[str]:
    """The addresses that are asked one after the other where each answers that there is nothing."""
    asked = urls(further)
    while further:
        assert isinstance(further[0], Request)
        further = lost(further[0])
        asked += urls(further)
    return asked


def test_of_a_post_that_left_the_site_others_are_asked(sample: Site, spider: FinewsSpider, post: Request) -> None:
    assert lost(post) == []
    further = in_the_end(spider)
    while isinstance(further[0], Request):
        further = follow(further[0], served(sample, further[0]))
    (found,) = further
    assert {article.origin for article in found.articles} >= {"list", "share", "article-api"}
    run = run_of(spider.crawler)
    assert (run.notes["withdrawn"], run.counts["articles/withdrawn_unseen"], run.outcomes) == ([SEED], 0, {})


@pytest.mark.parametrize("full", ["1", ""])
def test_with_all_others_a_post_that_is_there_is_not_asked_of_others(
    full: str, crawler_of: MakeCrawler, sample: Site
) -> None:
    """The site has three days of all that is known: else a full crawl asks others for each of the rest."""
    spider = crawler_of(arguments={"full": full}).spider
    assert isinstance(spider, FinewsSpider)
    page = list_of(spider)
    (post,) = (one for one in follow(page, served(sample, page)) if isinstance(one, Request) and SEED in one.url)
    run_of(spider.crawler).store([made(replace(POST, title=sample.article(SEED).title))])
    assert lost(post) == []
    assert len(in_the_end(spider)) == (0 if full else 1)


def test_a_post_that_the_site_is_not_known_to_have_is_not_asked_of_others(spider: FinewsSpider, post: Request) -> None:
    spider.doubted.add(SEED)
    assert lost(post) == in_the_end(spider) == []


def test_where_the_posts_of_the_site_are_all_that_is_wanted_nobody_else_is_asked(
    crawler_of: MakeCrawler, sample: Site
) -> None:
    spider = crawler_of(FINEWS_ORIGINS="finews-page").spider
    assert isinstance(spider, FinewsSpider)
    page = list_of(spider)
    (post,) = (one for one in follow(page, served(sample, page)) if isinstance(one, Request) and SEED in one.url)
    assert lost(post) == in_the_end(spider) == []
    assert run_of(spider.crawler).outcomes[SEED] == "out_of_scope"

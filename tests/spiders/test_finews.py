"""Where the spider goes from each page of the site, and what it books for what it cannot have."""

import json
import re

import pytest
from crawling import SHARE, SITE, START, run_of
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse
from spiders.following import CATEGORY, SEED, failed, follow, last, list_of, lost, served

from crawler.demo import Site
from crawler.items import Candidate
from crawler.middlewares.refusals import Refused
from crawler.origins import ORIGINS
from crawler.sites import SHARE_HOSTS
from crawler.spiders import base
from crawler.spiders.articles import JSON
from crawler.spiders.finews import FinewsSpider
from crawler.spiders.lists import LIST
from crawler.time_limit import time_limit

EAST_MONEY = [
    f"https://newsinfo.eastmoney.com/kuaixun/v2/api/article/{SEED[2:]}?guid=1",
    f"https://finance.eastmoney.com/a/{SEED[2:]}.html",
    f"https://wap.eastmoney.com/a/{SEED[2:]}.html",
]


def test_a_post_leads_to_its_text_and_that_to_an_article(post: Request, sample: Site) -> None:
    (text,) = follow(post, served(sample, post))
    assert isinstance(text, Request)
    assert (text.url, text.priority) == (f"http://{SHARE}/NewsData/GetNewsText.do?id={SEED}", JSON)
    (candidate,) = follow(text, served(sample, text))
    assert isinstance(candidate, Candidate)
    assert [article.origin for article in candidate.articles] == ["list", "finews-page", "share"]
    assert candidate.code == SEED
    assert candidate.page
    assert candidate.page.url == post.url


def test_a_post_leads_to_the_list_of_its_category(spider: FinewsSpider, post: Request, sample: Site) -> None:
    spider.lists_asked.clear()
    more, _ = follow(post, served(sample, post))
    assert isinstance(more, Request)
    assert (more.url, more.priority) == (CATEGORY, LIST)


def test_without_its_text_the_post_s_own_body_has_to_do(spider: FinewsSpider, post: Request, sample: Site) -> None:
    (text,) = follow(post, served(sample, post))
    assert isinstance(text, Request)
    asked = []
    while isinstance(text, Request):
        asked.append(text.url)
        (text,) = lost(text)
    assert asked == [*(f"http://{host}/NewsData/GetNewsText.do?id={SEED}" for host in SHARE_HOSTS), *EAST_MONEY]
    assert isinstance(text, Candidate)
    assert [article.origin for article in text.articles] == ["list", "finews-page"]
    counts = run_of(spider.crawler).counts
    assert [counts[f"not from {name}/HTTP status 404"] for name in ORIGINS] == [len(SHARE_HOSTS), 1, 1, 1, 0]


def test_a_post_that_is_another_s(spider: FinewsSpider, post: Request, sample: Site) -> None:
    other = next(a for a in sample.newest if a.code != SEED and a.digest is None)
    elsewhere = post.replace(url=f"http://{SITE}{other.path}")  # a redirect led there
    assert last(elsewhere, lambda request: served(sample, request)) == []
    reason = f"another article's page: in place of {SEED} it is {other.code}"
    assert run_of(spider.crawler).reasons == {reason: 1}


@pytest.mark.parametrize("led", ["", "redirected"])
def test_a_post_page_of_another_is_tried_again_and_then_told(
    led: str, spider: FinewsSpider, post: Request, sample: Site
) -> None:
    other = next(a for a in sample.newest if a.code != SEED and a.digest is None)
    page = served(sample, post.replace(url=f"http://{SITE}{other.path}"))

    def answer(request: Request) -> HtmlResponse:
        return HtmlResponse(page.url if led else request.url, body=page.body, request=request)

    assert last(post, answer) == []
    (entry,) = run_of(spider.crawler).quarantine.entries()
    assert (entry.id, entry.reason) == (SEED, f"another article's page: in place of {SEED} it is {other.code}")


@pytest.mark.parametrize("named", [True, False])
def test_a_text_of_another_is_tried_again_and_then_asked_of_another_host(
    named: bool, spider: FinewsSpider, post: Request, sample: Site
) -> None:
    other = next(a for a in sample.newest if a.code != SEED and a.digest is None)
    reply = {"text": other.text} | ({"Code": other.code} if named else {})
    (request,) = follow(post, served(sample, post))
    assert isinstance(request, Request)
    (next_host,) = last(request, lambda asked: TextResponse(asked.url, body=json.dumps(reply).encode(), request=asked))
    assert isinstance(next_host, Request)
    (candidate,) = follow(next_host, served(sample, next_host))
    assert isinstance(candidate, Candidate)
    assert [(article.origin, article.text == sample.article(SEED).text) for article in candidate.articles[2:]] == [
        ("share", True)
    ]
    run = run_of(spider.crawler)
    assert run.counts["not from share/another article's page"] == 1
    (told,) = run.notes["pages_refused"]
    assert told.startswith(f"{SEED}: another article's page: ")
    assert (other.code in told) is named


@pytest.mark.parametrize("whole", [True, False])
def test_a_damaged_page_is_tried_again_and_then_merged_if_it_can_be_read(
    whole: bool, spider: FinewsSpider, post: Request, sample: Site
) -> None:
    page = served(sample, post).body.decode()
    lost = "\ufffd" * 4
    damaged = (
        re.sub("(?<=<h1>)[^<]{4}", lost, page) if whole else page.encode("gbk", "replace").decode("utf-8", "replace")
    )
    further = last(post, lambda asked: HtmlResponse(asked.url, body=damaged.encode(), request=asked))
    if whole:
        (text,) = further
        assert isinstance(text, Request)
        assert text.priority == JSON
    else:
        assert further == []
        assert run_of(spider.crawler).article_reasons[SEED] == "damaged text: characters are lost (U+FFFD)"


def test_a_page_that_runs_into_the_time_bound_is_told_once(
    spider: FinewsSpider, post: Request, sample: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(base, "time_limit", lambda raising: time_limit(raising, 0.1))
    monkeypatch.setattr(base.pages, "read_as", slow)
    assert follow(post, served(sample, post)) == []
    (entry,) = run_of(spider.crawler).quarantine.entries()
    assert (entry.id, "takes longer" in entry.reason) == (SEED, True)


def test_while_the_host_refuses_everything_stays_pending(spider: FinewsSpider, post: Request) -> None:
    refused = Refused("no", by_host=True)
    assert follow(post, failed(post, refused)) == []
    home = list_of(spider, START)
    assert follow(home, failed(home, refused)) == []
    run = run_of(spider.crawler)
    assert (run.counts["refused/posts"], run.counts["refused/lists"]) == (1, 1)
    assert SEED in {task.code for task in run.ledger.due(SITE)}
    assert list(run.quarantine.entries()) == []

"""Where the spider goes from each page of the site, and what it books for what it cannot have."""

import asyncio
import json
import re
from collections.abc import Callable, Iterable

import pytest
from crawling import SHARE, SITE, START, MakeCrawler, run_of
from scrapy import Request
from scrapy.exceptions import DontCloseSpider
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from crawler.demo import Site, messages
from crawler.demo.hosts import answer
from crawler.exits import RunError
from crawler.extensions.run import RunExtension
from crawler.items import Candidate
from crawler.middlewares.host_state import hosts_of
from crawler.middlewares.refusals import Refused
from crawler.origins import ORIGINS
from crawler.sites import SHARE_HOSTS
from crawler.spiders import base
from crawler.spiders.articles import JSON
from crawler.spiders.finews import FinewsSpider
from crawler.spiders.lists import LIST, POST
from crawler.store.frontier import Validators
from crawler.time_limit import time_limit

SEED = "NW202201142248170578"
CATEGORY = f"{START}category/renminyoudianbao.html"
EAST_MONEY = [
    f"https://newsinfo.eastmoney.com/kuaixun/v2/api/article/{SEED[2:]}?guid=1",
    f"https://finance.eastmoney.com/a/{SEED[2:]}.html",
    f"https://wap.eastmoney.com/a/{SEED[2:]}.html",
]
ETAGS = {"ETag": '"x"', "Last-Modified": "Fri, 14 Jan 2022 14:48:00 GMT"}


def first_requests(spider: FinewsSpider) -> list[Request]:
    async def take() -> list[Request]:
        return [request async for request in spider.start()]

    return asyncio.run(take())


def served(site: Site, request: Request, **headers: str) -> HtmlResponse:
    """What the sample site answers, without a socket."""
    scheme, _, rest = request.url.partition("://")
    host, _, target = rest.partition("/")
    told = answer(site, messages.Request("GET", scheme, host, f"/{target}"))
    return HtmlResponse(request.url, status=told.status, body=told.body, headers=headers, request=request)


def failed(request: Request, error: Exception) -> Failure:
    failure = Failure(error)
    failure.request = request
    return failure


def follow(request: Request, response: Response | Failure) -> list[Request | Candidate]:
    """What the spider makes of an answer, or of a failure."""
    if isinstance(response, Failure):
        assert request.errback
        return list(request.errback(response))
    assert request.callback
    return list(request.callback(response, **request.cb_kwargs))


def lost(request: Request) -> list[Request | Candidate]:
    """What comes in the end of a request that is answered with 404 again and again."""
    error = HttpError(HtmlResponse(request.url, status=404, body=b"gone", request=request))
    (again,) = follow(request, failed(request, error))
    assert isinstance(again, Request)
    return follow(again, failed(again, error))


def last(request: Request, answer: Callable[[Request], Response]) -> list[Request | Candidate]:
    """What comes in the end of a request that is answered so again and again; it is tried again at least once."""
    asked = request
    while isinstance((further := follow(asked, answer(asked)) or [None])[0], Request) and further[0].url == asked.url:
        asked = further[0]
    assert asked is not request
    return [one for one in further if one]


def urls(requests: Iterable[Request | Candidate]) -> list[str]:
    return [request.url for request in requests if isinstance(request, Request)]


@pytest.fixture
def spider(crawler_of: MakeCrawler) -> FinewsSpider:
    return crawler_of().spider  # type: ignore[return-value]


def list_of(spider: FinewsSpider, url: str = CATEGORY, known: Validators | None = None) -> Request:
    request = spider._list(url, known)
    assert request
    return request


@pytest.fixture
def post(spider: FinewsSpider, sample: Site) -> Request:
    """The request for the seed article's post, as its list leads to it."""
    posts = follow(request := list_of(spider), served(sample, request))
    return next(one for one in posts if isinstance(one, Request) and SEED in one.url)


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


def test_a_list_leads_to_its_posts_once(spider: FinewsSpider, sample: Site) -> None:
    request = list_of(spider)
    posts = follow(request, served(sample, request))
    assert sorted(urls(posts)) == sorted(f"http://{SITE}{a.path}" for a in sample.in_category("renminyoudianbao"))
    assert {one.priority for one in posts if isinstance(one, Request)} == {POST}
    assert follow(request, served(sample, request)) == []
    assert spider._list(CATEGORY) is None
    assert run_of(spider.crawler).counts["lists/read"] == 2


@pytest.mark.parametrize("how", ["304", "same bytes"])
def test_an_unchanged_list_leads_nowhere(how: str, spider: FinewsSpider, sample: Site) -> None:
    first = list_of(spider)
    follow(first, served(sample, first))
    known = run_of(spider.crawler).ledger.list_pages(SITE)[CATEGORY]
    spider._lists_asked.clear()
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
    spider._lists_asked.clear()
    more, _ = follow(post, served(sample, post))
    assert isinstance(more, Request)
    assert (more.url, more.priority) == (CATEGORY, LIST)


def test_without_its_text_the_post_s_own_body_has_to_do(spider: FinewsSpider, post: Request, sample: Site) -> None:
    (text,) = follow(post, served(sample, post))
    asked = []
    while isinstance(text, Request):
        asked.append(text.url)
        (text,) = lost(text)
    assert asked == [*(f"http://{host}/NewsData/GetNewsText.do?id={SEED}" for host in SHARE_HOSTS), *EAST_MONEY]
    assert isinstance(text, Candidate)
    assert [article.origin for article in text.articles] == ["list", "finews-page"]
    counts = run_of(spider.crawler).counts
    assert [counts[f"not from {name}/HTTP status 404"] for name in ORIGINS] == [3, 1, 1, 1, 0]


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


@pytest.mark.parametrize("body", [b"gone", "<h1>404</h1><p>该文章已被删除</p>".encode()])
def test_a_post_that_is_gone_is_withdrawn_and_asked_for_again_later(
    body: bytes, spider: FinewsSpider, post: Request
) -> None:
    if body == b"gone":
        assert lost(post) == []
    else:
        assert last(post, lambda request: HtmlResponse(request.url, body=body, request=request)) == []
        with pytest.raises(DontCloseSpider):
            spider.sure_in_the_end()
    run = run_of(spider.crawler)
    assert list(run.quarantine.entries()) == []
    assert (run.outcomes[SEED], run.counts["articles/withdrawn_unseen"]) == ("out_of_scope", 1)
    assert run.article_reasons[SEED].startswith("withdrawn: ")
    assert SEED in {task.code for task in run.ledger.due(SITE)}
    run.withdrawn("HTTP status 404", SEED)
    assert run.counts["articles/withdrawn_unseen"] == 1


def test_while_the_host_refuses_everything_stays_pending(spider: FinewsSpider, post: Request) -> None:
    refused = Refused("no", by_host=True)
    assert follow(post, failed(post, refused)) == []
    home = list_of(spider, START)
    assert follow(home, failed(home, refused)) == []
    run = run_of(spider.crawler)
    assert (run.counts["refused/posts"], run.counts["refused/lists"]) == (1, 1)
    assert SEED in {task.code for task in run.ledger.due(SITE)}
    assert list(run.quarantine.entries()) == []


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

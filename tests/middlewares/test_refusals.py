"""What is a refusal and what only looks like one; what becomes of the request, and of the host."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import pytest
from crawling import SHARE, SITE, MakeCrawler, run_of
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.middlewares.host_state import ADDRESSES_IN_DOUBT, BLOCKED_AFTER, hosts_of
from crawler.middlewares.refusals import NEEDS, Refusals, Refused, refusal, retry_after
from crawler.middlewares.retry import RETRY_TIMES

CAPTCHA = b'<html><body><div id="captcha-box">x</div></body></html>'


def answer(status: int = 200, body: bytes = b"", **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(f"http://{SITE}/x", status=status, body=body, headers=named)


REFUSED = {
    "401": (answer(401), "HTTP status 401"),
    "403": (answer(403), "HTTP status 403"),
    "412": (answer(412), "HTTP status 412"),
    "202": (answer(202), "HTTP status 202"),
    "405": (answer(405), "HTTP status 405"),
    "418": (answer(418), "HTTP status 418"),
    "521": (answer(521), "HTTP status 521"),
    "429": (answer(429, Retry_After="3"), "HTTP status 429"),
    "503 with a time": (answer(503, Retry_After="3"), "HTTP status 503 with Retry-After"),
    "verify": (answer(302, Location="https://x/verify?from=y"), "redirect to a verify page"),
    "captcha path": (answer(307, Location="/waf/captcha.html"), "redirect to a verify page"),
    "passport": (answer(302, Location="https://passport2.eastmoney.com/login"), "redirect to a verify page"),
    "captcha host": (answer(302, Location="//i.eastmoney.com/websitecaptcha/api"), "redirect to a verify page"),
    "json": (answer(body=b' {"code":403,"message":"no"}'), "JSON says code 403"),
    "json text": (answer(body=b'{"code": "403"}'), "JSON says code 403"),
    "captcha": (answer(body=CAPTCHA), "captcha page"),
    "captcha script": (answer(body=b"<html><script>window.captcha={}</script>"), "captcha page"),
}
SERVED = {
    "page": answer(body=b"<html><section>text</section></html>"),
    "404": answer(404),
    "500": answer(500),
    "503 alone": answer(503),
    "plain redirect": answer(301, Location="/2022/verified.html"),
    "redirect nowhere": answer(302),
    "the word in an article": answer(body="<html><section><p>输入验证码 captcha</p></section></html>".encode()),
    "an article with such a class": answer(body=b"<section>" + CAPTCHA),
    "long": answer(body=CAPTCHA + b" " * 20_000),
    "other code": answer(body=b'{"code": 0, "text": "403"}'),
    "cut json": answer(body=b'{"code": 403'),
    "list": answer(body=b'[{"code": 403}]'),
    "404 with captcha": answer(404, CAPTCHA),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals(name: str) -> None:
    response, reason = REFUSED[name]
    assert refusal(response) == reason


@pytest.mark.parametrize("name", SERVED)
def test_no_refusals(name: str) -> None:
    assert refusal(SERVED[name]) is None


def test_retry_after() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=100), usegmt=True)
    assert retry_after(answer(Retry_After=" 7 ")) == 7
    assert 90 < (retry_after(answer(Retry_After=date)) or 0) <= 100
    assert retry_after(answer(Retry_After=past)) == 0
    assert [retry_after(answer(Retry_After=value)) for value in ("", "soon", "-3", "1.5")] == [None] * 4
    assert retry_after(answer()) is None


def ask(crawler: Crawler, request: Request, response: Response) -> Request | Response:
    return asyncio.run(Refusals.from_crawler(crawler).process_response(request, response))


def test_what_is_served_passes_and_is_counted(crawler_of: MakeCrawler) -> None:
    crawler = crawler_of()
    for name, response in SERVED.items():
        assert ask(crawler, Request(f"http://{SHARE}/x"), response) is response, name
    served = sum(response.status < 300 for response in SERVED.values())
    assert hosts_of(crawler)[SHARE].pages == served
    assert run_of(crawler).counts[f"host/{SHARE}/404"] == 2


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_request_is_sent_again_until_it_is_given_up(name: str, crawler_of: MakeCrawler) -> None:
    crawler, (response, reason) = crawler_of(), REFUSED[name]
    ask(crawler, Request(f"http://{SHARE}/y"), answer(body=b"<html>"))
    request = Request(f"http://{SHARE}/x")
    for number in range(1, RETRY_TIMES + 1):
        again = ask(crawler, request, response)
        assert isinstance(again, Request)
        assert again.meta["retry_times"] == number
        request = again
    with pytest.raises(Refused, match=reason) as refused:
        ask(crawler, request, response)
    assert not refused.value.by_host


def test_a_host_that_never_served_anything_is_given_up_with_its_first_request(crawler_of: MakeCrawler) -> None:
    crawler = crawler_of(RETRY_TIMES=0)
    with pytest.raises(Refused, match=f"{SHARE} refuses: HTTP status 403") as refused:
        ask(crawler, Request(f"http://{SHARE}/x"), answer(403))
    assert refused.value.by_host
    with pytest.raises(Refused):
        asyncio.run(Refusals.from_crawler(crawler).process_request(Request(f"http://{SHARE}/z")))
    asyncio.run(Refusals.from_crawler(crawler).process_request(Request(f"http://{SITE}/z")))


def test_what_would_be_asked_for_nothing_is_not_asked(crawler_of: MakeCrawler) -> None:
    """Where the share host refuses, no post page is fetched again for the body that is there alone."""
    crawler = crawler_of()
    request = Request(f"http://{SITE}/z", meta={NEEDS: (SHARE,)})
    asyncio.run(Refusals.from_crawler(crawler).process_request(request))
    hosts_of(crawler).give_up(SHARE, "HTTP status 418")
    asyncio.run(Refusals.from_crawler(crawler).process_request(Request(f"http://{SITE}/z")))
    with pytest.raises(Refused, match=f"{SHARE} refuses: HTTP status 418") as refused:
        asyncio.run(Refusals.from_crawler(crawler).process_request(request))
    assert refused.value.by_host


@pytest.mark.parametrize(("host", "closes"), [(SITE, True), (SHARE, False)])
def test_the_crawl_ends_when_the_site_itself_keeps_refusing(host: str, closes: bool, crawler_of: MakeCrawler) -> None:
    crawler = crawler_of(RETRY_TIMES=99)
    middleware = Refusals.from_crawler(crawler)

    async def refuse() -> bool:
        request = Request(f"http://{host}/x")
        for _ in range(BLOCKED_AFTER - 1):
            assert isinstance(await middleware.process_response(request, answer(403)), Request)
        with pytest.raises(Refused) as refused:
            await middleware.process_response(request, answer(403))
        assert refused.value.by_host
        return len(asyncio.all_tasks()) > 1

    assert asyncio.run(refuse()) is closes
    assert hosts_of(crawler)[host].refusals == BLOCKED_AFTER


def robots(crawler: Crawler, status: int) -> list[Request | Response]:
    """What becomes of a robots.txt that is answered so, try by try."""
    request, came = Request(f"http://{SITE}/robots.txt", meta={"dont_obey_robotstxt": True}), []
    while isinstance(request, Request):
        request = ask(crawler, request, answer(status, b"User-agent: *\nDisallow: /"))
        came.append(request)
    return came


@pytest.mark.parametrize("status", [401, 403, 404, 405, 410, 429, 521])
def test_a_robots_txt_that_is_refused_holds_no_rules(status: int, crawler_of: MakeCrawler) -> None:
    (rules,) = robots(crawler_of(), status)
    assert (rules.status, rules.body) == (200, b"")


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_where_robots_txt_cannot_be_had_nothing_is_fetched(status: int, crawler_of: MakeCrawler) -> None:
    crawler = crawler_of(arguments={"start": f"http://{SHARE}/"})

    async def close(reason: str) -> None:
        closed.append(reason)

    closed: list[str] = []
    crawler.engine.close_spider_async = close
    assert len(robots(crawler, status)) == RETRY_TIMES + 1
    with pytest.raises(Refused, match=f"robots.txt: HTTP status {status}"):
        asyncio.run(Refusals.from_crawler(crawler).process_request(Request(f"http://{SITE}/z")))
    assert run_of(crawler).given_up == {SITE: f"robots.txt: HTTP status {status}"}


@pytest.mark.parametrize(("wait", "tries"), [(2, RETRY_TIMES + 1), (3600, 1)])
def test_the_time_that_robots_txt_names_is_waited_for(wait: int, tries: int, crawler_of: MakeCrawler) -> None:
    """The host refuses: it is a block, not an outage, and never asked again before its time."""
    crawler = crawler_of(arguments={"start": f"http://{SITE}/"})

    async def close(reason: str) -> None:
        closed.append(reason)

    async def refuse() -> None:
        middleware = Refusals.from_crawler(crawler)
        request: Request | Response = Request(f"http://{SITE}/robots.txt", meta={"dont_obey_robotstxt": True})
        for _ in range(tries):
            assert isinstance(request, Request)
            request = await middleware.process_response(request, answer(503, Retry_After=str(wait)))
            assert wait - 1 < hosts_of(crawler)[SITE].held_until - monotonic() <= wait
        assert isinstance(request, Response)
        await asyncio.sleep(0)

    closed: list[str] = []
    crawler.engine.close_spider_async = close
    asyncio.run(refuse())
    assert closed == ["blocked"]
    assert run_of(crawler).given_up == {SITE: "robots.txt: HTTP status 503"}


@pytest.mark.parametrize("status", [429, 503])
def test_a_robots_txt_may_ask_for_time(status: int, crawler_of: MakeCrawler) -> None:
    crawler = crawler_of()
    ask(
        crawler,
        Request(f"http://{SHARE}/robots.txt", meta={"dont_obey_robotstxt": True}),
        answer(status, Retry_After="9"),
    )
    assert 8 < hosts_of(crawler).remaining(SHARE) <= 9
    assert hosts_of(crawler).remaining(SITE) == 0


def test_a_robots_txt_that_is_there_is_obeyed(crawler_of: MakeCrawler) -> None:
    (rules,) = robots(crawler_of(), 200)
    assert b"Disallow" in rules.body


def test_addresses_in_a_row_without_a_page_are_a_block(crawler_of: MakeCrawler) -> None:
    crawler = crawler_of()
    hosts = hosts_of(crawler)
    hosts.page(SHARE)
    for _ in range(9):
        for number in range(ADDRESSES_IN_DOUBT - 1):
            broken = Request(f"http://{SHARE}/{number}")
            asyncio.run(Refusals.from_crawler(crawler).process_exception(broken, OSError("reset")))
    assert not hosts[SHARE].blocked, "a few broken articles, however often they are asked for"
    ask(crawler, Request(f"http://{SHARE}/x"), answer(502))
    assert hosts[SHARE].blocked == "HTTP status 502"
    assert not hosts[SITE].blocked


def test_retry_after_holds_the_host_and_no_other(crawler_of: MakeCrawler) -> None:
    crawler = crawler_of()
    ask(crawler, Request(f"http://{SHARE}/x"), answer(429, Retry_After="30"))
    assert 29 < hosts_of(crawler).remaining(SHARE) <= 30
    assert hosts_of(crawler).remaining(SITE) == 0


@pytest.mark.parametrize(
    "value", ["²", "1²", "٣", "9" * 5000, "Mon, 01 Jan 99999999999 00:00:00 GMT", "-1", "\xff", ";", "Thu, 1 Jan 2026"]
)
def test_whatever_stands_in_retry_after_is_no_error(value: str) -> None:
    found = retry_after(Response("http://a/", status=429, headers={"Retry-After": value.encode("utf-8")}))
    assert found is None or found >= 0


def test_a_deep_notice_is_no_error() -> None:
    body = b'{"code":' + b"[" * 9_000
    assert refusal(Response("http://a/", body=body)) is None

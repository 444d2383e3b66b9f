"""What is tried again, how often and when; what is final."""

import asyncio

import pytest
from crawling import SHARE, SITE, MakeCrawler
from scrapy import Request
from scrapy.http import Response

from crawler.middlewares import retry
from crawler.middlewares.retry import NEVER, OFTEN, ONCE, PatientRetry

TABLE = [
    (200, NEVER),
    (301, NEVER),
    (304, NEVER),
    (400, ONCE),
    (404, ONCE),
    (410, ONCE),
    (451, ONCE),
    (501, ONCE),
    (408, OFTEN),
    (500, OFTEN),
    (502, OFTEN),
    (503, OFTEN),
    (504, OFTEN),
    (522, OFTEN),
    (524, OFTEN),
    (401, OFTEN),
    (405, OFTEN),
    (418, OFTEN),
    (521, OFTEN),
    (403, OFTEN),
    (412, OFTEN),
    (429, OFTEN),
]


@pytest.mark.parametrize(("status", "often"), TABLE)
def test_how_often(status: int, often: int | None) -> None:
    assert retry.how_often(status) == often


def tries(middleware: PatientRetry, request: Request, *statuses: int) -> int:
    """How often the request goes out when it is answered with these statuses, the last of them for ever."""
    for number in range(1, 20):
        status = statuses[min(number, len(statuses)) - 1]
        answer = asyncio.run(middleware.process_response(request, Response(request.url, status=status)))
        if isinstance(answer, Response):
            return number
        assert answer.dont_filter
        assert answer.meta["retry_times"] == number
        request = answer
    pytest.fail("no end")


@pytest.mark.parametrize(
    ("statuses", "number"),
    [
        ((200,), 1),
        ((404,), 2),
        ((500,), 5),
        ((408,), 5),
        ((500, 404), 2),
        ((404, 500), 5),
        ((500, 200), 2),
        ((404, 200), 2),
    ],
)
def test_a_request_is_sent_so_often(statuses: tuple[int, ...], number: int, crawler_of: MakeCrawler) -> None:
    middleware = PatientRetry.from_crawler(crawler_of())
    assert tries(middleware, Request(f"http://{SITE}/x"), *statuses) == number


@pytest.mark.parametrize(("times", "expected"), [(0, (1, 1)), (1, (2, 2)), (9, (10, 2))])
def test_the_user_s_number_counts(times: int, expected: tuple[int, int], crawler_of: MakeCrawler) -> None:
    middleware = PatientRetry.from_crawler(crawler_of(RETRY_TIMES=times))
    assert tuple(tries(middleware, Request(f"http://{SITE}/x"), status) for status in (500, 404)) == expected


@pytest.mark.parametrize("status", [404, 500])
def test_dont_retry(status: int, crawler_of: MakeCrawler) -> None:
    request = Request(f"http://{SHARE}/x", meta={"dont_retry": True})
    assert tries(PatientRetry.from_crawler(crawler_of()), request, status) == 1


def test_a_connection_that_breaks_is_tried_often(crawler_of: MakeCrawler) -> None:
    middleware, request = PatientRetry.from_crawler(crawler_of()), Request(f"http://{SITE}/x")
    for number in range(1, retry.RETRY_TIMES + 1):
        request = middleware.process_exception(request, OSError("reset"))
        assert request.meta["retry_times"] == number
    assert middleware.process_exception(request, OSError("reset")) is None
    assert middleware.process_exception(Request(f"http://{SITE}/x"), KeyError("ours")) is None


def test_backoff_doubles_up_to_its_limit() -> None:
    for number in range(1, 12):
        middle = min(retry.BACKOFF * 2 ** (number - 1), retry.LONGEST_BACKOFF)
        waits = {retry.backoff(number) for _ in range(50)}
        assert middle * 0.75 <= min(waits) < max(waits) <= middle * 1.25

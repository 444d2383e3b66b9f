"""The policy of retries, whoever asks for one: which failures, how often, after which gaps, and what is final.

How long a refusing host is left alone is told in ``host_state``; when a later run asks again, in ``store.outcomes``.
"""

import random
from typing import Final

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.retry import RetryMiddleware, get_retry_request
from scrapy.http import Response

RETRY_TIMES: Final = 4
"""What OFTEN is, where the user sets no other number."""
OFTEN, ONCE, NEVER = None, 1, 0
TIMES: Final[dict[int, int | None]] = {
    # The host refuses: it is left alone for a while, and asked again.
    401: OFTEN, 403: OFTEN, 405: OFTEN, 412: OFTEN, 418: OFTEN, 429: OFTEN, 521: OFTEN,
    # It may pass by the next try.
    408: OFTEN, 500: OFTEN, 502: OFTEN, 503: OFTEN, 504: OFTEN, 522: OFTEN, 524: OFTEN,
}  # fmt: skip
ANOTHER_STATUS: Final = ONCE
"""Any other error: a page that a list just named may be missing on one server only."""
UNREADABLE: Final = OFTEN
"""An answer that is not what it should be, refusals in the form of a page among them."""
MISHAP: Final = ONCE
"""No answer that could be taken: a redirect astray, a body too large. Broken connections are Scrapy's, and OFTEN."""

BACKOFF = 0.5
"""Seconds before the first retry; doubled for each further one, with jitter."""
LONGEST_BACKOFF = 15.0


def how_often(status: int) -> int | None:
    """How often a request that was answered so is sent again."""
    return TIMES.get(status, ANOTHER_STATUS if status >= 400 else NEVER)


def backoff(retries: int) -> float:
    """Seconds to wait before the given retry (1, 2 ...): exponential, with jitter so that retries do not march."""
    return float(min(BACKOFF * 2 ** (retries - 1), LONGEST_BACKOFF) * random.uniform(0.75, 1.25))  # noqa: S311


def again(request: Request, spider: Spider, reason: str, often: int | None) -> Request | None:
    """The request to be sent once more, or None when that was done ``often`` enough, or RETRY_TIMES."""
    most: int = spider.crawler.settings.getint("RETRY_TIMES")
    return get_retry_request(
        request, spider=spider, reason=reason, max_retry_times=most if often is None else min(often, most)
    )


class PatientRetry(RetryMiddleware):
    """Scrapy's retries by this table, with the backoff of the queue."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request once more."""
        often = how_often(response.status)
        if often == NEVER or request.meta.get("dont_retry"):
            return response
        assert self.crawler.spider
        return again(request, self.crawler.spider, f"HTTP status {response.status}", often) or response

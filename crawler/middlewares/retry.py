"""Retries: all that may pass by the next try; once only what a server that means it says."""

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

ONCE = frozenset({400, 404, 410})
"""A page that a list has just named may be missing on one of several servers; a second look is enough."""


class PatientRetry(RetryMiddleware):
    """Scrapy's retries, with the backoff of the queue, and a second look at what seems to be gone."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request once more."""
        gone = response.status in ONCE and request.meta.get("retry_times", 0) == 0
        if gone and not request.meta.get("dont_obey_robotstxt") and not request.meta.get("dont_retry"):
            return self._retry(request, f"HTTP status {response.status}") or response
        result: Request | Response = super().process_response(request, response)
        return result

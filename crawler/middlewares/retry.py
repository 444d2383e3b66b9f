"""Retries: all that may pass by the next try; once only what a server that means it says."""

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response


class PatientRetry(RetryMiddleware):
    """Scrapy's retries, with the backoff of the queue, and a second look at what seems to be gone."""

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request once more: a page that a list just named may be missing on one server only."""
        meta = request.meta
        final = response.status >= 400 and response.status not in self.retry_http_codes
        if final and not (meta.get("retry_times") or meta.get("dont_retry") or meta.get("dont_obey_robotstxt")):
            return self._retry(request, f"HTTP status {response.status}") or response
        result: Request | Response = super().process_response(request, response)
        return result

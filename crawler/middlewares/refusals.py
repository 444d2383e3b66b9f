"""Recognises a host that refuses (status, captcha, verify page, code 403 in JSON), and backs off from all of it."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.crawl_part import CrawlPart, header, url_asked
from crawler.extensions.run import RunExtension
from crawler.middlewares import retry
from crawler.middlewares.host_state import Hosts, hosts_of
from crawler.middlewares.known_hosts import StrangeHost
from crawler.patterns import compiled
from crawler.urls import hostname, urlsplit

REFUSING: Final = frozenset({202, 401, 403, 405, 412, 418, 429, 521})
"""202 and 521 come with a script that is to set a cookie; 405 and 418 are what firewalls answer."""
_VERIFY = compiled(r"[/.](?:passport\d*|\w*captcha|verify|waf|challenge|security)\b", re.IGNORECASE)
_CAPTCHA = compiled(
    rb"(?:id|class)=[\"']?[^\"'>]{0,80}(?:captcha|slider-verify|nc_wrapper)|window\.captcha", re.IGNORECASE
)
NEEDS: Final = "finews_needs"
"""In a request's meta: hosts without any of whose answers it would be made for nothing."""
GONE: Final = (404, 410)
"""Statuses that say that there is nothing at the address."""
OF_SEVERAL: Final = "finews_of_several"
"""In a request's meta: other hosts may have what it asks for, and this one is left alone while it brings nothing."""
_LONGEST_NOTICE = 20_000


class Refused(IgnoreRequest):
    """The host refused this request too often; ``by_host``: it refuses everything, and was given up for this run."""

    def __init__(self, reason: str, *, by_host: bool) -> None:
        super().__init__(reason)
        self.by_host = by_host


class Refusals(CrawlPart):
    """Holds a refusing host, retries what it refused, and ends the run when the site itself keeps refusing."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._hosts = hosts_of(crawler)

    async def process_request(self, request: Request) -> None:
        """Ask nothing more of a host that was given up."""
        for host in (hostname(request.url), *_without_all(request, self._hosts)):
            if reason := self._hosts.closed(host):
                raise Refused(f"{host} refuses: {reason}", by_host=True)

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """The response when the host served it; a retry when it refused; raises Refused after the last."""
        host = hostname(request.url)
        self._count(host, response.status)
        if request.meta.get("dont_obey_robotstxt"):
            return self._robots(request, response)
        if response.status >= 400 and request.meta.get(OF_SEVERAL):
            self._hosts.fruitless(host, f"HTTP status {response.status}")
        reason = refusal(response)
        self._hosts[host].heard |= reason is not None or response.status < 500
        if reason is None:
            if response.status == 304 or (response.status < 300 and request.callback in {None, NO_CALLBACK}):
                self._hosts.page(host)  # what has a callback, that reads
            elif response.status >= 400 and response.status not in GONE:
                self._hosts.no_page(host, request.url, f"HTTP status {response.status}")
            return response
        wait = retry_after(response)
        self._hosts.refused(host, reason, wait)
        self._keep_off(host)
        spider = self._crawler.spider
        assert spider
        often = retry.how_often(response.status) if response.status >= 400 else retry.UNREADABLE
        once = request.meta.get("dont_retry", False)
        again = None if once or self._hosts[host].blocked else retry.again(request, spider, reason, often)
        if again is not None:
            return again
        if (once or self._hosts[host].pages) and not self._hosts[host].blocked:
            raise Refused(reason, by_host=False)
        self._hosts.give_up(host, reason)
        raise Refused(f"{host} refuses: {reason}", by_host=True)

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """A connection that broke, or never came to be: a block has that form, too."""
        ours = isinstance(exception, IgnoreRequest) and not isinstance(exception, StrangeHost)
        if not ours and not request.meta.get("dont_obey_robotstxt"):
            url = url_asked(request)
            reason = f"{type(exception).__name__}: {exception}"[:200]
            self._hosts.no_page(hostname(url), url, reason)

    def _robots(self, request: Request, response: Response) -> Request | Response:
        """RFC 9309: a robots.txt that is refused or missing holds no rules; one that the server cannot give, all.

        One that asks for time gets it; a 503 that does so is a refusal, not an outage.
        """
        if response.status < 400:
            return response
        host, reason = hostname(request.url), f"robots.txt: HTTP status {response.status}"
        refused = refusal(response) is not None
        if refused and (wait := retry_after(response)) is not None:
            self._hosts[host].heard = True
            self._hosts.refused(host, reason, wait)
            self._keep_off(host)
        if response.status < 500 or response.status in REFUSING:
            return response.replace(status=200, body=b"")
        spider = self._crawler.spider
        assert spider
        if not self._hosts[host].blocked and (again := retry.again(request, spider, reason, retry.OFTEN)):
            return again
        self._hosts.give_up(host, reason, unreachable=not refused)
        return response.replace(status=200, body=b"")

    def _keep_off(self, host: str) -> None:
        """Hold back also what already waits in the downloader for its turn."""
        slot = self._crawler.engine.downloader.slots.get(host)
        wait = self._hosts.remaining(host)
        if slot is not None and wait > 0:
            slot.delay = max(slot.delay, 0.001)  # without a delay the downloader looks at no clock
            slot.lastseen = max(slot.lastseen, monotonic() + wait)

    def _count(self, host: str, status: int) -> None:
        extension = self._crawler.get_extension(RunExtension)
        if extension:
            extension.run.counts[f"host/{host}/{status}"] += 1


def _without_all(request: Request, hosts: Hosts) -> Sequence[str]:
    """The hosts that the request is made for, where none of them can be asked."""
    needed: Sequence[str] = request.meta.get(NEEDS, ())
    return needed if all(map(hosts.closed, needed)) else ()


def refusal(response: Response) -> str | None:
    """Why the response is a refusal of the host rather than an answer about the page; None when it is not.

    A plain redirect, a 503 that names no time, and the word 验证码 in an article are no refusals (domain-facts 8).
    """
    if response.status in REFUSING:
        return f"HTTP status {response.status}"
    if response.status == 503 and response.headers.get("Retry-After"):
        return "HTTP status 503 with Retry-After"
    if 300 <= response.status < 400:
        parts = urlsplit(header(response, "Location") or "")
        return "redirect to a verify page" if _VERIFY.search(f"/{parts.netloc}{parts.path}") else None
    if response.status == 200 and len(response.body) < _LONGEST_NOTICE:
        return _notice(response.body)
    return None


def _notice(body: bytes) -> str | None:
    head = body[:200].lstrip()
    if head.startswith(b"{") and b'"code"' in head:
        try:
            if str(json.loads(body).get("code")) == "403":
                return "JSON says code 403"
        except (ValueError, AttributeError, RecursionError):
            return None
    if head.startswith(b"<") and b"<section" not in body and _CAPTCHA.search(body):
        return "captcha page"
    return None


def retry_after(response: Response) -> float | None:
    """Seconds that the Retry-After header asks for, given as a number or as an HTTP date; None without one."""
    value = (header(response, "Retry-After") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        date = parsedate_to_datetime(value)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max((date - datetime.now(UTC)).total_seconds(), 0.0)

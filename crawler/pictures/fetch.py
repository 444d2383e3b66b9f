"""Fetching a picture, or the data to draw one, outside a crawl: known hosts only, small answers only.

Obeys http_proxy, https_proxy, no_proxy and SSL_CERT_FILE, as the crawl does.
"""

import time
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any, Final, NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from crawler.pictures.formats import MAX_BYTES
from crawler.sites import PICTURE_HOSTS
from crawler.store.figures import Figures
from crawler.urls import urlsplit

TIMEOUT: Final = 30.0
PAUSE: Final = 1.0
"""Seconds between two requests to one host: faster clients were blocked for hours (domain-facts 8)."""


class Fetched(NamedTuple):
    """What was at an address, and when: a live picture shows the session of its moment."""

    data: bytes
    at: datetime
    """Aware; when it was asked for."""


class NoPicture(Exception):
    """What was asked for could not be fetched; the message says why."""


class _NoRedirects(HTTPRedirectHandler):
    """A picture that is somewhere else is not the one that was asked for."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow nothing."""


class Fetcher:
    """Fetches each address once, politely, and notes answers and waiting in the run's figures."""

    def __init__(self, user_agent: str, figures: Figures, pause: float = PAUSE) -> None:
        self._opener = build_opener(ProxyHandler(), HTTPSHandler(), _NoRedirects())
        self._agent = user_agent
        self._figures = figures
        self._pause = pause
        self._next: dict[str, float] = {}
        self._got: dict[str, Fetched | NoPicture] = {}

    def fetch(self, url: str) -> Fetched:
        """What is at the address; raises NoPicture with the reason."""
        if url not in self._got:
            try:
                asked = datetime.now(UTC)
                self._got[url] = Fetched(self._fetch(url), asked)
            except NoPicture as reason:
                self._got[url] = reason
        got = self._got[url]
        if isinstance(got, NoPicture):
            raise got
        return got

    def _fetch(self, url: str) -> bytes:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme != "https" or host not in PICTURE_HOSTS or parts.port not in {None, 443}:
            raise NoPicture(f"{host[:80]} is not a host of pictures")
        self._figures.waiting[host].begin()
        time.sleep(max(0.0, self._next.get(host, 0.0) - time.monotonic()))
        try:
            with self._opener.open(Request(url, headers={"User-Agent": self._agent}), timeout=TIMEOUT) as response:  # noqa: S310 - https only, see above
                self._figures.answers.add(str(response.status))
                data: bytes = response.read(MAX_BYTES + 1)
        except (OSError, HTTPException) as error:
            if isinstance(error, HTTPError):
                self._figures.answers.add(str(error.code))
                error.close()  # what is kept of it would keep its socket
            raise NoPicture(f"{type(error).__name__}: {error}"[:200]) from error
        finally:
            self._next[host] = time.monotonic() + self._pause
            self._figures.waiting[host].end()
        if len(data) > MAX_BYTES:
            raise NoPicture(f"larger than {MAX_BYTES} bytes")
        return data

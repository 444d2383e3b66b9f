"""The home page, which hosts that turn a client away give in place of others: by a redirect, or as the answer."""

import hashlib

from scrapy.http import Response

from crawler.crawl_part import url_asked
from crawler.urls import urlsplit


class HomePage:
    """The home page at ``url``; ``sha256`` of it, when it was read before."""

    def __init__(self, url: str, sha256: str | None) -> None:
        self._paths = {"", "/", urlsplit(url).path}
        self._sha256 = sha256

    def stands_in(self, response: Response) -> bool:
        """Whether the answer is the home page, and another one was asked for."""
        assert response.request
        sha256 = hashlib.sha256(response.body).hexdigest()
        if self._is_at(url_asked(response.request)):
            self._sha256 = sha256
            return False
        return self._is_at(response.url) or sha256 == self._sha256

    def _is_at(self, url: str) -> bool:
        return urlsplit(url).path.removesuffix("index.html") in self._paths

"""Which proxy a request takes, by the environment as it was when the crawl began."""

from functools import cache
from urllib.request import proxy_bypass

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.utils.httpobj import urlparse_cached


class Proxies(HttpProxyMiddleware):
    """Scrapy's own part asks at each request whether ``no_proxy`` names the host, and reads all variables for it."""

    def __init__(self, auth_encoding: str | None = "latin-1") -> None:
        super().__init__(auth_encoding)
        self._is_near = cache(proxy_bypass)

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Have the request take the proxy of its scheme, if there is one and the host is not near."""
        parts = urlparse_cached(request)
        takes = parts.scheme in self.proxies and not (parts.hostname and self._is_near(parts.hostname))
        if "proxy" in request.meta or not takes:
            super().process_request(request)
        else:
            credentials, proxy = self.proxies[parts.scheme]
            self._set_proxy_and_creds(request, proxy, credentials, parts.scheme)

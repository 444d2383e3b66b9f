"""Requests only to hosts that the spider knows, to the letter, and only over HTTP(S); redirects included.

Scrapy's own offsite filter lets subdomains pass, and everything that is marked ``dont_filter``, which a retry is. Page
content can lead a crawl neither to loopback nor to private addresses here: they are no known hosts. Where a known
host's name leads is the matter of the user's resolver and proxy.
"""

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.crawl_part import CrawlPart
from crawler.urls import urlsplit


class StrangeHost(IgnoreRequest):
    """The request leads to a host that the crawl does not know, most often by a redirect."""


class KnownHosts(CrawlPart):
    """Stops every request to anything but the spider's ``site`` (scheme, host, port) and ``allowed_domains``."""

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise StrangeHost."""
        if not self.knows(request.url):
            raise StrangeHost(f"{urlsplit(request.url).hostname} is not a host that this crawl knows")

    def knows(self, url: str) -> bool:
        """Whether the spider may ask for the URL."""
        spider = self._crawler.spider
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" == getattr(spider, "site", None):
            return True
        known = getattr(spider, "allowed_domains", None) or []
        return parts.scheme in {"http", "https"} and parts.port in {None, 80, 443} and parts.hostname in known

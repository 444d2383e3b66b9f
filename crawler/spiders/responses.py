"""The seam between Scrapy and everything behind it: a response as a Page."""

from datetime import UTC, datetime

from scrapy import Request
from scrapy.http import Response

from crawler.items import Page
from crawler.pages.encoding import charset_of


def page_of(response: Response) -> Page:
    """What was received for the address that was asked, redirects or not."""
    assert response.request
    encoding = charset_of(header(response, "Content-Type") or "")
    return Page(url=url_asked(response.request), body=response.body, encoding=encoding, fetched=datetime.now(UTC))


def url_asked(request: Request) -> str:
    """The address that was asked for, before any redirect."""
    asked: str = request.meta.get("redirect_urls", [request.url])[0]
    return asked


def header(response: Response, name: str) -> str | None:
    """The value of a header, None when it is missing or empty."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None

"""What a recorded HTTP reply is: the same for every kind of archive that holds replies."""

from datetime import datetime

from crawler.archive import detect
from crawler.archive.model import ReadResult, Skipped, printable
from crawler.archive.saved_url import article_at, had, original
from crawler.items import Page
from crawler.pages.encoding import charset_of

_WHOLE = ("200", "203")
_NOTHING = ("204", "304")
"""Statuses that say that there is nothing new at the address."""
_GONE = ("404", "410")
"""Statuses that say that there is nothing any more."""


def skipped(url: str, source: str, reason: str) -> Skipped:
    """Tell of a reply without a page; at an article's address that article may be lost with it."""
    return Skipped(source, reason, url=original(url))


def no_page(url: str, source: str, status: object, content_type: str) -> Skipped | None:
    """Say why a reply cannot be a page, by its head alone; None when it can."""
    told = str(status)
    if told in _GONE:
        return Skipped(source, f"HTTP {told}", url=original(url), gone=True)
    if told in _NOTHING or told.startswith("3"):
        return Skipped(source, f"HTTP {told}")
    if told not in _WHOLE:
        return skipped(url, source, f"HTTP {printable(told)[:20]}")
    if detect.declares_asset(content_type) and not article_at(original(url)):
        return Skipped(source, f"asset: {printable(content_type)[:80] or 'no page'}")
    return None


def page(url: str, source: str, body: bytes, content_type: str, fetched: datetime | None) -> ReadResult:
    """Give the page of a reply whose encodings are undone, or say why its data is none."""
    if detect.declares_asset(content_type) and not detect.begins_as_page(body):
        return Skipped(source, f"asset: {printable(content_type)[:80]}")
    if reason := detect.why_no_page(body, printable(content_type)):
        return skipped(url, source, reason)
    fetched = had(url, fetched)
    return Page(url=original(url), body=body, encoding=charset_of(content_type), fetched=fetched, source=source)

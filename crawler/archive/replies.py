"""What a recorded HTTP reply is: the same for every kind of archive that holds replies."""

from datetime import datetime

from crawler.archive import looks
from crawler.archive.address import article_at, original
from crawler.archive.found import Found, Unread, shown
from crawler.items import Page

_WHOLE = ("200", "203")
_NOTHING = ("204", "304", "404", "410")
"""Statuses that say that there is nothing (new) at the address."""


def unread(url: str, source: str, reason: str) -> Unread:
    """Tell of a reply without a page; at an article's address that article may be lost with it."""
    return Unread(source, reason, url=original(url))


def no_page(url: str, source: str, status: object, kind: str) -> Unread | None:
    """Say why a reply cannot be a page, by its head alone; None when it can."""
    told = str(status)
    if told in _NOTHING or told.startswith("3"):
        return Unread(source, f"HTTP {told}")
    if told not in _WHOLE:
        return unread(url, source, f"HTTP {shown(told)[:20]}")
    if looks.declares_asset(kind) and not article_at(original(url)):
        return Unread(source, f"asset: {shown(kind)[:80] or 'no page'}")
    return None


def page(url: str, source: str, body: bytes, kind: str, fetched: datetime | None) -> Found:
    """Give the page of a reply whose encodings are undone, or say why its data is none."""
    if looks.declares_asset(kind) and not looks.begins_as_page(body):
        return Unread(source, f"asset: {shown(kind)[:80]}")
    if reason := looks.why_no_page(body, shown(kind)):
        return unread(url, source, reason)
    return Page(url=original(url), body=body, encoding=looks.charset(kind), fetched=fetched, source=source)

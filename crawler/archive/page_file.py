"""Reads a plain saved page, and names the files that are none."""

import re
from collections.abc import Iterator

from crawler.archive import detect
from crawler.archive.budget import HEAD
from crawler.archive.entry import Entry
from crawler.archive.model import ReadResult, Skipped
from crawler.archive.saved_url import saved_url
from crawler.items import Page
from crawler.pages.encoding import decode
from crawler.pages.record import names_ours

_PROSE = re.compile(r"(?:<|&lt;|\\u003c)p[\s&>]|(?:[^\x00-\x7f\s]|[0-9.%]){100}")
"""A text of an article, in markup or not."""
_APPLE_DOUBLE = b"\0\5\x16\7"


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read the page; its address is told by itself or by where it is."""
    if detect.suffix(entry.path) not in detect.PAGE_SUFFIXES and not detect.begins_as_page(entry.head):
        if len(entry.head) < HEAD:
            entry.everything()  # raises what cut it off, if something did: then so little does not tell what it was
        yield _unread(entry, "not a page: neither its name nor its beginning is one's")
        return
    yield page(entry, entry.everything())


def page(entry: Entry, body: bytes) -> Page:
    """Give the page that a file is."""
    return Page(url=saved_url(entry.path, body), body=body, source=entry.source)


def asset(entry: Entry) -> Iterator[ReadResult]:
    """Name a companion of pages, unread."""
    kind = detect.asset_type(entry.head, entry.path) or ""
    yield (
        Skipped(entry.source, f"asset: {kind}")
        if kind.startswith(detect.NO_PAGES)
        else _unread(entry, f"asset: {kind}")
    )


def _unread(entry: Entry, reason: str) -> Skipped:
    """Tell of a file that gives no page, unless it looks as if it held an article."""
    if detect.suffix(entry.path) == "log" or not _holds_article(entry.head):
        return Skipped(entry.source, reason)
    return Skipped(
        entry.source, "what may be articles, in a form that is not known: save them as JSON Lines", failed=True
    )


def _holds_article(head: bytes) -> bool:
    """Tell whether a text begins with an article's address and such a text."""
    return b"eastmoney.com" in head and names_ours(text := decode(head)) and _PROSE.search(text) is not None


def junk(entry: Entry) -> Iterator[ReadResult]:
    """Name what is no text, unread."""
    if entry.path.rpartition("/")[2].startswith("._") and entry.head.startswith(_APPLE_DOUBLE):
        yield Skipped(entry.source, "asset: what macOS keeps beside a file")
        return
    yield Skipped(entry.source, "binary data, not a page", failed=detect.suffix(entry.path) in detect.PAGE_SUFFIXES)

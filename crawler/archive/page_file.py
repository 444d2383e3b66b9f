"""Reads a plain saved page, and names the files that are none."""

from collections.abc import Iterator

from crawler.archive import detect
from crawler.archive.entry import Entry
from crawler.archive.model import ReadResult, Skipped
from crawler.archive.saved_url import saved_url
from crawler.items import Page
from crawler.pages.promise import NOT_KNOWN, promises_article

_PIECE, _OVERLAP = 1 << 20, 1 << 12
"""Bytes of a file that are looked at together, and of them those that are looked at twice."""
_APPLE_DOUBLE = b"\0\5\x16\7"


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read the page; its address is told by itself or by where it is."""
    is_page = detect.suffix(entry.path) in detect.PAGE_SUFFIXES or detect.begins_as_page(entry.head)
    if not is_page and not detect.is_extraction(entry.head):
        yield _unread(entry, "not a page: neither its name nor its beginning is one's")
        return
    yield page(entry, entry.everything())


def page(entry: Entry, body: bytes) -> Page:
    """Give the page that a file is."""
    return Page(url=saved_url(entry.path, body), body=body, source=entry.source)


def asset(entry: Entry) -> Iterator[ReadResult]:
    """Name a companion of pages, unread."""
    asset_type = detect.asset_type(entry.head, entry.path) or ""
    if asset_type == detect.PDF:
        yield Skipped(entry.source, f"asset: {asset_type}", url=saved_url(entry.path, b""))
    elif asset_type.startswith(detect.NO_PAGES):
        yield Skipped(entry.source, f"asset: {asset_type}")
    else:
        yield _unread(entry, f"asset: {asset_type}")


def _unread(entry: Entry, reason: str) -> Skipped:
    """Tell of a file that gives no page, unless it looks as if it held an article, or is called as one is."""
    if detect.suffix(entry.path) == "log" or not _holds_article(entry):
        return Skipped(entry.source, reason, url=saved_url(entry.path, b""))
    return Skipped(entry.source, NOT_KNOWN, failed=True)


def _holds_article(entry: Entry) -> bool:
    """Tell whether a text holds an article's address, and such a text not far from it; raises what cuts it off."""
    before = b""
    while piece := entry.stream.read(_PIECE):
        if promises_article(before + piece):
            return True
        before = piece[-_OVERLAP:]
    return False


def junk(entry: Entry) -> Iterator[ReadResult]:
    """Name what is no text, unread."""
    if entry.path.rpartition("/")[2].startswith("._") and entry.head.startswith(_APPLE_DOUBLE):
        yield Skipped(entry.source, "asset: what macOS keeps beside a file")
        return
    is_called_page = detect.suffix(entry.path) in detect.PAGE_SUFFIXES
    yield Skipped(entry.source, "binary data, not a page", is_called_page, saved_url(entry.path, b""))

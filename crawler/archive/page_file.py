"""Reads a plain saved page, and names the files that are none."""

from collections.abc import Iterator

from crawler.archive import detect
from crawler.archive.budget import HEAD
from crawler.archive.entry import Entry
from crawler.archive.model import ReadResult, Skipped
from crawler.archive.saved_url import saved_url
from crawler.items import Page
from crawler.pages.encoding import decode

_COLUMNS = ("新闻链接", "新闻标题")
"""What tells a table of akshare's."""
_APPLE_DOUBLE = b"\0\5\x16\7"


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read the page; its address is told by itself or by where it is."""
    if detect.suffix(entry.path) not in detect.PAGE_SUFFIXES and not detect.begins_as_page(entry.head):
        if len(entry.head) < HEAD:
            entry.everything()  # raises what cut it off, if something did: then so little does not tell what it was
        yield Skipped(entry.source, "not a page: neither its name nor its beginning is one's")
        return
    yield page(entry, entry.everything())


def page(entry: Entry, body: bytes) -> Page:
    """Give the page that a file is."""
    return Page(url=saved_url(entry.path, body), body=body, source=entry.source)


def asset(entry: Entry) -> Iterator[ReadResult]:
    """Name a companion of pages, unread."""
    kind = detect.asset_type(entry.head, entry.path)
    is_list = kind == "text/csv" and any(word in decode(entry.head) for word in _COLUMNS)
    yield Skipped(entry.source, "asset: a list of news, without articles" if is_list else f"asset: {kind}")


def junk(entry: Entry) -> Iterator[ReadResult]:
    """Name what is no text, unread."""
    if entry.path.rpartition("/")[2].startswith("._") and entry.head.startswith(_APPLE_DOUBLE):
        yield Skipped(entry.source, "asset: what macOS keeps beside a file")
        return
    yield Skipped(entry.source, "binary data, not a page", failed=detect.suffix(entry.path) in detect.PAGE_SUFFIXES)

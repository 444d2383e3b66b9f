"""Reads a plain saved page, and names the files that are none."""

from collections.abc import Iterator

from crawler.archive import looks
from crawler.archive.address import page_url
from crawler.archive.entry import Entry
from crawler.archive.found import Found, Unread
from crawler.archive.streams import HEAD
from crawler.items import Page

_APPLE_DOUBLE = b"\0\5\x16\7"


def read(entry: Entry) -> Iterator[Found]:
    """Read the page; its address is told by itself or by where it is."""
    if looks.suffix(entry.path) not in looks.PAGE_SUFFIXES and not looks.begins_as_page(entry.head):
        if len(entry.head) < HEAD:
            entry.everything()  # raises what cut it off, if something did: then so little does not tell what it was
        yield Unread(entry.source, "not a page: neither its name nor its beginning is one's")
        return
    yield page(entry, entry.everything())


def page(entry: Entry, body: bytes) -> Page:
    """Give the page that a file is."""
    return Page(url=page_url(entry.path, body), body=body, source=entry.source)


def asset(entry: Entry) -> Iterator[Found]:
    """Name a companion of pages, unread."""
    yield Unread(entry.source, f"asset: {looks.asset_type(entry.head, entry.path)}")


def junk(entry: Entry) -> Iterator[Found]:
    """Name what is no text, unread."""
    if entry.path.rpartition("/")[2].startswith("._") and entry.head.startswith(_APPLE_DOUBLE):
        yield Unread(entry.source, "asset: what macOS keeps beside a file")
        return
    yield Unread(entry.source, "binary data, not a page", failed=looks.suffix(entry.path) in looks.PAGE_SUFFIXES)

"""Reads WARC, and ARC before it: the records of a crawl, with their requests, replies and revisits."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from warcio.archiveiterator import ArchiveIterator

from crawler.archive import looks, replies
from crawler.archive.address import host_of, page_url
from crawler.archive.entry import Entry
from crawler.archive.found import MIB, Exceeded, Exhausted, Found, Limits, Unread, shown
from crawler.archive.payload import Undecodable, dechunk, undo
from crawler.archive.streams import Tail
from crawler.archive.warc_heads import Heads
from crawler.archive.warc_writer import WarcWriter

__all__ = ["WarcWriter", "read"]

ARC = b"filedesc://"
"""What archives of the format before WARC begin with."""

_PAYLOADS = ("response", "resource", "conversion")
_NOTES = ("warcinfo", "request", "metadata", "continuation", "arc_header")


def read(entry: Entry) -> Iterator[Found]:
    """Read every reply; requests and notes about the crawl belong to the replies and are passed over."""
    number, found, damaged, tail = -1, 0, False, Tail(entry.stream)
    for number, record in enumerate(_records(tail)):
        if number >= entry.budget.limits.members:
            raise Exhausted(f"more than {number} records")
        if record.rec_type in _PAYLOADS or record.rec_type == "revisit":
            found += 1
            yield _reply(entry, record)
        elif record.rec_type not in _NOTES:
            damaged = True
    ends = (b"\n",) if entry.head.startswith(ARC) else (b"\r\n\r\n", b"\n\n")
    tail.check(whole=tail.last.endswith(ends))
    if damaged or number < 0:
        yield Unread(entry.source, "damaged: a part of it is no record", failed=True)
    elif not found:
        yield Unread(entry.source, "archive without replies")


def _records(tail: Tail) -> Iterator[Any]:
    """Give the records; a cut in the middle of a header, which warcio takes for damage, is told as what it is."""
    archive = ArchiveIterator(tail, arc2warc=True)
    archive.reader = heads = Heads(archive.fh)
    archive.INC_RECORD = ""  # it writes this on the screen; what is wrong is told in the report
    records = iter(archive)
    while True:
        heads.begin()
        try:
            record = next(records, None)
        except (Exhausted, OSError):
            raise
        except Exception:
            tail.check(whole=bool(tail.read(1)))
            raise
        if record is None:
            return
        yield record


def _reply(entry: Entry, record: Any) -> Found:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    source = f"{entry.source}!{shown(url)[:300]}"
    if unread := _no_page(record, url, source):
        return unread
    try:
        body = _payload(record, entry.budget.limits)
    except (Exceeded, Undecodable) as error:
        return Unread(source, str(error), failed=True)
    kind = _content_type(record)
    try:
        fetched = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        fetched = None
    if not host_of(url):
        url = page_url(_path(url), body)
        if body and not looks.begins_as_html(body) and not looks.is_reply(body):
            return Unread(source, f"asset: {shown(kind)[:80] or 'no page'}")
    return replies.page(url, source, body, kind, fetched)


def _path(url: str) -> str:
    """Give the path of a file that was put into an archive without being fetched."""
    return unquote(url.partition(":")[2]).replace("\\", "/").lstrip("/")


def _no_page(record: Any, url: str, source: str) -> Unread | None:
    """Say why a record cannot be a page, by its headers alone; None when it can."""
    if record.rec_type == "revisit":
        return replies.unread(url, source, "revisit: the payload is in an earlier record")
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not host_of(url) and url and not url.lower().startswith("file:"):
        return Unread(source, f"asset: {shown(_content_type(record))[:80] or 'no page'}")
    return replies.no_page(url, source, status, _content_type(record))


def _content_type(record: Any) -> str:
    return (record.http_headers or record.rec_headers).get_header("Content-Type") or ""


def _payload(record: Any, limits: Limits) -> bytes:
    """Read the payload, its transfer and content encodings undone."""
    data = record.raw_stream.read(limits.container_bytes + 1)
    while more := record.raw_stream.read(limits.container_bytes + 1 - len(data)):
        data += more
    if len(data) > limits.container_bytes:
        raise Exceeded(f"larger than {limits.container_bytes // MIB} MiB")
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise EOFError("the record is shorter than its header says")
    if record.http_headers is None:
        return bytes(data)
    if "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower():
        data = dechunk(data)
    return undo(data, record.http_headers.get_header("Content-Encoding") or "", limits.member_bytes)

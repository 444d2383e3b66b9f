"""Reads WARC, and ARC before it: the records of a crawl, with their requests, replies and revisits."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from crawler.archive import looks, replies, warc_digest
from crawler.archive.address import article_at, host_of, original, page_url
from crawler.archive.entry import Entry
from crawler.archive.found import Exceeded, Exhausted, Found, Limits, Unread, shown
from crawler.archive.payload import Undecodable, dechunk, undo
from crawler.archive.reasons import reason_of
from crawler.archive.warc_records import ARC, Records
from crawler.archive.warc_writer import WarcWriter

__all__ = ["ARC", "WarcWriter", "read"]

_PAYLOADS = ("response", "resource", "conversion", "revisit")
_NOTES = ("warcinfo", "request", "metadata", "continuation", "arc_header")


def read(entry: Entry) -> Iterator[Found]:
    """Read every reply; requests and notes about the crawl belong to the replies and are passed over.

    What is damaged is told, and reading goes on behind it.
    """
    records = Records(entry.stream, arc=entry.head.startswith(ARC))
    if entry.lost:
        records.note(entry.lost)
    try:
        yield from _replies(entry, records)
    except Exception:  # it is cut off: what was damaged before that is told, too
        if records.damage:
            yield Unread(entry.source, reason_of(records.damage), failed=True)
        raise
    if records.damage:
        yield Unread(entry.source, reason_of(records.damage), failed=True)


def _replies(entry: Entry, records: Records) -> Iterator[Found]:
    found = 0
    for number, record in enumerate(records):
        if number >= entry.budget.limits.members:
            raise Exhausted(f"more than {number} records")
        if record.rec_type in _PAYLOADS:
            found += 1
            yield _whole(_reply(entry, record, records), record, records)
        elif record.rec_type not in _NOTES:
            records.note(ValueError(records.fault() or "a part of it is no record"))
    if not found and not records.damage:
        yield Unread(entry.source, "archive without replies")


def _whole(found: Found, record: Any, records: Records) -> Found:
    """Give what was made of a record when the record is whole."""
    fault = records.fault()
    if not fault:
        return found
    if isinstance(found, Unread) and not found.failed and not article_at(found.url):
        records.note(ValueError(fault))
        return found
    return Unread(found.source, reason_of(ValueError(fault)), failed=True, url=original(_url(record)))


def _reply(entry: Entry, record: Any, records: Records) -> Found:
    url = _url(record)
    source = f"{entry.source}!{shown(url)[:300]}"
    if unread := _no_page(record, url, source):
        return unread
    try:
        body = _payload(record, records, entry.budget.limits)
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


def _url(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")


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


def _payload(record: Any, records: Records, limits: Limits) -> bytes:
    """Read the payload, its transfer and content encodings undone."""
    data = records.payload(limits.container_bytes)
    whole, body = data, data
    if record.http_headers is not None:
        if "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower():
            whole = dechunk(data)
        body = undo(whole, record.http_headers.get_header("Content-Encoding") or "", limits.member_bytes)
    if not warc_digest.fits(record.rec_headers, _forms(data, records.head, whole, body)):
        raise Undecodable("damaged: its digest is not the one that was written down")
    return body


def _forms(data: bytes, head: bytes, whole: bytes, body: bytes) -> Iterator[bytes]:
    """Give what a digest may be of; it is mostly of the first, and the others need not be made."""
    yield data
    yield head + data
    yield whole
    yield body

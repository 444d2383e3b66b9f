"""Reads WARC, and ARC before it: the records of a crawl, with their requests, replies and revisits."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from crawler.archive import detect
from crawler.archive.entry import Entry
from crawler.archive.http import replies
from crawler.archive.http.payload import dechunk, undo
from crawler.archive.model import Exceeded, Exhausted, Limits, ReadResult, Skipped, Undecodable, printable, reason_of
from crawler.archive.saved_url import article_at, host_of, original, saved_url
from crawler.archive.warc import digest
from crawler.archive.warc.damaged import ARC, Records
from crawler.archive.warc.writer import WarcWriter

__all__ = ["ARC", "WarcWriter", "read"]

_PAYLOADS = ("response", "resource", "conversion", "revisit")
_NOTES = ("warcinfo", "request", "metadata", "continuation", "arc_header")


def read(entry: Entry) -> Iterator[ReadResult]:
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
            yield Skipped(entry.source, reason_of(records.damage), failed=True)
        raise
    if records.damage:
        yield Skipped(entry.source, reason_of(records.damage), failed=True)


def _replies(entry: Entry, records: Records) -> Iterator[ReadResult]:
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
        yield Skipped(entry.source, "archive without replies")


def _whole(found: ReadResult, record: Any, records: Records) -> ReadResult:
    """Give what was made of a record when the record is whole."""
    fault = records.fault()
    if not fault:
        return found
    if isinstance(found, Skipped) and not found.failed and not found.code:
        records.note(ValueError(fault))
        return found
    return Skipped(found.source, reason_of(ValueError(fault)), failed=True, code=article_at(original(_url(record))))


def _reply(entry: Entry, record: Any, records: Records) -> ReadResult:
    url = _url(record)
    source = f"{entry.source}!{printable(url)[:300]}"
    if skipped := _no_page(record, url, source):
        return skipped
    try:
        body = _payload(record, records, entry.budget.limits)
    except (Exceeded, Undecodable) as error:
        return Skipped(source, str(error), failed=True)
    kind = _content_type(record)
    try:
        fetched = datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        fetched = None
    if not host_of(url):
        url = saved_url(_path(url), body)
        if body and not detect.begins_as_html(body) and not detect.is_reply(body):
            return Skipped(source, f"asset: {printable(kind)[:80] or 'no page'}")
    return replies.page(url, source, body, kind, fetched)


def _path(url: str) -> str:
    """Give the path of a file that was put into an archive without being fetched."""
    return unquote(url.partition(":")[2]).replace("\\", "/").lstrip("/")


def _url(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")


def _no_page(record: Any, url: str, source: str) -> Skipped | None:
    """Say why a record cannot be a page, by its headers alone; None when it can."""
    if record.rec_type == "revisit":
        return replies.skipped(url, source, "revisit: the payload is in an earlier record")
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if not host_of(url) and url and not url.lower().startswith("file:"):
        return Skipped(source, f"asset: {printable(_content_type(record))[:80] or 'no page'}")
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
    if not digest.fits(record.rec_headers, _forms(data, records.head, whole, body)):
        raise Undecodable("damaged: its digest is not the one that was written down")
    return body


def _forms(data: bytes, head: bytes, whole: bytes, body: bytes) -> Iterator[bytes]:
    """Give what a digest may be of; it is mostly of the first, and the others need not be made."""
    yield data
    yield head + data
    yield whole
    yield body

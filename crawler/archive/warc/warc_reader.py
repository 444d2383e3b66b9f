"""Reads WARC, and ARC before it: the records of a crawl, with their requests, replies and revisits."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from urllib.parse import unquote

from crawler.archive import detect
from crawler.archive.budget import Budget
from crawler.archive.entry import Entry
from crawler.archive.http import replies
from crawler.archive.http.head import Reply, reply
from crawler.archive.http.payload import dechunk, undo
from crawler.archive.model import Exceeded, Exhausted, ReadResult, Skipped, Undecodable, printable, reason_of
from crawler.archive.saved_url import article_at, host_of, original, saved_url
from crawler.archive.warc import digest
from crawler.archive.warc.recovery import ARC, Record, Recovery
from crawler.archive.warc.whole import whole_records
from crawler.archive.window import Window

_PAYLOADS = ("response", "resource", "conversion", "revisit")
_NOTES = ("warcinfo", "request", "metadata", "continuation", "arc_header")


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file begins with a record, or with that of the format before it."""
    return head.lstrip(b"\r\n").startswith((b"WARC/", ARC))


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read every reply; what is damaged is told, and reading goes on behind it."""
    window = Window(entry.stream, entry.budget.limits.container_bytes)
    yield from read_records(entry, chain(whole_records(window), Recovery(entry, window).records()))


def read_records(entry: Entry, records: Iterable[Record]) -> Iterator[ReadResult]:
    """Read the replies; requests and notes about the crawl belong to the replies and are passed over."""
    found = 0
    for number, record in enumerate(records):
        entry.budget.members += 1
        if number >= entry.budget.limits.members:
            raise Exhausted(f"more than {number} records")
        if record.kind in _PAYLOADS:
            found += 1
            result = _reply(entry, record)
            if record.fault and isinstance(result, Skipped) and not result.failed and not article_at(result.url):
                entry.note(ValueError(record.fault))
            yield result
        elif record.kind not in _NOTES or record.fault:
            entry.note(ValueError(record.fault or "a part of it is no record"))
    if not found and not entry.damage:
        yield Skipped(entry.source, "archive without replies")


def _reply(entry: Entry, record: Record) -> ReadResult:
    url = record.url
    host = host_of(url)
    http = _http(record, host)
    source = f"{entry.source}!{printable(url)[:300]}"
    kind = (http.headers if http else record.headers).get("content-type", "")
    skipped = _no_page(record, host, http, source, kind)
    if record.fault and not (skipped and not article_at(skipped.url)):
        fault = record.fault if record.fault.startswith("larger") else reason_of(ValueError(record.fault))
        return Skipped(source, fault, failed=True, url=original(url))
    if skipped:
        return skipped
    if record.kind == "response" and not url:
        return Skipped(source, "damaged: its address is not told", failed=True)
    try:
        body = _payload(record, http, entry.budget)
    except (Exceeded, Undecodable) as error:
        return Skipped(source, str(error), failed=True)
    try:
        fetched = datetime.fromisoformat(record.headers.get("warc-date", ""))
    except ValueError:
        fetched = None
    if not host:
        url = saved_url(_path(url), body)
        if body and not detect.begins_as_html(body) and not detect.is_reply(body):
            return Skipped(source, f"asset: {printable(kind)[:80] or 'no page'}")
    return replies.page(url, source, body, kind, fetched)


def _http(record: Record, host: str) -> Reply | None:
    """Give the reply in the block of a record; one that should be there and is not has no status."""
    if record.kind not in ("response", "revisit") or not host:
        return None
    return reply(record.block) or Reply("", {}, b"", record.block)


def _path(url: str) -> str:
    """Give the path of a file that was put into an archive without being fetched."""
    return unquote(url.partition(":")[2]).replace("\\", "/").lstrip("/")


def _no_page(record: Record, host: str, http: Reply | None, source: str, kind: str) -> Skipped | None:
    """Say why a record cannot be a page, by its headers alone; None when it can."""
    url = record.url
    if record.kind == "revisit":
        return replies.skipped(url, source, "revisit: the payload is in an earlier record")
    if not host and url and not url.lower().startswith("file:"):
        return Skipped(source, f"asset: {printable(kind)[:80] or 'no page'}")
    if http and not http.head:
        return None if record.fault else Skipped(source, "damaged: it has no head of a reply", failed=True)
    return replies.no_page(url, source, http.status if http else "200", kind)


def _payload(record: Record, http: Reply | None, budget: Budget) -> bytes:
    """Give the payload, its transfer and content encodings undone; raises Exceeded, Undecodable."""
    data, head = (http.payload, http.head) if http else (record.block, b"")
    whole, body = data, data
    if http:
        if "chunked" in http.headers.get("transfer-encoding", "").lower():
            whole = dechunk(data)
        body = undo(budget, whole, http.headers.get("content-encoding", ""))
    elif len(data) > (most := budget.limits.member_bytes):
        raise Exceeded(f"larger than {most >> 20} MiB")
    if not digest.fits(record.headers, (data, head + data, whole, body)):
        raise Undecodable("damaged: its digest is not the one that was written down")
    return body

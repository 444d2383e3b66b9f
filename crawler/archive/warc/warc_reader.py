"""Reads WARC, and ARC before it: the records of a crawl, with their requests, replies and revisits."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any, BinaryIO
from urllib.parse import unquote

from crawler.archive import detect
from crawler.archive.budget import Budget
from crawler.archive.compression.decoders import DAMAGE
from crawler.archive.compression.verified import Coding, Verified
from crawler.archive.entry import Cut, Entry, reporting_errors
from crawler.archive.http import replies
from crawler.archive.http.head import Reply, reply
from crawler.archive.http.payload import dechunk, undo
from crawler.archive.model import Exceeded, Exhausted, ReadResult, Skipped, Undecodable, printable, reason_of
from crawler.archive.saved_url import article_at, host_of, original, saved_url
from crawler.archive.stretch import ends, stretch
from crawler.archive.warc.recovery import ARC, Record, Recovery
from crawler.archive.warc.whole import whole_records
from crawler.archive.window import Window
from crawler.patterns import compiled

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
    content_type = (http.headers if http else record.headers).get("content-type", "")
    skipped = _no_page(record, host, http, source, content_type)
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
            return Skipped(source, f"asset: {printable(content_type)[:80] or 'no page'}")
    return replies.page(url, source, body, content_type, fetched)


def _http(record: Record, host: str) -> Reply | None:
    """Give the reply in the block of a record; one that should be there and is not has no status."""
    if record.kind not in ("response", "revisit") or not host:
        return None
    return reply(record.block) or Reply("", {}, b"", record.block)


def _path(url: str) -> str:
    """Give the path of a file that was put into an archive without being fetched."""
    return unquote(url.partition(":")[2]).replace("\\", "/").lstrip("/")


def _no_page(record: Record, host: str, http: Reply | None, source: str, content_type: str) -> Skipped | None:
    """Say why a record cannot be a page, by its headers alone; None when it can."""
    url = record.url
    if record.kind == "revisit":
        return replies.skipped(url, source, "revisit: the payload is in an earlier record")
    if not host and url and not url.lower().startswith("file:"):
        return Skipped(source, f"asset: {printable(content_type)[:80] or 'no page'}")
    if http and not http.head:
        return None if record.fault else Skipped(source, "damaged: it has no head of a reply", failed=True)
    return replies.no_page(url, source, http.status if http else "200", content_type)


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
    if not digest_fits(record.headers, (data, head + data, whole, body)):
        raise Undecodable("damaged: its digest is not the one that was written down")
    return body


_FIELDS = ("warc-payload-digest", "warc-block-digest")
_ALGORITHMS = frozenset({"sha1", "sha256", "sha384", "sha512", "md5"})


def digest_fits(headers: Mapping[str, str], forms: Iterable[bytes]) -> bool:
    """Tell whether a digest is that of the record in one of its ``forms``, or whether there is none to be compared.

    Writers do not agree on what a digest is of: the payload as it was sent, without its chunks, decoded, or with the
    head before it. Damaged data fits in none of them. A record that says that it is a part has the digest of the whole.
    """
    if headers.get("warc-truncated") or headers.get("warc-segment-number"):
        return True
    told = [digest for field in _FIELDS for digest in _known(headers.get(field, ""))]
    return not told or any(value in _spelled(name, form) for form in forms for name, value in told)


def _known(field: str) -> Iterator[tuple[str, str]]:
    """Give the algorithm and the value of a digest that can be computed."""
    label, _, value = field.strip().partition(":")
    name, value = label.lower().replace("-", ""), value.strip().rstrip("=").lower()
    if name in _ALGORITHMS and len(value) in map(len, _spelled(name, b"")):
        yield name, value


def _spelled(name: str, data: bytes) -> tuple[str, ...]:
    """Spell a digest as it may be written: in base 32, 16 or 64."""
    digest = hashlib.new(name, data, usedforsecurity=False).digest()
    spelled = base64.b32encode(digest), base64.b16encode(digest), base64.b64encode(digest)
    return tuple(text.decode().rstrip("=").lower() for text in spelled)


_MARK = compiled(rb"(?<=\r\n\r\n)WARC/\d\.\d\r\n")
_HEAD = 1 << 16


def _read(entry: Entry, start: int, end: int) -> Iterator[ReadResult]:
    stream = stretch(entry.stream, start, end)
    yield from reporting_errors(Entry(entry.source, entry.path, stream, entry.budget, entry.read), _whole)


def _whole(entry: Entry) -> Iterator[ReadResult]:
    yield from read_records(entry, _whole_records(entry))


def _whole_records(entry: Entry) -> Iterator[Record]:
    """Give the records of a section; raises where not every one proved whole: what follows then is another matter."""
    window = Window(entry.stream, entry.budget.limits.container_bytes)
    yield from whole_records(window)
    if window.fill(1) or window.gap or window.error:
        raise ValueError("a record does not prove whole")


PLAIN = Cut(lambda file, size: ends(file, _MARK, size), _read)


def compressed(coding: Coding) -> Cut:
    """Make what cuts the compressed ones: a stream of theirs begins with a record, as their standard has it."""
    return Cut(partial(_ends, coding), partial(_decoded, coding))


def _ends(coding: Coding, file: BinaryIO, size: int) -> Iterator[int]:
    file.seek(0)
    if _begins_as_warc(coding.new(), file.read(_HEAD)):
        yield from ends(file, coding.begins, size)


def _begins_as_warc(decoder: Any, data: bytes) -> bool:
    try:
        return bool(decoder.decompress(data, _HEAD).startswith(b"WARC/"))
    except DAMAGE:
        return False


def _decoded(coding: Coding, entry: Entry, start: int, end: int) -> Iterator[ReadResult]:
    budget, stream = entry.budget, stretch(entry.stream, start, end)
    verified = Verified(stream, coding, budget.limits, budget.check, seekable=True)
    yield from reporting_errors(entry.inside(entry.path, verified), _whole)

"""Reads MHTML: a page and its pictures in one message."""

import email
import email.policy
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, MessageDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.utils import parsedate_to_datetime

from crawler.archive import looks
from crawler.archive.address import original
from crawler.archive.entry import Entry
from crawler.archive.found import Found, Unread, shown
from crawler.items import Page

_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)


def read(entry: Entry) -> Iterator[Found]:
    """Read the HTML parts; every other part is a companion of them."""
    data = entry.everything(entry.budget.limits.container_bytes)
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    cut = any(isinstance(defect, _CUT) for part in message.walk() for defect in _defects(part))
    pages = 0
    for number, part in enumerate(parts):
        location = str(part.get("Content-Location") or "")
        source = f"{entry.source}!{shown(location) or number}"
        kind = part.get_content_type()
        if cut and part is parts[-1]:
            break
        if kind not in ("text/html", "application/xhtml+xml", "application/json"):
            yield Unread(source, f"asset: {shown(kind)}")
            continue
        if pages and not part.get_filename() and not location.startswith("http"):
            yield Unread(source, "asset: a frame of the page")
            continue
        yield _page(message, part, location, source)
        pages += 1
    if cut:
        yield Unread(entry.source, "truncated: the message does not end", failed=True)
    elif not parts:
        yield Unread(entry.source, "empty archive")


def _defects(part: Message) -> list[MessageDefect]:
    return list(part.defects)


def _page(message: Message, part: Message, location: str, source: str) -> Found:
    body = part.get_payload(decode=True)
    body = body if isinstance(body, bytes) else b""
    if reason := looks.why_no_page(body):
        return Unread(source, reason)
    url = location if location.startswith("http") else str(message.get("Snapshot-Content-Location") or "")
    try:
        fetched = parsedate_to_datetime(str(message["Date"])).astimezone() if message["Date"] else None
    except (ValueError, TypeError, OverflowError):
        fetched = None
    return Page(url=original(url), body=body, encoding=part.get_content_charset(), fetched=fetched, source=source)

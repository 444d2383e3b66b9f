"""Reads MHTML and mail: a page and its pictures in one message."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, MessageDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.utils import parsedate_to_datetime

from crawler.archive import looks
from crawler.archive.address import original
from crawler.archive.entry import Entry
from crawler.archive.found import Exhausted, Found, Unread, shown
from crawler.archive.messages import begin, messages
from crawler.items import Page

SUFFIXES = frozenset({"mht", "mhtml", "eml", "mbox"})
_OF_PAGES = frozenset({"mht", "mhtml"})
_PARTS = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/(?:related|alternative|mixed)", re.IGNORECASE
)
_HEADER = re.compile(rb"[\w-]+:[^\n]*\n")
_HTML_PART = re.compile(rb"^content-type:\s*text/html", re.IGNORECASE | re.MULTILINE)
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file is several parts in a message; by its name alone, a message of one part too."""
    head = looks.in_utf8(head)
    head = head[begin(head) :]
    return (looks.suffix(path) in SUFFIXES and _HEADER.match(head) is not None) or _PARTS.match(head) is not None


def read(entry: Entry) -> Iterator[Found]:
    """Read the HTML parts of every message; every other part is a companion of them."""
    number = 0
    for data in messages(looks.in_utf8(entry.everything(entry.budget.limits.container_bytes))):
        if number >= entry.budget.limits.members:
            raise Exhausted(f"more than {entry.budget.limits.members} members")
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part for part in message.walk() if not part.is_multipart()]
        yield from _parts(entry, message, parts, number)
        number += len(parts)
        if _is_cut(message):
            yield Unread(entry.source, "truncated: the message does not end", failed=True)
        elif not any(map(_is_page, parts)) and (looks.suffix(entry.path) in _OF_PAGES or _HTML_PART.search(data)):
            yield Unread(entry.source, "damaged: the page that it was made for is not in its parts", failed=True)
        elif not parts:
            yield Unread(entry.source, "empty archive")


def _parts(entry: Entry, message: Message, parts: list[Message], first: int) -> Iterator[Found]:
    pages, cut = 0, _is_cut(message)
    for number, part in enumerate(parts, first):
        location = str(part.get("Content-Location") or "")
        source = f"{entry.source}!{shown(location) or number}"
        if cut and part is parts[-1]:
            break
        if not _is_page(part):
            yield Unread(source, f"asset: {shown(part.get_content_type())}")
            continue
        if pages and not part.get_filename() and not location.startswith("http"):
            yield Unread(source, "asset: a frame of the page")
            continue
        yield _page(message, part, location, source)
        pages += 1


def _is_page(part: Message) -> bool:
    return part.get_content_type() in {"text/html", "application/xhtml+xml", "application/json"}


def _is_cut(message: Message) -> bool:
    return any(isinstance(defect, _CUT) for part in message.walk() for defect in _defects(part))


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

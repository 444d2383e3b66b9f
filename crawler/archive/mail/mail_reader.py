"""Reads MHTML and mail: a page and its pictures in one message."""

import email
import email.policy
import io
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from posixpath import splitext

from crawler.archive import detect
from crawler.archive.entry import Entry
from crawler.archive.mail import message_parts
from crawler.archive.mail.messages import begin, messages
from crawler.archive.model import Exhausted, ReadResult, Skipped, printable
from crawler.patterns import compiled

_OF_PAGES = frozenset({"mht", "mhtml"})
_PARTS = compiled(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/(?:related|alternative|mixed)", re.IGNORECASE
)
_HEADER = compiled(rb"[\w-]+:[^\n]*\n")
_HTML_PART = compiled(rb"^content-type:\s*text/html", re.IGNORECASE | re.MULTILINE)
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file is several parts in a message."""
    head = detect.in_utf8(head)
    return _PARTS.match(head, begin(head)) is not None


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read the HTML parts of every message, and the files attached; every other part is a companion of them."""
    head, number = detect.in_utf8(entry.head), 0
    if not _HEADER.match(head, begin(head)):
        raise ValueError(f"it does not begin as a .{detect.suffix(entry.path)} does")
    for data in messages(detect.in_utf8(entry.everything(entry.budget.limits.container_bytes))):
        if number >= entry.budget.limits.members:
            raise Exhausted(f"more than {entry.budget.limits.members} members")
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        parts = [part for part in message.walk() if not part.is_multipart()]
        yield from _parts(entry, message, parts, number)
        number += len(parts)
        if _is_cut(message):
            yield Skipped(entry.source, "truncated: the message does not end", failed=True)
        elif _lacks_page(entry.path, data, parts):
            yield Skipped(entry.source, "damaged: the page that it was made for is not in its parts", failed=True)
        elif not parts:
            yield Skipped(entry.source, "empty archive")


def _parts(entry: Entry, message: Message, parts: list[Message], first: int) -> Iterator[ReadResult]:
    """Read the parts of a message; the first page is the message's own, unless it comes with files attached."""
    owner, cut = None, _is_cut(message)
    date, stated = str(message["Date"] or ""), str(message["Snapshot-Content-Location"] or "")
    place = "" if first or any(map(message_parts.is_attached, parts)) else f"{splitext(entry.path)[0]}.html"
    for number, part in enumerate(parts, first):
        if cut and part is parts[-1]:
            break
        source = f"{entry.source}!{printable(str(part['Content-Location'] or '')) or number}"
        if message_parts.is_page(part):
            found = message_parts.page(part, source, date, *(("", "") if owner else (stated, place)))
            if owner and message_parts.is_frame(part, found, owner):
                found = Skipped(source, "asset: a frame of the page")
            owner = owner or found
            yield found
        elif message_parts.is_attached(part):
            name = message_parts.file_name(part)
            yield from entry.read(entry.inside(name, io.BytesIO(message_parts.payload(part)), name))
        else:
            yield Skipped(source, f"asset: {printable(part.get_content_type())}")


def _lacks_page(path: str, data: bytes, parts: list[Message]) -> bool:
    """Tell whether there should be a page in a message, and is none: by its name, or by what it speaks of."""
    if any(map(message_parts.is_page, parts)):
        return False
    spoken_of = _HTML_PART.search(data) is not None and not any(map(message_parts.is_attached, parts))
    return detect.suffix(path) in _OF_PAGES or spoken_of


def _is_cut(message: Message) -> bool:
    return any(isinstance(defect, _CUT) for part in message.walk() for defect in part.defects)

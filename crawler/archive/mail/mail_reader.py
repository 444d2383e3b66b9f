"""Reads MHTML and mail, one message, several that were joined, or a mailbox: a page and its pictures in each."""

import email
import email.policy
import io
import re
from collections.abc import Iterator
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesHeaderParser
from posixpath import splitext

from crawler.archive import detect
from crawler.archive.entry import Entry
from crawler.archive.mail import message_parts
from crawler.archive.model import Exhausted, ReadResult, Skipped, printable
from crawler.patterns import compiled

_HEAD = 1 << 16
_BLANK = compiled(rb"\n\r?\n")
_FRONT = compiled(rb"\s*(?:\xef\xbb\xbf)?\s*(?P<line>(?:From |HTTP/\d)[^\r\n]*\r?\n)?")
_MAIL = compiled(rb"^From [^\n]*\n(?=[\w-]+:)", re.MULTILINE)
_AGAIN = compiled(
    _FRONT.pattern + rb"(?=(?:From|To|Subject|Date|MIME-Version|Received|Return-Path|Message-ID|Content-[\w-]+"
    rb"|Snapshot-[\w-]+|X-[\w-]+):)",
    re.IGNORECASE,
)


def begin(data: bytes) -> int:
    """Tell where the first header is: behind a byte order mark, a mailbox's line or a reply's, when there is one."""
    return _FRONT.match(data).end()  # type: ignore[union-attr]  # it matches nothing, too


def messages(data: bytes) -> Iterator[bytes]:
    """Give every message, from its first header on."""
    starts = [0]
    if data[: begin(data)].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"From "):
        starts = [match.start() for match in _MAIL.finditer(data)] or starts
    for start, end in zip(starts, [*starts[1:], len(data)], strict=True):
        yield from _joined(data[start:end])


def _joined(data: bytes) -> Iterator[bytes]:
    """Give a message, and those that begin behind the end of its parts."""
    at = begin(data)
    while following := _AGAIN.match(data, end := _end(data, at)):
        yield data[at:end]
        at = following.end()
    yield data[at:]


def _end(data: bytes, start: int) -> int:
    """Tell where the parts of a message end; the end of the data when they do not, or there are none."""
    blank = _BLANK.search(data, start, start + _HEAD)
    boundary = BytesHeaderParser().parsebytes(data[start : blank.start() if blank else start + _HEAD]).get_boundary()
    if not boundary:
        return len(data)
    mark = re.escape(boundary.encode("utf-8", "surrogateescape"))
    last = re.compile(rb"^--%b--[ \t]*\r?$" % mark, re.MULTILINE).search(data, start)
    return last.end() if last else len(data)


_OF_PAGES = frozenset({"mht", "mhtml"})
_FIELDS = rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
_PARTS = compiled(
    rb"%bcontent-type:\s*multipart/(?:related|alternative|mixed)"
    rb"|(?=%b(?:mime-version|message-id):)%bcontent-type:\s*text/(?:html|plain)" % (_FIELDS, _FIELDS, _FIELDS),
    re.IGNORECASE,
)
_HEADER = compiled(rb"[\w-]+:[^\n]*\n")
_HTML_PART = compiled(rb"^content-type:\s*text/html", re.IGNORECASE | re.MULTILINE)
_CUT = (CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect)


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file is several parts in a message, or a mail (in a Maildir they have no suffix)."""
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
            yield message_parts.beside(part, source, date, alone=not any(map(message_parts.is_page, parts)))


def _lacks_page(path: str, data: bytes, parts: list[Message]) -> bool:
    """Tell whether there should be a page in a message, and is none: by its name, or by what it speaks of."""
    if any(map(message_parts.is_page, parts)):
        return False
    spoken_of = _HTML_PART.search(data) is not None and not any(map(message_parts.is_attached, parts))
    return detect.suffix(path) in _OF_PAGES or spoken_of


def _is_cut(message: Message) -> bool:
    return any(isinstance(defect, _CUT) for part in message.walk() for defect in part.defects)

"""Finds the messages in a file: one as a rule, several that were joined, or the mails of a mailbox."""

import re
from collections.abc import Iterator
from email.parser import BytesHeaderParser

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

"""Reads tar archives as a stream, member by member."""

import io
import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from crawler.archive.entry import Entry
from crawler.archive.found import Exhausted, Found, Unread, shown


class _Tail:
    """Passes reads on and remembers the last bytes: a whole tar ends with zeros."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self.last = b""

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.last = (self.last + data)[-512:]
        return data


def read(entry: Entry) -> Iterator[Found]:
    """Read every member; links and devices are reported."""
    tail = _Tail(entry.stream)
    with tarfile.open(fileobj=cast("BinaryIO", tail), mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
        for count, info in enumerate(archive):
            archive.members = []  # type: ignore[attr-defined]  # it keeps every member's header otherwise
            if count >= entry.budget.limits.members:
                raise Exhausted(f"more than {entry.budget.limits.members} members")
            if info.isdir():
                continue
            name = shown(info.name)
            stream = archive.extractfile(info) if info.isreg() else None
            if stream is None:
                yield Unread(f"{entry.source}!{name}", "not a file: a link or a device")
                continue
            yield from entry.read(entry.member(name, name, cast("BinaryIO", stream)))
    if tail.last.strip(b"\0"):
        raise EOFError("no end-of-archive mark")

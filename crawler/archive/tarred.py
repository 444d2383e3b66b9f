"""Reads tar archives as a stream, member by member."""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from crawler.archive.entry import Entry
from crawler.archive.found import Exhausted, Found, Unread, shown
from crawler.archive.streams import Tail


def read(entry: Entry) -> Iterator[Found]:
    """Read every member; links and devices are reported."""
    tail = Tail(entry.stream)
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
    tail.check(whole=not tail.last.strip(b"\0"))

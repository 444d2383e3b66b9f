"""Reads tar archives as a stream, member by member."""

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from crawler.archive import detect
from crawler.archive.entry import Entry
from crawler.archive.http import http_cache
from crawler.archive.model import Exhausted, Gap, ReadResult, Skipped, printable, reason_of
from crawler.archive.tar.blocks import Blocks, is_header


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file begins with a tar's header: of the oldest kind, only when it is called so."""
    return head[257:262] == b"ustar" or (detect.suffix(path) == "tar" and is_header(head[:512]))


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read every member, of all archives that were joined, and behind what is damaged; links and devices are told."""
    blocks, empty = Blocks(entry.stream, entry.lost), True
    for found in _members(entry, blocks):
        empty = False
        yield found
    if blocks.damage:
        yield Skipped(entry.source, reason_of(blocks.damage), failed=True)
    elif empty:
        yield Skipped(entry.source, "empty archive")
    elif blocks.late:
        yield Skipped(entry.source, "damaged: it begins with empty blocks", failed=True)


def _members(entry: Entry, blocks: Blocks) -> Iterator[ReadResult]:
    for count, (archive, info) in enumerate(_headers(blocks)):
        if count >= entry.budget.limits.members:
            raise Exhausted(f"more than {entry.budget.limits.members} members")
        if info.isdir():
            continue
        name = printable(info.name)
        source, stream = f"{entry.source}!{name}", archive.extractfile(info) if info.isreg() else None
        if stream is None:
            yield Skipped(source, "not a file: a link or a device")
        elif http_cache.is_part(name):  # its parts may stand anywhere, and none tells alone what it is
            lost = name.endswith("response_body")
            reason = "a reply of an HTTP cache in a tar: unpack the tar first" if lost else http_cache.PART
            yield Skipped(source, reason, failed=lost)
        else:
            yield from entry.read(entry.member(name, name, cast("BinaryIO", stream)))


def _headers(blocks: Blocks) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Give the header of every member, with the archive that it is in."""
    while blocks.begin():
        file = cast("BinaryIO", blocks)
        with tarfile.open(fileobj=file, mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            error = None
            try:
                for info in archive:
                    archive.members = []  # type: ignore[attr-defined]  # it keeps every member's header otherwise
                    yield archive, info
            except (tarfile.TarError, Gap) as raised:
                error = raised
        blocks.check_end(error)

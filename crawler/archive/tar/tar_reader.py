"""Reads tar archives as a stream, member by member."""

import io
import tarfile
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from crawler.archive import detect
from crawler.archive.entry import Entry
from crawler.archive.http import http_cache
from crawler.archive.model import Exceeded, Exhausted, Gap, ReadResult, Skipped, printable, reason_of
from crawler.archive.tar.blocks import Blocks, is_header


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file begins with a tar's header: of the oldest kind, only when it is called so."""
    return head[257:262] == b"ustar" or (detect.suffix(path) == "tar" and is_header(head[:512]))


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read every member, of all archives that were joined, and behind what is damaged; links and devices are told."""
    blocks, empty = Blocks(entry.stream, entry.lost), True
    for found in _everything(entry, blocks):
        empty = False
        yield found
    if blocks.damage:
        yield Skipped(entry.source, reason_of(blocks.damage), failed=True)
    elif empty:
        yield Skipped(entry.source, "empty archive")
    elif blocks.late:
        yield Skipped(entry.source, "damaged: it begins with empty blocks", failed=True)


def _everything(entry: Entry, blocks: Blocks) -> Iterator[ReadResult]:
    reply = _Reply(entry)
    try:
        yield from _members(entry, blocks, reply)
    except Exception:  # the archive is damaged or cut off: what was read before that counts
        yield from reply.ended()
        raise
    yield from reply.ended()


def _members(entry: Entry, blocks: Blocks, reply: "_Reply") -> Iterator[ReadResult]:
    for count, (archive, info) in enumerate(_headers(blocks)):
        if count >= entry.budget.limits.members:
            raise Exhausted(f"more than {entry.budget.limits.members} members")
        if info.isdir():
            continue
        name = printable(info.name)
        stream = archive.extractfile(info) if info.isreg() else None
        if not reply.takes(name):
            yield from reply.ended()
        if stream is None:
            yield Skipped(f"{entry.source}!{name}", "not a file: a link or a device")
        elif http_cache.is_part(name):
            yield from reply.add(name, entry.member(name, name, cast("BinaryIO", stream)))
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


class _Reply:
    """Members called as the parts of a reply in Scrapy's HTTP cache are: held until their folder is through."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._folder = ""
        self._parts: dict[str, bytes] = {}

    def takes(self, name: str) -> bool:
        """Whether the member may belong to what is held."""
        folder, _, last = name.rpartition("/")
        return http_cache.is_part(name) and folder == self._folder and last not in self._parts

    def add(self, name: str, member: Entry) -> Iterator[ReadResult]:
        """Hold a member, or report it when it is too large."""
        self._folder, _, last = name.rpartition("/")
        try:
            self._parts[last] = member.everything()
        except Exceeded as error:
            yield Skipped(member.source, str(error), failed=True)

    def ended(self) -> Iterator[ReadResult]:
        """Read what is held, as a reply when it is one, and forget it."""
        parts, self._parts = self._parts, {}
        if not http_cache.is_entry(set(parts)):
            for last, data in parts.items():
                name = f"{self._folder}/{last}" if self._folder else last
                yield from self._entry.read(self._entry.member(name, name, io.BytesIO(data)))
            return
        with zipfile.ZipFile(io.BytesIO(), "w") as folder:  # a folder in memory
            for last, data in parts.items():
                folder.writestr(last, data)
            place = f"{self._entry.source}!{self._folder}/"
            yield from http_cache.read(zipfile.Path(folder), self._entry.budget.limits, place)

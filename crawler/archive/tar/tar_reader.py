"""Reads tar archives as a stream, member by member; large ones in sections, where nothing is said of all members."""

import os
import tarfile
from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import Any, BinaryIO, cast

from crawler.archive import detect
from crawler.archive.entry import Cut, Entry, reporting_errors
from crawler.archive.http import http_cache
from crawler.archive.model import Gap, ReadResult, Skipped, TrailingGarbage, printable
from crawler.archive.stretch import stretch


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file begins with a tar's header: of the oldest kind, only when it is called so."""
    return head[257:262] == b"ustar" or (detect.suffix(path) == "tar" and _is_header(head[:512]))


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read every member, of all archives that were joined, and behind what is damaged; links and devices are told."""
    empty = True
    for _, (archive, info) in entry.numbered(headers(entry.stream, entry.note)):
        entry.budget.members += 1
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
            yield from entry.read(entry.inside(name, stream, name))
        empty = False
    if empty and not entry.damage:
        yield Skipped(entry.source, "empty archive")


def headers(
    stream: "BufferedReader[Any]", note: Callable[[Exception], None]
) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Give the header of every member, with the archive that it is in; raises for an archive that is cut off.

    What is damaged, and behind which it goes on, it notes.
    """
    blocks = _Blocks(stream, note)
    while blocks.stopped:
        blocks.stopped = False
        try:
            with tarfile.open(
                fileobj=cast("BinaryIO", blocks),
                mode="r:",
                tarinfo=_Header,
                ignore_zeros=True,  # it goes on behind an end, and behind what is no header, too
                encoding="utf-8",
                errors="surrogateescape",
            ) as archive:
                for info in archive:
                    archive.members = []  # type: ignore[attr-defined]  # it keeps every member's header otherwise
                    yield archive, info
        except (tarfile.TarError, Gap) as error:
            if not blocks.stopped and blocks.is_at_end():
                raise
            blocks.note(error)
            blocks.stopped = True


def _is_header(block: bytes) -> bool:
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


class _Blocks:
    """A stream for ``tarfile`` that only goes forward, up to what is lost.

    tarfile's own reader of streams reads ahead, and what it has read ahead is lost with it.
    """

    def __init__(self, stream: "BufferedReader[Any]", note: Callable[[Exception], None]) -> None:
        self._stream, self.note, self._at = stream, note, 0
        self.stopped = True
        """Whether it stands before what is lost, or before its beginning, and gives nothing."""
        self.ended: bool | None = None
        """Whether the last header was followed by an archive's end; None before the first header."""
        self.last = b""
        """What was read last."""
        self.late = False
        """Whether empty blocks stand where the first header should."""

    def is_at_end(self) -> bool:
        """Tell whether nothing more comes."""
        return not self._stream.peek(1)

    def tell(self) -> int:
        """Tell how many bytes were read."""
        return self._at

    def seekable(self) -> bool:
        """Say that it cannot go back."""
        return False

    def seek(self, position: int) -> int:
        """Read on up to a position, or to the end."""
        if position < self._at:
            raise ValueError("its members stand in no order")
        while self._at < position and self.read(min(position - self._at, 1 << 16)):
            pass
        return self._at

    def read(self, size: int) -> bytes:
        """Read so many bytes, less at the end and where something is lost."""
        pieces: list[bytes] = []
        try:
            while size and not self.stopped and (piece := self._stream.read1(size)):  # read would lose what came before
                pieces.append(piece)
                size -= len(piece)
        except TrailingGarbage:  # left, as gzip itself does
            pass
        except Gap as gap:
            self.note(gap)
            self.stopped = self.ended = True
            raise
        self.last = b"".join(pieces)
        self._at += len(self.last)
        return self.last


class _Header(tarfile.TarInfo):
    """A header that tells its stream how one was met: of most that is wrong with them, tarfile says nothing."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> "_Header":
        """Read the next header; raises EOFError where the archive is cut off, else what tarfile handles."""
        blocks = cast("_Blocks", tarfile_.fileobj)
        try:
            header = super().fromtarfile(tarfile_)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            blocks.late = blocks.late or blocks.ended is None
            blocks.ended = True
            raise
        except tarfile.InvalidHeaderError:  # type: ignore[attr-defined]
            blocks.note(ValueError("what should be a header of it is none"))
            blocks.ended = True if blocks.ended is None else blocks.ended
            raise
        except (tarfile.EmptyHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            if not blocks.stopped and (blocks.last.strip(b"\0") or not blocks.ended):
                raise EOFError("the archive's own end is not there") from error
            raise
        if blocks.late:
            blocks.note(ValueError("it begins with empty blocks"))
        blocks.ended = False
        return header


_END = bytes(1024)
"""What ends an archive."""


def _ends(file: "BufferedReader[Any]", size: int) -> Iterator[int]:
    """Give where sections end; raises where the archive is damaged, or where such is said."""
    damage: list[Exception] = []
    last = file.seek(0)
    for archive, info in headers(file, damage.append):
        if damage or archive.pax_headers:
            raise ValueError
        if info.offset - last >= size:
            yield info.offset
            last = info.offset
    if damage:
        raise damage[0]
    if last:
        yield os.fstat(file.fileno()).st_size


def _read(entry: Entry, start: int, end: int) -> Iterator[ReadResult]:
    is_last = end >= os.fstat(entry.stream.fileno()).st_size
    stream = stretch(entry.stream, start, end, b"" if is_last else _END)
    inside = Entry(entry.source, entry.path, stream, entry.budget, entry.read)
    yield from reporting_errors(inside, read)


CUT = Cut(_ends, _read)

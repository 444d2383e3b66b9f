"""Reads compressed files: gzip, zstd, brotli, bzip2 and xz, around a page or around an archive."""

import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple, cast

import brotli

from crawler.archive import looks
from crawler.archive.entry import Entry
from crawler.archive.found import Found, TrailingGarbage
from crawler.archive.zstd import ZstdFile

_CHUNK = 1 << 14


class _BrotliFile(io.RawIOBase):
    """A brotli stream, read piece by piece; raises EOFError for one that is cut off."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = brotli.Decompressor()
        self._pending = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with decompressed bytes."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._pending and not self._decoder.is_finished():
            ready = self._decoder.can_accept_more_data()
            data = self._stream.read(_CHUNK) if ready else b""
            if ready and not data:
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            self._pending = self._decoder.process(data, output_buffer_limit=1 << 20)
        count = min(len(view), len(self._pending))
        view[:count] = self._pending[:count]
        self._pending = self._pending[count:]
        return count


class _GzipFile(gzip.GzipFile):
    """Gzip that tells what is no gzip behind its data from data that is damaged."""

    def read1(self, size: int = -1) -> bytes:
        """Read up to ``size`` bytes; raises TrailingGarbage."""
        try:
            return super().read1(size)
        except gzip.BadGzipFile as error:
            if self.tell() and str(error).startswith("Not a gzipped file"):
                raise TrailingGarbage("something else stands behind the gzip data") from error
            raise


class Compression(NamedTuple):
    """A compression: its magic (b"" when it has none), its suffixes, and how its stream is opened."""

    magic: bytes
    suffixes: tuple[str, ...]
    open: Callable[[BinaryIO], object]


COMPRESSIONS = (
    Compression(b"\x1f\x8b\x08", ("gz", "gzip", "tgz"), lambda stream: _GzipFile(fileobj=stream)),
    Compression(b"\x28\xb5\x2f\xfd", ("zst", "zstd", "tzst"), ZstdFile),
    Compression(b"BZh", ("bz2", "tbz", "tbz2"), bz2.BZ2File),
    Compression(b"\xfd7zXZ\0", ("xz", "txz"), lzma.LZMAFile),
    Compression(b"\x5d\0\0", ("lzma", "tlz"), lzma.LZMAFile),
    Compression(b"", ("br",), lambda stream: io.BufferedReader(_BrotliFile(stream))),
)


def _compression(head: bytes, path: str) -> Compression | None:
    ending = looks.suffix(path)
    for compression in COMPRESSIONS:
        if compression.magic and head.startswith(compression.magic):
            return compression
        if not compression.magic and ending in compression.suffixes and not looks.begins_as_page(head):
            return compression
    return None


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file is compressed."""
    return _compression(head, path) is not None


def read(entry: Entry) -> Iterator[Found]:
    """Read what the compression holds."""
    compression = _compression(entry.head, entry.path)
    if compression is None:
        raise ValueError("no compression that is known")
    path = entry.path
    if looks.suffix(path) in compression.suffixes:
        stem, _, ending = path.rpartition(".")
        path = f"{stem}.tar" if ending.lower().startswith("t") else stem
    yield from entry.read(entry.unwrapped(path, cast("BinaryIO", compression.open(entry.stream))))

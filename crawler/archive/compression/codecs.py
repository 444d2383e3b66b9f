"""Reads compressed files: gzip, zstd, brotli, bzip2 and xz, around a page or around an archive."""

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

import brotli

from crawler.archive import detect
from crawler.archive.compression import decoders
from crawler.archive.compression.verified import Coding, Verified
from crawler.archive.entry import Entry
from crawler.archive.model import ReadResult
from crawler.archive.zstd import ZstdDecompressor

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


def _gzip_ended(last: bytes, size: int) -> bool:
    """Tell whether the last four bytes are the size, as at the end of a gzip member: nearly, for it went astray."""
    told = int.from_bytes(last[-4:], "little")
    return told > 0 < size and abs(told - size % (1 << 32)) < 1 << 16


_GZIP = Coding(
    decoders.gunzip,
    re.compile(rb"\x1f\x8b"),
    re.compile(rb"\x1f\x8b\x08[\0-\x1f].{4}[\0\2\4][\0-\x0d\xff]", re.DOTALL),
    _gzip_ended,
)
_ZSTD = Coding(
    ZstdDecompressor,
    re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
    re.compile(rb"\x28\xb5\x2f\xfd"),
)
_BZIP = Coding(decoders.bunzip, re.compile(rb"BZh"), re.compile(rb"BZh[1-9]1AY&SY"), blocks=True)
_XZ = Coding(
    decoders.unxz,
    re.compile(rb"\xfd7zXZ\0"),
    re.compile(rb"\xfd7zXZ\0"),
    lambda last, _: last.rstrip(b"\0").endswith(b"YZ"),
)
_LZMA = Coding(decoders.unxz, re.compile(rb"(?!)"), re.compile(rb"(?!)"))  # it has neither a mark nor a checksum


class Compression(NamedTuple):
    """A compression: its magic (b"" when it has none), its suffixes, and how it is written; None for brotli."""

    magic: bytes
    suffixes: tuple[str, ...]
    coding: Coding | None


COMPRESSIONS = (
    Compression(b"\x1f\x8b\x08", ("gz", "gzip", "tgz"), _GZIP),
    Compression(b"\x28\xb5\x2f\xfd", ("zst", "zstd", "tzst"), _ZSTD),
    Compression(b"BZh", ("bz2", "tbz", "tbz2"), _BZIP),
    Compression(b"\xfd7zXZ\0", ("xz", "txz"), _XZ),
    Compression(b"\x5d\0\0", ("lzma", "tlz"), _LZMA),
    Compression(b"", ("br",), None),
)


def _compression(head: bytes, path: str) -> Compression | None:
    ending = detect.suffix(path)
    for compression in COMPRESSIONS:
        if compression.magic and head.startswith(compression.magic):
            return compression
        if not compression.magic and ending in compression.suffixes and not detect.begins_as_page(head):
            return compression
    return None


def matches(head: bytes, path: str) -> bool:
    """Tell whether a file is compressed."""
    return _compression(head, path) is not None


def read(entry: Entry) -> Iterator[ReadResult]:
    """Read what the compression holds."""
    compression = _compression(entry.head, entry.path)
    if compression is None:
        raise ValueError("no compression that is known")
    path = entry.path
    if detect.suffix(path) in compression.suffixes:
        stem, _, ending = path.rpartition(".")
        path = f"{stem}.tar" if ending.lower().startswith("t") else stem
    yield from entry.read(entry.unwrapped(path, cast("BinaryIO", _opened(compression, entry))))


def _opened(compression: Compression, entry: Entry) -> io.RawIOBase:
    if compression.coding is None:
        return _BrotliFile(entry.stream)
    budget = entry.budget
    return Verified(entry.stream, compression.coding, budget.limits, budget.check, seekable=entry.seekable)

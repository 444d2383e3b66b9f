"""Reads compressed files, around a page or around an archive: how each compression is written."""

import bz2
import lzma
import re
from collections.abc import Iterator

from crawler.archive import detect
from crawler.archive.compression import decoders
from crawler.archive.compression.decoders import ZstdDecompressor
from crawler.archive.compression.verified import Coding, Verified
from crawler.archive.entry import Entry
from crawler.archive.model import ReadResult
from crawler.patterns import compiled


def _gzip_ended(last: bytes, size: int) -> bool:
    """Tell whether the last four bytes are the size, as at the end of a gzip member: nearly, for it went astray."""
    told = int.from_bytes(last[-4:], "little")
    return told > 0 < size and abs(told - size % (1 << 32)) < 1 << 16


GZIP = Coding(
    decoders.Inflate,
    compiled(rb"\x1f\x8b"),
    compiled(rb"\x1f\x8b\x08[\0-\x1f].{4}[\0\2\4][\0-\x0d\xff]", re.DOTALL),
    _gzip_ended,
)
ZSTD = Coding(
    ZstdDecompressor,
    compiled(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
    compiled(rb"\x28\xb5\x2f\xfd"),
)
BZIP2 = Coding(bz2.BZ2Decompressor, compiled(rb"BZh"), compiled(rb"BZh[1-9]1AY&SY"), blocks=True)
XZ = Coding(
    lzma.LZMADecompressor,
    compiled(rb"\xfd7zXZ\0"),
    compiled(rb"\xfd7zXZ\0"),
    lambda last, _: last.rstrip(b"\0").endswith(b"YZ"),
)
LZMA = Coding(lzma.LZMADecompressor)  # it has neither a mark nor a checksum
BROTLI = Coding(decoders.Brotli)  # nor has this


def read(entry: Entry, coding: Coding, magic: bytes, suffixes: tuple[str, ...]) -> Iterator[ReadResult]:
    """Read what a compression holds: the file without the suffix, a ``tar`` for one like ``tgz``."""
    ending = detect.suffix(entry.path)
    if not entry.head.startswith(magic):
        raise ValueError(f"it does not begin as a .{ending} does")
    stem = entry.path.rpartition(".")[0]
    path = (f"{stem}.tar" if ending.startswith("t") else stem) if ending in suffixes else entry.path
    budget = entry.budget
    stream = Verified(entry.stream, coding, budget.limits, budget.check, seekable=entry.seekable)
    yield from entry.read(entry.inside(path, stream))

"""The header before each member of a zip, which says again what the directory at the end says of it."""

import struct
import zipfile
from typing import BinaryIO, NamedTuple

from crawler.archive.model import printable

MAGIC = b"PK\x03\x04"
BEHIND = b"PK\x07\x08"
UTF8 = 0x800
"""The flag of names in UTF-8."""
_HEADER = struct.Struct("<4s5H3L2H")
_IN_EXTRA = 0xFFFFFFFF
_ZIP64 = 1


class Header(NamedTuple):
    """What is said before a member; ``packed`` and ``checksum`` mean nothing when they are ``behind`` it."""

    raw_name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    size: int
    start: int
    """Where its data begins."""

    @property
    def name(self) -> str:
        """The name, safe to print."""
        return printable(self.raw_name.decode("utf-8", "surrogateescape"))

    @property
    def encrypted(self) -> bool:
        """Whether it cannot be read without a password."""
        return bool(self.flags & 1)

    @property
    def behind(self) -> bool:
        """Whether its sizes and its checksum stand behind it."""
        return bool(self.flags & 8)


def read(file: BinaryIO, at: int) -> Header | None:
    """Read the header at a position; None when there is none."""
    if at < 0:
        return None
    file.seek(at)
    raw = file.read(_HEADER.size)
    if len(raw) < _HEADER.size:
        return None
    magic, _, flags, method, _, _, checksum, packed, size, name_length, extra_length = _HEADER.unpack(raw)
    if magic != MAGIC:
        return None
    name = file.read(name_length)
    if _IN_EXTRA in (packed, size):
        packed, size = _large(file.read(extra_length), packed, size)
    start = at + _HEADER.size + name_length + extra_length
    return Header(name, flags, method, checksum, packed, size, start)


def behind(file: BinaryIO, end: int) -> bytes:
    """Read what stands behind a member that ends there: its checksum, and its sizes in four bytes each or in eight."""
    file.seek(end)
    return file.read(24).removeprefix(BEHIND)


def agrees(file: BinaryIO, info: zipfile.ZipInfo) -> bool:
    """Tell whether what stands before a member, or behind it, is what the directory says of it."""
    header = read(file, info.header_offset)
    if header is None or (header.method, header.flags) != (info.compress_type, info.flag_bits):
        return False
    if header.raw_name.decode("utf-8" if header.flags & UTF8 else "cp437", "replace") != info.orig_filename:
        return False
    if header.behind:
        told = behind(file, header.start + info.compress_size)
        sizes = info.compress_size, info.file_size
        short = struct.pack("<3L", info.CRC, *(size & _IN_EXTRA for size in sizes))
        return told.startswith((short, struct.pack("<L2Q", info.CRC, *sizes)))
    return (header.checksum, header.packed, header.size) == (info.CRC, info.compress_size, info.file_size)


def _large(extra: bytes, packed: int, size: int) -> tuple[int, int]:
    """Read the sizes that are too large for their place."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if kind == _ZIP64:
            told = [*struct.unpack_from(f"<{min(length, len(extra) - 4) // 8}Q", extra, 4), packed, size]
            size = told.pop(0) if size == _IN_EXTRA else size
            return (told.pop(0) if packed == _IN_EXTRA else packed), size
        extra = extra[4 + length :]
    return packed, size

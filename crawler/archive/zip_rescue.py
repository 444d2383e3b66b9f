"""Reads the members of a zip whose directory is lost, by the headers before each of them."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from crawler.archive.entry import Entry
from crawler.archive.found import Found, Unread, shown

_HEADER = struct.Struct("<4s5H3L2H")
_MAGIC = b"PK\x03\x04"
_CHUNK = 1 << 16


def rescue(entry: Entry, file: BinaryIO) -> Iterator[Found]:
    """Read members from the beginning of the file to the first one that is not whole."""
    limit = entry.budget.limits.member_bytes
    while len(header := file.read(_HEADER.size)) == _HEADER.size:
        magic, _, flags, method, _, _, crc, packed, _, name_length, extra_length = _HEADER.unpack(header)
        if magic != _MAGIC or method not in (0, 8) or (method == 0 and flags & 8):
            return
        name = shown(file.read(name_length).decode("utf-8", "surrogateescape"))
        file.seek(extra_length, io.SEEK_CUR)
        data, whole = _inflate(file, limit) if method else _stored(file, packed, limit)
        if not whole:
            return
        source = f"{entry.source}!{name}"
        if flags & 1:
            yield Unread(source, "encrypted", failed=True)
        elif data is None:
            yield Unread(source, f"larger than {limit >> 20} MiB", failed=True)
        elif not flags & 8 and zlib.crc32(data) != crc:
            yield Unread(source, "damaged: its checksum is wrong", failed=True)
        elif data or not name.endswith("/"):
            yield from entry.read(entry.member(name, name, io.BytesIO(data)))
        if flags & 8:
            _skip_descriptor(file)


def _stored(file: BinaryIO, size: int, limit: int) -> tuple[bytes | None, bool]:
    """Read a member that is not compressed; None for one that is too large."""
    if size > limit:
        start = file.tell()
        end = file.seek(0, io.SEEK_END)
        file.seek(min(start + size, end))
        return None, start + size <= end
    data = file.read(size)
    return data, len(data) == size


def _inflate(file: BinaryIO, limit: int) -> tuple[bytes | None, bool]:
    """Read a compressed member; the file stands behind it afterwards."""
    decoder, chunks, size = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
    data = b""
    while not decoder.eof:
        data = decoder.unconsumed_tail or file.read(_CHUNK)
        if not data:
            return b"", False
        try:
            chunk = decoder.decompress(data, _CHUNK * 16)
        except zlib.error:
            return b"", False
        size += len(chunk)
        if size <= limit:
            chunks.append(chunk)
        elif size > 4 * limit:
            return b"", False
    file.seek(-len(decoder.unused_data), io.SEEK_CUR)
    return (b"".join(chunks) if size <= limit else None), True


def _skip_descriptor(file: BinaryIO) -> None:
    """Move behind the sizes that follow a member whose header did not know them."""
    ahead = file.read(64)
    found = min((at for at in (ahead.find(_MAGIC), ahead.find(b"PK\x01\x02")) if at >= 0), default=len(ahead))
    file.seek(found - len(ahead), io.SEEK_CUR)

"""Reads the members of a zip whose directory is lost or wrong, by the header before each of them."""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, NamedTuple

from crawler.archive.compression import decoders
from crawler.archive.compression.decoders import DAMAGE, Decoder
from crawler.archive.compression.zstd import ZstdDecompressor
from crawler.archive.model import MIB, Exceeded

MAGIC = b"PK\x03\x04"
UTF8 = 0x800
"""The flag of names in UTF-8."""
_ENCRYPTED, _SIZES_BEHIND = 1, 8
_BEHIND = b"PK\x07\x08"
_IN_EXTRA = 0xFFFFFFFF
"""In place of a size that is too large for it."""
_HEADER = struct.Struct("<4s5H3L2H")
_DECODERS: Mapping[int, Callable[[], Decoder]] = {8: decoders.inflate, 12: decoders.bunzip, 93: ZstdDecompressor}
"""Methods whose data tells its own end."""
_CHUNK = 1 << 16
_NO_END = "truncated: its end is not there"


class Member(NamedTuple):
    """A member, or why it cannot be read."""

    raw_name: bytes
    data: bytes = b""
    fault: str = ""


class _Header(NamedTuple):
    name: bytes
    flags: int
    method: int
    checksum: int
    packed: int
    start: int


def members(file: BinaryIO, limit: int) -> Iterator[Member]:
    """Give every member up to ``limit`` bytes large, by its header; behind a damaged one the next is looked for."""
    size, vain, at = file.seek(0, 2), 0, _find(file, 0)
    while at >= 0 and vain <= 256 * MIB + 8 * size:
        end = at + 4
        if header := _read_header(file, at):
            decoded: list[bytes] = []
            try:
                data, end = _data(file, header, limit, decoded)
            except (Exceeded, EOFError, *DAMAGE) as error:
                vain += file.tell() - at + sum(map(len, decoded))
                yield Member(header.name, fault=_NO_END if isinstance(error, EOFError) else str(error))
            else:
                yield Member(header.name, data)
        at = _find(file, end)


def _read_header(file: BinaryIO, at: int) -> _Header | None:
    file.seek(at)
    raw = file.read(_HEADER.size)
    if len(raw) < _HEADER.size:
        return None
    _, _, flags, method, _, _, checksum, packed, _, name_length, extra_length = _HEADER.unpack(raw)
    start = at + _HEADER.size + name_length + extra_length
    return _Header(file.read(name_length), flags, method, checksum, packed, start)


def _data(file: BinaryIO, header: _Header, limit: int, decoded: list[bytes]) -> tuple[bytes, int]:
    """Give the data of a member whose checksum is right, and where it ends; raises ValueError, EOFError, Exceeded."""
    if header.flags & _ENCRYPTED:
        raise Exceeded("encrypted")
    file.seek(header.start)
    if header.method in _DECODERS:
        unused = _decode(file, _DECODERS[header.method](), limit, decoded)
        data = b"".join(decoded)
    elif header.method or header.flags & _SIZES_BEHIND or header.packed == _IN_EXTRA:
        raise ValueError("damaged: without the directory its end is not known")
    else:
        if header.packed > limit:
            raise Exceeded(f"larger than {limit // MIB} MiB")
        data, unused = file.read(header.packed), 0
        if len(data) < header.packed:
            raise EOFError
    end = file.tell() - unused
    checksum = header.checksum
    if header.flags & _SIZES_BEHIND:
        file.seek(end)
        checksum = int.from_bytes(file.read(8).removeprefix(_BEHIND)[:4], "little")
    if zlib.crc32(data) != checksum:
        raise ValueError("damaged: its checksum is wrong")
    return data, end


def _decode(file: BinaryIO, decoder: Decoder, limit: int, decoded: list[bytes]) -> int:
    """Decode what stands at the place of the file, and give how many bytes behind it were read."""
    size = 0
    while not decoder.eof:
        data = file.read(_CHUNK) if decoder.needs_input else b""
        if decoder.needs_input and not data:
            raise EOFError
        try:
            decoded.append(decoder.decompress(data, _CHUNK * 16))
        except DAMAGE as error:
            raise ValueError("damaged: it cannot be decompressed") from error
        size += len(decoded[-1])
        if size > limit:
            raise Exceeded(f"larger than {limit // MIB} MiB")
    return len(decoder.unused_data)


def _find(file: BinaryIO, at: int) -> int:
    """Find where a header begins from a position on; -1 for nowhere."""
    file.seek(at)
    seen = b""
    while data := file.read(_CHUNK):
        seen += data
        if (found := seen.find(MAGIC)) >= 0:
            return at + found
        at += len(seen) - 3
        seen = seen[-3:]
    return -1

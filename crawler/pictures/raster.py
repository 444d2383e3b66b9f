"""Walks through PNG, JPEG, GIF and WebP files: size and wholeness from headers, chunks and markers, nothing decoded.

A whole library for decoding would bring the very code that hostile pictures aim at; nothing here needs the pixels.
"""

import re
import struct
import zlib
from typing import TypeAlias

from crawler.patterns import compiled

Size: TypeAlias = tuple[int, int]

_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARKER = compiled(rb"\xff++(.)", re.DOTALL)
_SCAN_END = compiled(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_MAX_FRAMES = 100


class BadPicture(Exception):
    """A picture that is refused; the message says why."""


def _ended(size: Size, end: int, data: bytes) -> Size:
    """The size of a picture that ends where its file does: what stands behind could be a program or a page."""
    if end < len(data):
        raise BadPicture(f"{len(data) - end} bytes behind its end")
    return size


def png_size(data: bytes) -> Size:
    """Every chunk up to IEND, each with its checksum."""
    position, size, pixels = 8, (0, 0), False
    while position < len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        end = position + 8 + length
        if struct.unpack_from(">I", data, end)[0] != zlib.crc32(data[position + 4 : end]):
            raise BadPicture(f"PNG damaged in its chunk {kind!r}")
        if position == 8:
            if kind != b"IHDR" or length != 13:
                raise BadPicture("PNG without its header")
            size = struct.unpack_from(">II", data, position + 8)
        pixels |= kind == b"IDAT"
        position = end + 4
        if kind == b"IEND":
            if not pixels:
                raise BadPicture("PNG without pixels")
            return _ended(size, position, data)
    raise BadPicture("PNG cut off")


def jpeg_size(data: bytes) -> Size:
    """Every marker up to EOI."""
    position, size, scanned = 2, (0, 0), False
    while marker := _MARKER.match(data, position):
        kind, position = marker[1][0], marker.end()
        if kind == 0xD9:
            if not scanned:
                raise BadPicture("JPEG without pixels")
            return _ended(size, position, data)
        if kind in _STANDALONE:
            continue
        (length,) = struct.unpack_from(">H", data, position)
        if kind in _FRAME_HEADERS:
            height, width = struct.unpack_from(">HH", data, position + 3)
            size = (width, height)
        position += max(length, 2)
        if kind == 0xDA:
            scanned = True
            end = _SCAN_END.search(data, position)
            position = end.start() if end else len(data)
    raise BadPicture("JPEG cut off" if position >= len(data) else "JPEG damaged")


def gif_size(data: bytes) -> Size:
    """Every block up to the trailer; frames must lie within the canvas."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    position, frames = 13 + _palette(flags), 0
    while (kind := data[position]) != 0x3B:
        if kind == 0x2C:
            left, top, wide, high, flags = struct.unpack_from("<HHHHB", data, position + 1)
            frames += 1
            if left + wide > width or top + high > height or frames > _MAX_FRAMES:
                raise BadPicture("GIF with frames beyond its canvas or without number")
            position += 11 + _palette(flags)
        elif kind == 0x21:
            position += 2
        else:
            raise BadPicture("GIF damaged")
        while length := data[position]:
            position += length + 1
        position += 1
    if not frames:
        raise BadPicture("GIF without pixels")
    return _ended((width, height), position + 1, data)


def _palette(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def webp_size(data: bytes) -> Size:
    """The length that the container states, and the size in its first chunk."""
    (stated,) = struct.unpack_from("<I", data, 4)
    if stated + 8 > len(data):
        raise BadPicture("WebP cut off")
    _ended((0, 0), stated + 8, data)
    kind, length = struct.unpack_from("<4sI", data, 12)
    if length + 20 > len(data):
        raise BadPicture("WebP cut off")
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and data[20] == 0x2F:
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        wide, high = data[24:27], data[27:30]
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    raise BadPicture("WebP damaged")

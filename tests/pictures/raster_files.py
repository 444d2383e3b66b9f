"""Pictures of every kind but SVG, made by hand, byte by byte."""

import struct
import zlib


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 3, height: int = 2, *more: bytes) -> bytes:
    pixels = zlib.compress(b"\0" * (height * (1 + width)) if width * height < 10_000 else b"")
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND")


def gif(width: int = 3, height: int = 2, frame: tuple[int, int, int, int] = (0, 0, 3, 2)) -> bytes:
    return (
        b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0" * 6
        + b"\x21\xf9\x04\0\0\0\0\0" + b"\x2c" + struct.pack("<HHHHB", *frame, 0) + b"\x02\x02\x44\x01\0" + b"\x3b"
    )  # fmt: skip


def jpeg(width: int = 3, height: int = 2) -> bytes:
    frame = struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\0"
    return b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc0" + frame + b"\xff\xda\0\x02abc\xff\0d\xff\xd0e" + b"\xff\xd9"


def riff(kind: bytes, data: bytes) -> bytes:
    body = b"WEBP" + kind + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


VP8 = riff(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 3, 2))


VP8L = riff(b"VP8L", b"\x2f" + struct.pack("<I", 2 | 1 << 14))


VP8X = riff(b"VP8X", b"\0\0\0\0\x02\0\0\x01\0\0")

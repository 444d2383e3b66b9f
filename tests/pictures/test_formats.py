"""Pictures judged from their bytes: sound ones of each kind, and what is refused, with its reason."""

import base64
import contextlib
import struct
import time
import zlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.kline.paths import PictureKey, stored_path
from crawler.pictures import formats
from crawler.pictures.formats import FORMATS, MAX_BYTES, Format, Picture, check_picture
from crawler.pictures.raster import BadPicture
from crawler.pictures.store import PictureStore


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
REAL = [base64.b64decode(row.example) for row in FORMATS]


@pytest.mark.parametrize(
    ("data", "ext"), [(png(), "png"), (gif(), "gif"), (jpeg(), "jpg"), (VP8, "webp"), (VP8L, "webp"), (VP8X, "webp")]
)
def test_sound_pictures(data: bytes, ext: str) -> None:
    assert check_picture(data) == Picture(ext, 3, 2)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.ext)
def test_each_row_stores_its_example_and_finds_it_again(
    row: Format, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MIN_SIZE", (1, 1))
    data, key, day = base64.b64decode(row.example), PictureKey("1.600050", "kline", "D"), date(2022, 1, 14)
    assert check_picture(data) == Picture(row.ext, 1, 1)
    path = PictureStore(tmp_path).store(key, day, data)
    assert path == f"assets/kline/1.600050/2022-01-14.{row.ext}" == stored_path(f"../../{path}")
    assert PictureStore(tmp_path).find(key, day) == path
    assert (tmp_path / path).read_bytes() == data


@pytest.mark.parametrize("data", [png(), gif(), jpeg(), VP8, VP8L, VP8X, *REAL])
def test_cut_off_anywhere(data: bytes) -> None:
    for length in range(len(data)):
        with pytest.raises(BadPicture):
            check_picture(data[:length])


@pytest.mark.parametrize("data", [png(), gif(), jpeg(), VP8, VP8L, VP8X, *REAL])
@pytest.mark.parametrize("more", [b"\0", b"PK\x03\x04", b"<script>alert(1)</script>", b"<?php x ?>"])
def test_nothing_stands_behind_the_end(data: bytes, more: bytes) -> None:
    with pytest.raises(BadPicture, match=r"behind its end|SVG"):
        check_picture(data + more)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\0" * 50_000_000, "50000000 bytes are too many"),
        (png() + b"\0" * MAX_BYTES, "too many"),
        (b"<!DOCTYPE html><title>404</title>", "page of text"),
        (b'{"code":403}', "page of text"),
        (b"not found", "not a picture"),
        (b"BM" + b"\0" * 60, "not a picture"),
        (png(100_000, 100_000), "100000 x 100000 pixels"),
        (png(8_000, 7_999), "8000 x 7999 pixels"),
        (png(0, 1), "0 x 1 pixels"),
        (png(0xFFFFFFFF, 1), "pixels"),
        (gif(60_000, 60_000), "60000 x 60000 pixels"),
        (gif(3, 2, (0, 0, 4, 2)), "beyond its canvas"),
        (jpeg(65_000, 65_000), "65000 x 65000 pixels"),
        (riff(b"VP8X", b"\0\0\0\0\xff\xff\xff\xff\xff\xff"), "pixels"),
        (png().replace(b"IDAT", b"IDAX"), "damaged in its chunk b'IDAX'"),
        (png()[:-12] + chunk(b"tEXt", b"x"), "PNG cut off"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND"), "without its header"),
        (png()[:33] + chunk(b"IEND"), "without pixels"),
        (b"\xff\xd8\xff\xd9", "without pixels"),
        (b"\xff\xd8\xff\xe0\0\x02xx", "JPEG damaged"),
        (b"GIF89a\1\0\1\0\0\0\0\x3b", "without pixels"),
        (riff(b"ABCD", b"\0" * 10), "WebP damaged"),
    ],
)  # fmt: skip
def test_what_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadPicture, match=reason):
        check_picture(data)


def test_hostile_pictures_take_linear_time() -> None:
    started = time.process_time()
    header = chunk(b"IHDR", b"\0" * 13)
    for data in (
        b"\xff\xd8" + b"\xff" * 1_900_000,
        b"\xff\xd8\xff\xda\0\x02" + b"\xff" * 1_900_000,
        b"GIF89a\1\0\1\0\0\0\0" + b"\x21\xff" + b"\x01" * 1_900_000,
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"tEXt") * 150_000,
    ):
        with pytest.raises(BadPicture):
            check_picture(data)
    assert time.process_time() - started < 5


@given(st.sampled_from([png(), gif(), jpeg(), VP8, VP8L, VP8X]), st.data())
def test_any_damage(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 4))):
        damaged[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    with contextlib.suppress(BadPicture):
        assert check_picture(bytes(damaged)).width > 0

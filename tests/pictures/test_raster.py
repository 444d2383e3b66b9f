"""Pictures are measured from headers, chunks and markers; what is cut off or damaged is refused."""

import base64
import contextlib
import struct
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures.raster_files import VP8, VP8L, VP8X, chunk, gif, jpeg, png, riff

from crawler.pictures.formats import FORMATS, check_picture
from crawler.pictures.raster import BadPicture, gif_size, jpeg_size, png_size, webp_size

REAL = [base64.b64decode(row.example) for row in FORMATS]


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


def test_the_size_is_the_picture_s() -> None:
    assert (png_size(png(5, 4)), gif_size(gif(5, 4)), jpeg_size(jpeg(5, 4))) == ((5, 4),) * 3
    assert [webp_size(one) for one in (VP8, VP8L, VP8X)] == [(3, 2)] * 3
    scaled = riff(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 3 | 0x4000, 2 | 0x8000))
    assert webp_size(scaled) == (3, 2), "two bits are about scaling"
    large = riff(b"VP8L", b"\x2f" + struct.pack("<I", 16383 | 299 << 14))
    assert webp_size(large) == (16384, 300)


def test_a_progressive_jpeg_has_several_scans_and_a_thumbnail_is_none_of_its_frames() -> None:
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, 2, 3, 1) + b"\x01\x11\0"
    thumbnail = b"\xff\xe1" + struct.pack(">H", 2 + len(jpeg(9, 9))) + jpeg(9, 9)
    scan = b"\xff\xda\0\x02abc\xff\0d\xff\xd1e"
    data = b"\xff\xd8" + thumbnail + frame + scan + b"\xff\xc4\0\x02" + scan + b"\xff\xff\xd9"
    assert jpeg_size(data) == (3, 2)


def test_a_gif_may_move_but_not_without_end_nor_beyond_its_canvas() -> None:
    still = gif()
    frame = still[still.index(b"\x2c") : -1]
    assert gif_size(still[:-1] + frame * 99 + b"\x3b") == (3, 2)
    for more, size in ((frame * 100, (0, 0, 3, 2)), (b"", (1, 0, 3, 2)), (b"", (0, 1, 3, 2))):
        with pytest.raises(BadPicture, match="beyond its canvas or without number"):
            gif_size(gif(3, 2, size)[:-1] + more + b"\x3b")


def test_a_png_says_what_it_is_first_and_each_chunk_has_its_sum() -> None:
    sound = png(3, 2, chunk(b"tEXt", b"x"))
    assert png_size(sound) == (3, 2)
    for at in (20, 45, len(sound) - 3):
        damaged = bytearray(sound)
        damaged[at] ^= 1
        with pytest.raises(BadPicture, match="damaged in its chunk"):
            png_size(bytes(damaged))
    with pytest.raises(BadPicture, match="without its header"):
        png_size(sound[:8] + chunk(b"tEXt", b"x") + sound[8:])

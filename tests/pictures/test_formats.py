"""Pictures judged from their bytes: sound ones of each kind, and what is refused, with its reason."""

import base64
from datetime import date
from pathlib import Path

import pytest
from pictures.raster_files import VP8, VP8L, VP8X, chunk, gif, jpeg, png, riff

from crawler.kline.paths import PictureKey, stored_path
from crawler.pictures import formats
from crawler.pictures.formats import FORMATS, MAX_BYTES, Picture, PictureFormat, check_picture
from crawler.pictures.raster import BadPicture
from crawler.pictures.store import PictureStore


@pytest.mark.parametrize(
    ("data", "ext"), [(png(), "png"), (gif(), "gif"), (jpeg(), "jpg"), (VP8, "webp"), (VP8L, "webp"), (VP8X, "webp")]
)
def test_sound_pictures(data: bytes, ext: str) -> None:
    assert check_picture(data) == Picture(ext, 3, 2)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.ext)
def test_each_row_stores_its_example_and_finds_it_again(
    row: PictureFormat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MIN_SIZE", (1, 1))
    data, key, day = base64.b64decode(row.example), PictureKey("1.600050", "kline", "D"), date(2022, 1, 14)
    assert check_picture(data) == Picture(row.ext, 1, 1)
    path = PictureStore(tmp_path).store(key, day, data)
    assert path == f"assets/kline/1.600050/2022-01-14.{row.ext}" == stored_path(f"../../{path}")
    assert PictureStore(tmp_path).find(key, day) == path
    assert (tmp_path / path).read_bytes() == data


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

"""Storing pictures: once per security and day, sound ones only, nothing outside the folder."""

from datetime import date
from pathlib import Path

import pytest

from crawler.demo.pictures import kline_picture
from crawler.kline.paths import BadPath, PictureKey
from crawler.pictures.raster import BadPicture
from crawler.pictures.store import PictureStore

DAY = date(2022, 1, 14)
KEY = PictureKey("1.600050", "kline", "D")
PATH = "assets/kline/1.600050/2022-01-14.png"
PNG = kline_picture("1.600050")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="578" height="276"/>'


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_stored_once_per_security_and_day(tmp_path: Path) -> None:
    store = PictureStore(tmp_path)
    assert store.find(KEY, DAY) is None
    assert store.store(KEY, DAY, PNG) == PATH
    before = (tmp_path / PATH).stat().st_mtime_ns
    assert store.store(KEY, DAY, SVG) == store.find(KEY, DAY) == PATH
    assert ((tmp_path / PATH).read_bytes(), (tmp_path / PATH).stat().st_mtime_ns) == (PNG, before)
    assert store.store(KEY, date(2022, 1, 17), SVG) == "assets/kline/1.600050/2022-01-17.svg"
    assert files(tmp_path) == [PATH, "assets/kline/1.600050/2022-01-17.svg"]
    assert store.check(PATH)[1:] == (578, 276)


@pytest.mark.parametrize(
    "data", [b"", b"<html>", PNG[:-1], b"\0" * 50_000_000, SVG.replace(b"/>", b"><script/></svg>")]
)
def test_bad_pictures_are_not_written(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadPicture):
        PictureStore(tmp_path).store(KEY, DAY, data)
    assert files(tmp_path) == []


@pytest.mark.parametrize("secid", ["../../etc", "1.%2f", "1." + "6" * 300, "1.a/../../../b"])
def test_nothing_is_written_outside(tmp_path: Path, secid: str) -> None:
    with pytest.raises(BadPath):
        PictureStore(tmp_path / "output").store(KEY._replace(secid=secid), DAY, PNG)
    assert files(tmp_path) == []


def test_a_link_does_not_lead_outside(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "output/assets").mkdir(parents=True)
    (tmp_path / "output/assets/kline").symlink_to(tmp_path / "outside")
    with pytest.raises(BadPath, match="leads out"):
        PictureStore(tmp_path / "output").store(KEY, DAY, PNG)
    assert files(tmp_path / "outside") == []


def test_a_damaged_picture_is_missing_and_is_replaced(tmp_path: Path) -> None:
    store = PictureStore(tmp_path)
    store.store(KEY, DAY, PNG)
    (tmp_path / PATH).write_bytes(PNG[:100])
    with pytest.raises(BadPicture, match="cut off"):
        store.check(PATH)
    assert store.find(KEY, DAY) is None
    assert store.store(KEY, DAY, PNG) == PATH
    assert (tmp_path / PATH).read_bytes() == PNG
    with pytest.raises(BadPicture, match="not stored"):
        store.check("assets/kline/1.600050/2022-01-15.png")


def test_a_full_disk_is_an_error_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        PictureStore(tmp_path).store(KEY, DAY, PNG)
    assert files(tmp_path) == []

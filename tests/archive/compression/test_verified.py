"""What came out of a damaged compression is never a page; what stands beside it is."""

import gzip
import random
import time
import zipfile
from pathlib import Path

import pytest
from archive.makers import flipped, make_tar, make_zip, pages, tar_of, warc_of, zstd_of

from crawler.archive import Limits
from crawler.archive.compression import codecs, verified
from crawler.archive.formats import FORMATS

CHECKED = [
    pytest.param(zstd_of if row.name == "zstd" else row.example, id=row.name)  # zstd has a checksum if asked for
    for row in FORMATS
    if getattr(row.read, "func", None) is codecs.read and row.read.keywords["coding"].begins.pattern != b"(?!)"
]
"""What compresses in each of the formats whose streams are checked, and found behind damage."""


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        *(pytest.param("x", lambda b, c=case.values[0]: c(b[0]), id=f"page-{case.id}") for case in CHECKED),
        *(pytest.param("x", lambda b, c=case.values[0]: c(tar_of(b)), id=f"tar-{case.id}") for case in CHECKED),
        ("x.warc.gz", lambda b: warc_of(b, gzipped=True)),
        ("x.warc.gz", lambda b: gzip.compress(warc_of(b, gzipped=False))),
        ("x.zip", lambda b: make_zip({"x.tar": tar_of(b)})),
        ("x.zip", lambda b: make_zip({"x.warc": warc_of(b, gzipped=False)}, zipfile.ZIP_STORED)),
        ("x.zip", lambda b: make_zip({"x.tar.gz": gzip.compress(tar_of(b))})),
    ],
)
@pytest.mark.parametrize("held", [verified._HELD, 100], ids=["held", "read-twice"])
def test_a_flipped_bit_changes_no_page(
    tmp_path: Path, opened, html: bytes, monkeypatch: pytest.MonkeyPatch, name: str, pack, held: int
) -> None:
    monkeypatch.setattr(verified, "_HELD", held)
    bodies = pages(html)
    data = pack(bodies)
    dice = random.Random(name)
    for bit in dice.sample(range(len(data) * 8), 250):
        (tmp_path / name).write_bytes(flipped(data, bit))
        found = opened()
        assert {p.body for p in found.pages} <= set(bodies), bit
        assert found.pages or found.skipped, bit


@pytest.mark.parametrize("squeeze", CHECKED)
@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("garbage", [b"", b"saved by"])
def test_streams_beside_a_damaged_one_are_read(
    tmp_path: Path, opened, html: bytes, squeeze, nested: bool, garbage: bytes
) -> None:
    streams = [squeeze(warc_of([body], gzipped=False)) for body in pages(html, 5)]
    for number in (2, 3):
        middle = len(streams[number]) // 2
        streams[number] = streams[number][:middle] + b"\xff\xff" + streams[number][middle + 2 :]
    data = (garbage + streams[2]).join((b"".join(streams[:2]), streams[3] + streams[4]))
    (tmp_path / "x.zip").write_bytes(make_zip({"x": data})) if nested else (tmp_path / "x").write_bytes(data)
    found = opened()
    assert [p.body for p in found.pages] == [*pages(html, 5)[:2], pages(html, 5)[4]]
    assert [u.failed for u in found.skipped] == [True]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("held", [verified._HELD, 100])
def test_what_is_cut_off_is_given_as_far_as_it_goes(
    tmp_path: Path, opened, html: bytes, monkeypatch: pytest.MonkeyPatch, part: float, held: int
) -> None:
    monkeypatch.setattr(verified, "_HELD", held)
    bodies = pages(html, 30)
    data = gzip.compress(tar_of(bodies))
    (tmp_path / "x.tar.gz").write_bytes(data[: int(len(data) * part)])
    found = opened()
    assert [p.body for p in found.pages] == bodies[: len(found.pages)]
    assert len(found.pages) >= 30 * part - 4
    assert {(u.reason.partition(":")[0], u.failed) for u in found.skipped} == {("truncated", True)}


@pytest.mark.parametrize("squeeze", CHECKED)
@pytest.mark.parametrize("size", [8, 60, 400])
def test_zeros_where_the_end_should_be_are_no_data(tmp_path: Path, opened, html: bytes, squeeze, size: int) -> None:
    bodies = pages(html, 6)
    (tmp_path / "x.tar.x").write_bytes(squeeze(tar_of(bodies))[:-size] + bytes(size))
    found = opened()
    assert {p.body for p in found.pages} <= set(bodies)
    assert [u.failed for u in found.skipped] == [True]


def test_a_large_stream_inside_a_container_is_held_up_to_the_limit(tmp_path: Path, opened, html: bytes) -> None:
    noise = random.Random(1).randbytes(9 << 20)
    data = gzip.compress(make_tar({"a.html": html, "noise.bin": noise, "b.html": html}), 1)
    (tmp_path / "x.zip").write_bytes(make_zip({"x.tar.gz": data}, zipfile.ZIP_STORED))
    (tmp_path / "y.tar.gz").write_bytes(data)
    assert len(opened().pages) == 4
    found = opened(limits=Limits(container_bytes=8 << 20))
    assert found.names == ["y.tar.gz!a.html", "y.tar.gz!b.html"]
    assert found.reasons["x.zip!x.tar.gz"] == "larger than 8 MiB"


def test_a_search_behind_damage_costs_little(tmp_path: Path, opened) -> None:
    member = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"\0\xff\xff\0\0"  # each holds the next 64 KiB, and none is whole
    (tmp_path / "x.warc.gz").write_bytes(member * 200_000)
    start = time.process_time()
    assert [u.failed for u in opened().skipped] == [True]
    assert time.process_time() - start < 10

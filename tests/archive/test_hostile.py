"""Files that are damaged, huge, nested, unreadable or lying are reported once, and cost little."""

import gzip
import os
import random
import zipfile
from pathlib import Path

import pytest
from archive.makers import HTML_TYPE, URL, make_tar, make_warc, make_zip


def many(html: bytes, count: int = 30) -> dict[str, bytes]:
    return {f"{n}.html": html + os.urandom(2000).hex().encode() for n in range(count)}


@pytest.mark.parametrize("suffix", ["zip", "tar", "tar.gz", "warc", "warc.gz", "html.gz"])
@pytest.mark.parametrize("part", [0.317, 0.617, 0.853])
def test_truncated(tmp_path: Path, opened, html: bytes, suffix: str, part: float) -> None:
    data = {
        "zip": lambda: make_zip(many(html)),
        "tar": lambda: make_tar(many(html)),
        "tar.gz": lambda: make_tar(many(html), "w:gz"),
        "warc": lambda: make_warc([(f"{URL}?{n}", d, [HTML_TYPE]) for n, d in many(html).items()], gzipped=False),
        "warc.gz": lambda: make_warc([(f"{URL}?{n}", d, [HTML_TYPE]) for n, d in many(html).items()]),
        "html.gz": lambda: gzip.compress(html + os.urandom(9000).hex().encode()),
    }[suffix]()
    (tmp_path / f"x.{suffix}").write_bytes(data[: int(len(data) * part)])
    found = opened()
    found.assert_once(f"x.{suffix}", "truncated")
    assert found.skipped[0].failed
    if suffix not in {"zip", "html.gz"}:
        assert 30 * part - 4 <= len(found.pages) < 30
    assert all(p.body.startswith(html) for p in found.pages)


def test_damaged_member_leaves_the_others(tmp_path: Path, opened, html: bytes) -> None:
    data = make_zip(many(html, 3), zipfile.ZIP_STORED)
    at = data.index(b"1.html") + 50
    (tmp_path / "x.zip").write_bytes(data[:at] + b"\xff\xff" + data[at + 2 :])
    found = opened()
    assert found.names == ["x.zip!0.html", "x.zip!2.html"]
    found.assert_once("x.zip!1.html", "CRC")


@pytest.mark.parametrize("seed", range(300))
def test_any_damage_is_survived(tmp_path: Path, opened, html: bytes, seed: int) -> None:
    dice = random.Random(seed)
    makers = [
        lambda: make_zip(many(html, 3)),
        lambda: make_tar(many(html, 3)),
        lambda: gzip.compress(make_tar(many(html, 3))),
        lambda: make_warc([(f"{URL}?{n}", html, [HTML_TYPE]) for n in range(3)], gzipped=False),
        lambda: make_warc([(f"{URL}?{n}", html, [HTML_TYPE]) for n in range(3)]),
    ]
    data = bytearray(makers[seed % len(makers)]())
    for _ in range(dice.randrange(1, 12)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    (tmp_path / "x.bin").write_bytes(data)
    found = opened()
    assert found.pages or found.skipped

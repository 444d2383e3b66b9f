"""What unpacks to more than it may costs little, and is told."""

import gzip
import time
import tracemalloc
from pathlib import Path

import pytest
from archive.makers import make_tar, make_zip
from full_or_small import size

from crawler.archive import Limits


def test_bombs_cost_little(tmp_path: Path, opened, html: bytes) -> None:
    much = size(64, 200) << 20
    zeros, blanks = gzip.compress(bytes(much)), gzip.compress(html + b" " * much)
    (tmp_path / "zeros.html.gz").write_bytes(zeros)
    (tmp_path / "blanks.html.gz").write_bytes(blanks)
    (tmp_path / "blanks.zip").write_bytes(
        make_zip({"good.html": html, "bomb.html": html + b" " * (40 << 20), "z.html": html})
    )
    inner = make_zip({f"{n}.html": html + b" " * (30 << 20) for n in range(8)})
    for _ in range(3):
        inner = make_zip({f"{n}.zip": inner for n in range(8)})
    (tmp_path / "nested.zip").write_bytes(inner)
    tracemalloc.start()
    start = time.process_time()
    found = opened()
    seconds, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    found.assert_once("zeros.html.gz", "binary")
    found.assert_once("blanks.html.gz", "larger than 32 MiB")
    found.assert_once("blanks.zip!bomb.html", "larger than 32 MiB")
    found.assert_once("nested.zip", "expands to more than")
    assert [n for n in found.names if n.startswith("blanks.zip")] == ["blanks.zip!good.html", "blanks.zip!z.html"]
    assert seconds < 20
    assert peak < 200 << 20


def test_nesting_has_an_end(tmp_path: Path, opened, html: bytes) -> None:
    data = make_zip({"a.html": html})
    for _ in range(20):
        data = make_zip({"x.zip": data})
    (tmp_path / "deep.zip").write_bytes(data)
    found = opened()
    assert not found.pages
    assert [u.reason for u in found.skipped] == ["nested deeper than 8 containers"]


def test_members_have_an_end(tmp_path: Path, opened, html: bytes) -> None:
    (tmp_path / "x.tar").write_bytes(make_tar({f"{n}.html": html for n in range(9)}))
    found = opened(limits=Limits(members=5))
    assert len(found.pages) == 5
    found.assert_once("x.tar", "more than 5 members")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.zip", make_zip({str(n): b"x" for n in range(9)}), "more than 5 members"),
        ("x.eml", b"To: x\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n--x--\n" * 9, "more than 5 members"),
        ("x.mbox", b"From a@b Fri\nTo: x\n\nx\n\n" * 9, "more than 5 members"),
        ("x.tar", make_tar({"a": b"x"}) * 9, "more than 5 members"),
    ],
)
def test_members_of_any_container_have_an_end(tmp_path: Path, opened, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    opened(limits=Limits(members=5)).assert_once(f"/{name}", words)

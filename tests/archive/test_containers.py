"""Pages, in containers too, and what was joined."""

import zipfile
from pathlib import Path

import pytest
from archive.makers import make_tar, make_zip, one


@pytest.mark.parametrize("suffix", ["html", "htm", "xhtml", "shtml"])
def test_plain_page(tmp_path: Path, opened, html: bytes, suffix: str) -> None:
    (tmp_path / f"202201142248170578.{suffix}").write_bytes(html)
    found = opened()
    assert [(p.body, p.url) for p in found.pages] == [(html, "http://finance.eastmoney.com/a/202201142248170578.html")]
    assert not found.skipped


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("x.zip", lambda d: make_zip({"a.html": d})),
        ("stored.zip", lambda d: make_zip({"a.html": d}, zipfile.ZIP_STORED)),
        ("x.tar", lambda d: make_tar({"a.html": d})),
        ("nested.zip", lambda d: make_zip({"b.tar.gz": make_tar({"c.zip": make_zip({"a.html": d})}, "w:gz")})),
    ],
)
def test_packed_page(tmp_path: Path, opened, html: bytes, name: str, pack) -> None:
    (tmp_path / name).write_bytes(pack(html))
    found = opened()
    assert [p.body for p in found.pages] == [html]
    assert found.pages[0].source.startswith(str(tmp_path / name))
    assert not found.skipped


JOINED = [
    ("zip", b""),
    ("tar", b""),
    ("tar", bytes(512)),
    ("tar.gz", b""),
    ("mht", b""),
    ("mht", b"\r\n\r\n"),
    ("eml", b"\nFrom x@y Fri Jan 14 05:02:46 2022\n"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "between"), JOINED)
@pytest.mark.parametrize("count", [2, 40])
def test_containers_that_were_joined(
    tmp_path: Path, opened, html: bytes, kind: str, between: bytes, count: int
) -> None:
    (tmp_path / f"x.{kind}").write_bytes(between.join(one(kind, n, html) for n in range(count)))
    found = opened()
    read = range(count - 1 if kind == "zip" else 0, count)  # a zip's one directory is that of the last
    assert sorted(p.body for p in found.pages) == sorted(html + b"<!-- %d -->" % n for n in read)
    assert ["joined" in u.reason for u in found.skipped if u.failed] == [True] * (kind == "zip")


@pytest.mark.parametrize(("kind", "between"), JOINED)
def test_a_container_cut_off_behind_another_says_so(
    tmp_path: Path, opened, html: bytes, kind: str, between: bytes
) -> None:
    first, second = one(kind, 1, html), one(kind, 2, html)
    size = {"tar": 600, "mht": 500, "eml": 500}.get(kind, len(second) * 2 // 5)
    (tmp_path / f"x.{kind}").write_bytes(first + between + second[:size])
    found = opened()
    assert kind == "zip" or html + b"<!-- 1 -->" in [p.body for p in found.pages]
    assert [u for u in found.skipped if u.failed]


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_empty_archive_says_so(tmp_path: Path, opened, kind: str) -> None:
    (tmp_path / f"x.{kind}").write_bytes(make_zip({}) if kind == "zip" else make_tar({}))
    assert [(u.reason, u.failed) for u in opened().skipped] == [("empty archive", False)]

"""Files that are damaged, huge, nested, unreadable or lying are reported once, and cost little."""

import gzip
import io
import os
import random
import stat
import tarfile
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from archive.makers import HTML_TYPE, URL, make_tar, make_warc, make_zip

from crawler.archive import Limits


def assert_once(found, name: str, words: str) -> None:
    reasons = [u.reason for u in found.skipped if u.source.endswith(name)]
    assert len(reasons) == 1
    assert words in reasons[0]


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
    assert_once(found, f"x.{suffix}", "truncated")
    assert found.skipped[0].failed
    if suffix not in {"zip", "html.gz"}:
        assert 30 * part - 4 <= len(found.pages) < 30
    assert all(p.body.startswith(html) for p in found.pages)


def test_bombs_cost_little(tmp_path: Path, opened, html: bytes) -> None:
    zeros, blanks = gzip.compress(bytes(200 << 20)), gzip.compress(html + b" " * (200 << 20))
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
    start = time.perf_counter()
    found = opened()
    seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert_once(found, "zeros.html.gz", "binary")
    assert_once(found, "blanks.html.gz", "larger than 32 MiB")
    assert_once(found, "blanks.zip!bomb.html", "larger than 32 MiB")
    assert_once(found, "nested.zip", "expands to more than")
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
    assert_once(found, "x.tar", "more than 5 members")


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
    assert_once(opened(limits=Limits(members=5)), f"/{name}", words)


def test_names_cannot_escape_or_deceive(tmp_path: Path, opened, html: bytes) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("../../etc/passwd.html", "/abs.html", "a\x1b[31m\u202e.html", "长" * 300 + ".html"):
            archive.writestr(zipfile.ZipInfo(name), html)
    gbk = make_zip({"ab.html": html}).replace(b"ab.html", "新".encode("gbk") + b".html")
    (tmp_path / "x.zip").write_bytes(buffer.getvalue())
    (tmp_path / "gbk.zip").write_bytes(gbk)
    (tmp_path / "x.tar").write_bytes(make_tar({"../../../tmp/x.html": html}))
    Path(os.fsdecode(os.fsencode(tmp_path) + "/中国.html".encode("gbk"))).write_bytes(html)
    found = opened()
    assert len(found.pages) == 7
    assert not found.skipped
    assert all(p.source.isprintable() and p.source.encode() for p in found.pages)
    assert {"中国.html", "gbk.zip!新.html"} <= set(found.names)
    assert any(p.source.endswith("x.zip!" + "长" * 300 + ".html") for p in found.pages)


def test_things_that_are_no_files(tmp_path: Path, opened, html: bytes) -> None:
    tree = tmp_path / "tree"
    (tree / "sub").mkdir(parents=True)
    (tmp_path / "outside.html").write_bytes(html)
    (tree / "sub" / "a.html").write_bytes(html)
    (tree / "out.html").symlink_to(tmp_path / "outside.html")
    (tree / "in.html").symlink_to(tree / "sub" / "a.html")
    (tree / "loop").symlink_to(tree)
    (tree / "gone.html").symlink_to(tree / "nothing.html")
    os.mkfifo(tree / "pipe.html")
    (tree / "empty.html").write_bytes(b"")
    (tree / "junk.html").write_bytes(os.urandom(5000))
    found = opened(tree)
    assert found.names == ["a.html"]
    assert found.reasons == {
        "empty.html": "empty file",
        "gone.html": "symlink to nothing",
        "in.html": "symlink: its target is read in its own place",
        "junk.html": "binary data, not a page",
        "loop": "symlink: its target is read in its own place",
        "out.html": "symlink out of the tree: not followed",
        "pipe.html": "not a file: a pipe, socket or device",
    }


EMPTY = [
    (True, "a.html a.htm a.json a.md a.do x.zip x.tar x.warc x.har x.mht x.eml x.gz x.html.gz x.br x.xz x.7z x.rar"),
    (True, "202201142248170578 NW202201142248170578.txt NW202201142248170578.js getnews README a.bak .a.html .a.tar"),
    (False, ".gitkeep .nojekyll .DS_Store .htaccess .bashrc .a.html.swp a.css p.jpg a.js robots.txt x.svg x.xml"),
    (False, "__init__.py x.woff2 202201142248170578.png"),
]  # fmt: skip


@pytest.mark.parametrize(("failed", "name"), [(failed, name) for failed, names in EMPTY for name in names.split()])
@pytest.mark.parametrize("pack", ["", "zip", "tar"])
def test_an_empty_file_is_lost_when_it_may_have_held_a_page(
    tmp_path: Path, opened, failed: bool, name: str, pack: str
) -> None:
    makers = {"": lambda files: files[name], "zip": make_zip, "tar": make_tar}
    (tmp_path / (f"x.{pack}" if pack else name)).write_bytes(makers[pack]({name: b""}))
    assert [(u.reason, u.failed) for u in opened().skipped] == [("empty file", failed)]


def test_unreadable_file(tmp_path: Path, opened, html: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_bytes(html)
    (tmp_path / "secret.html").write_bytes(html)
    (tmp_path / "secret.html").chmod(0)
    plain_open = Path.open

    def as_a_user_would(self: Path, *args, **kwargs):
        if not stat.S_IMODE(self.stat().st_mode):  # root may read everything
            raise PermissionError(13, "Permission denied")
        return plain_open(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", as_a_user_would)
    found = opened()
    assert found.names == ["a.html"]
    assert found.reasons == {"secret.html": "no permission to read it"}


def test_missing_path(tmp_path: Path, opened) -> None:
    assert "cannot be read" in opened(tmp_path / "nothing").skipped[0].reason


def test_links_and_devices_in_archives(tmp_path: Path, opened, html: bytes) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("sym", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("fifo", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(f"{name}.html")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("a.html")
        info.size = len(html)
        archive.addfile(info, io.BytesIO(html))
    (tmp_path / "x.tar").write_bytes(buffer.getvalue())
    link = zipfile.ZipInfo("link.html")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    found = opened()
    assert found.names == ["x.tar!a.html"]
    assert len(found.skipped) == 4
    assert {u.reason for u in found.skipped} == {"not a file: a link or a device", "not a file: a link"}


def test_damaged_member_leaves_the_others(tmp_path: Path, opened, html: bytes) -> None:
    data = make_zip(many(html, 3), zipfile.ZIP_STORED)
    at = data.index(b"1.html") + 50
    (tmp_path / "x.zip").write_bytes(data[:at] + b"\xff\xff" + data[at + 2 :])
    found = opened()
    assert found.names == ["x.zip!0.html", "x.zip!2.html"]
    assert_once(found, "x.zip!1.html", "CRC")


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


@pytest.mark.parametrize("name", ["x.warc.gz", "x.gz"])
def test_a_compressed_file_of_which_a_byte_is_left_says_so(tmp_path: Path, opened, name: str) -> None:
    squeezer = zlib.compressobj(wbits=31)
    (tmp_path / name).write_bytes(squeezer.compress(b"W") + squeezer.flush(zlib.Z_SYNC_FLUSH))
    assert_once(opened(), name, "truncated")

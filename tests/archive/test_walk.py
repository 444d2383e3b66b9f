"""Which files are opened, in folders and in archives, and what is said of those that are not."""

import io
import os
import shutil
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest
from archive.makers import make_tar, make_zip

from crawler.archive import Limits, Skipped, input_files


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


def test_what_vanishes_between_the_walk_and_the_reading_is_told(tmp_path: Path, html: bytes) -> None:
    for part in ("meta", "response_body", "response_headers"):
        (tmp_path / "cache").mkdir(exist_ok=True)
        (tmp_path / "cache" / part).write_bytes(html)
    (tmp_path / "a.html").write_bytes(html)
    found = [*input_files(tmp_path)]
    shutil.rmtree(tmp_path / "cache")
    (tmp_path / "a.html").unlink()
    told = [one for file in found for one in file.open(Limits())]
    reason = "cannot be read: No such file or directory"
    assert told == [Skipped(f"{tmp_path}/{name}", reason, failed=True) for name in ("a.html", "cache/response_body")]


def test_a_folder_of_companions_that_cannot_be_read_is_told(
    tmp_path: Path, opened, html: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_bytes(html)
    (tmp_path / "a_files").mkdir()
    scan = os.scandir

    def refusing(folder: Path):
        if Path(folder).name == "a_files":
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    found = opened()
    assert (found.names, found.reasons) == (["a.html"], {"a_files": "no permission to read it"})


def test_a_link_to_a_name_that_is_too_long_ends_nothing(tmp_path: Path, opened, html: bytes) -> None:
    (tmp_path / "a.html").write_bytes(html)
    (tmp_path / "b.html").symlink_to("x" * 300)
    found = opened()
    assert (found.names, found.reasons) == (["a.html"], {"b.html": "symlink to nothing"})


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

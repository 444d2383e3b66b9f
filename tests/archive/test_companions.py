"""What lies beside a page that a browser saved whole: its companions, and other articles' pages among them."""

import json
import os
from pathlib import Path

import pytest
from archive.makers import URL, make_tar, make_zip

from crawler.archive import InputFile, input_files

OTHER = "https://finance.eastmoney.com/a/202201142248170579.html"
NAMED = "http://finance.eastmoney.com/a/202201142248170579.html"
LIST = b'<!DOCTYPE html><html><head><link rel="canonical" href="https://finance.eastmoney.com/yaowen.html"></head><ul>'


def article(url: str = "", body: str = '<div id="ContentBody"><p>x</p></div>') -> bytes:
    canonical = f'<link rel="canonical" href="{url}">' if url else ""
    return f"<!DOCTYPE html><html><head><title>x_东方财富网</title>{canonical}</head><h1>x</h1>{body}</html>".encode()


def web(code: str) -> bytes:
    return json.dumps({"data": {"Art_Title": "x", "Art_Content": "<p>x</p>", "Art_Code": code}}).encode()


READ = [
    ("a.html", article(OTHER), OTHER),
    ("sub/a.htm", article(OTHER), OTHER),
    ("a", article(OTHER), OTHER),
    ("a.html", article(OTHER).decode().encode("utf-16"), OTHER),
    ("202201142248170579.html", article(), NAMED),
    ("202201142248170579.html", article(body=""), NAMED),  # damaged: told by whoever reads it
    ("content", web("202201142248170579"), ""),
    ("a.json", b"cb(" + web("202201142248170579") + b")", ""),
]
COMPANIONS = [
    ("saved_resource.html", b"<!DOCTYPE html><html><body>ad"),
    ("saved_resource.html", b""),
    ("x.css", b"a{}"),
    ("x.js", b"cb(" + web("202201142248170579") + b")"),
    ("x.png", b"\x89PNG\r\n"),
    ("ad", b"<div>ad</div>"),
    ("ad.html", b"<html><!-- saved from url=(0029)https://ad.example.com/1.html -->ad"),
    ("list.html", LIST),
    ("hot.json", b'{"data":{"list":[{"infoCode":"NW202201142248170579","title":"x","showtime":"x"}]}}'),
    ("guba.html", article("https://guba.eastmoney.com/news,600000,1.html")),
    ("junk.html", bytes(range(256)) * 20),
]
OF_OWNER = [
    ("a.html", article(URL)),
    ("202201142248170579.html", article(URL)),
    ("content.json", web("202201142248170578")),
    ("comments.html", b'<html><head><link rel="canonical" href="https://gbfek.eastmoney.com/r?newsid=202201142248170578">'),
]  # fmt: skip


def lay(root: Path, pack: str, owner: bytes, name: str, data: bytes, folder: str = "x_files") -> None:
    files = {"in/x.html": owner, f"in/{folder}/{name}": data}
    if pack:
        (root / f"y.{pack}").write_bytes({"zip": make_zip, "tar": make_tar}[pack](files))
        return
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


@pytest.mark.parametrize(("name", "data", "url"), READ)
@pytest.mark.parametrize("pack", ["", "zip", "tar"])
@pytest.mark.parametrize("owner", [LIST, article(URL)], ids=["list", "article"])
def test_a_page_of_another_article_is_read(
    tmp_path: Path, opened, pack: str, owner: bytes, name: str, data: bytes, url: str
) -> None:
    lay(tmp_path, pack, owner, name, data)
    found = opened()
    assert [(p.body, p.url) for p in found.pages if "x_files" in p.source] == [(data, url)]
    assert not found.skipped


@pytest.mark.parametrize(("name", "data"), COMPANIONS + OF_OWNER)
@pytest.mark.parametrize("pack", ["", "zip"])
@pytest.mark.parametrize("folder", ["x_files", "x.files"])
def test_companions_are_their_owners(tmp_path: Path, opened, pack: str, name: str, data: bytes, folder: str) -> None:
    lay(tmp_path, pack, article(URL), name, data, folder)
    found = opened()
    assert len(found.pages) == 1
    assert [(u.reason, u.failed) for u in found.skipped] == [("asset: of x.html", False)]


@pytest.mark.parametrize("pack", ["", "zip"])
def test_an_owner_that_cannot_be_read_has_no_article(tmp_path: Path, opened, pack: str) -> None:
    lay(tmp_path, pack, bytes(9), "a.html", article(OTHER))
    assert [p.url for p in opened().pages] == [OTHER]


@pytest.mark.parametrize("pack", ["", "zip"])
@pytest.mark.parametrize(
    ("dump", "others", "urls"),
    [
        (article(), ("index.json", "singlefile.html"), [URL]),
        (article(OTHER), ("index.json", "singlefile.html"), [URL, OTHER]),
        (article(), ("singlefile.html",), ["", URL]),
        (article(), ("index.json",), [""]),
    ],
)
def test_the_dump_of_a_snapshot_is_of_the_copy_beside_it(
    tmp_path: Path, opened, pack: str, dump: bytes, others: tuple[str, ...], urls: list[str]
) -> None:
    held = {"index.json": b"{}", "singlefile.html": article(URL)}
    files = {"output.html": dump, **{name: held[name] for name in others}}
    if pack:
        (tmp_path / "y.zip").write_bytes(make_zip(files))
    else:
        for name, data in files.items():
            (tmp_path / name).write_bytes(data)
    assert sorted(page.url for page in opened().pages if "index.json" not in page.source) == urls


def test_few_companions_are_looked_at(tmp_path: Path) -> None:
    lay(tmp_path, "", article(URL), "a.html", b"")
    for number in range(9):
        (tmp_path / "in" / "x_files" / f"{number}.png").write_bytes(b"x")
    os.mkfifo(tmp_path / "in" / "x_files" / "pipe")
    (tmp_path / "in" / "x_files" / "link.html").symlink_to("/etc/passwd")
    seen = [Path(place.path).name for place in input_files(tmp_path) if isinstance(place, InputFile) and place.owner]
    assert seen == ["a.html", "pipe"]


def test_names_in_any_encoding(tmp_path: Path, opened) -> None:
    root = os.fsencode(tmp_path) + "/联通".encode("gbk")
    Path(os.fsdecode(root + b"_files")).mkdir()
    Path(os.fsdecode(root + b".html")).write_bytes(article(URL))
    Path(os.fsdecode(root + b"_files/a.html")).write_bytes(article(OTHER))
    Path(os.fsdecode(root + b"_files/b.html")).write_bytes(article(URL))
    found = opened()
    assert sorted(p.url for p in found.pages) == [URL, OTHER]
    assert [u.reason for u in found.skipped] == ["asset: of 联通.html"]


def test_browser_save_complete(tmp_path: Path, opened, html: bytes) -> None:
    for base in (tmp_path / "a", tmp_path / "zipped"):
        files = base / "联通_files"
        files.mkdir(parents=True)
        (base / "联通.html").write_bytes(html)
        (files / "ad.html").write_bytes(html)
        (files / "x.css").write_bytes(b"a{}")
        (base / "orphan_files").mkdir()
        (base / "orphan_files" / "own.html").write_bytes(html)
    members = {str(f.relative_to(tmp_path / "zipped")): f.read_bytes() for f in (tmp_path / "zipped").rglob("*.*")}
    (tmp_path / "z.zip").write_bytes(make_zip(members))
    for file in sorted((tmp_path / "zipped").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    found = opened()
    assert len(found.pages) == 4
    assert [u.reason for u in found.skipped] == ["asset: of 联通.html"] * 4

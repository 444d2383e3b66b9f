"""What a compression holds is the file of its name without the suffix, whoever wrote it in however many streams."""

import bz2
import gzip
import lzma
import random
import zlib
from pathlib import Path

import brotli
import pytest
from archive.makers import make_tar

from crawler.archive.compression import codecs, decoders


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.html.gz", gzip.compress),
        ("a.html.br", brotli.compress),
        ("a.html.zst", decoders.zstd),
        ("a.html.bz2", bz2.compress),
        ("a.html.xz", lzma.compress),
        ("a.html.lzma", lambda d: lzma.compress(d, lzma.FORMAT_ALONE)),
        ("garbage-behind.html.gz", lambda d: gzip.compress(d) + b"saved by"),
        ("gzip-by-content.html", gzip.compress),
        ("two-members.html.gz", lambda d: gzip.compress(d[:40]) + gzip.compress(d[40:])),
        ("two-frames.html.zst", lambda d: decoders.zstd(d[:40]) + decoders.zstd(d[40:])),
        ("x.tar.gz", lambda d: make_tar({"a.html": d}, "w:gz")),
        ("x.tgz", lambda d: make_tar({"a.html": d}, "w:gz")),
        ("x.tar.xz", lambda d: make_tar({"a.html": d}, "w:xz")),
        ("x.tar.bz2", lambda d: make_tar({"a.html": d}, "w:bz2")),
        ("x.tar.zst", lambda d: decoders.zstd(make_tar({"a.html": d}))),
        ("x.tbz2", lambda d: make_tar({"a.html": d}, "w:bz2")),
        ("x.TXZ", lambda d: make_tar({"a.html": d}, "w:xz")),
    ],
)
def test_packed_page(tmp_path: Path, opened, html: bytes, name: str, pack) -> None:
    (tmp_path / name).write_bytes(pack(html))
    found = opened()
    assert [p.body for p in found.pages] == [html]
    assert found.pages[0].source.startswith(str(tmp_path / name))
    assert not found.skipped


@pytest.mark.parametrize("count", [2_000, 20_000])
def test_of_brotli_a_large_page_is_read_whole_though_the_file_begins_with_a_bracket(
    tmp_path: Path, opened, html: bytes, count: int
) -> None:
    words = random.Random(1).choices(("联通", "5G", "建设", "城市", "数字", "发展", "投资", "增长"), k=count)
    page = html + "".join(words).encode()
    packed = brotli.compress(page)
    assert packed.startswith(b"[") == (1 << 16 < len(page) < 1 << 20)
    (tmp_path / "a.html.br").write_bytes(packed)
    found = opened()
    assert ([one.body for one in found.pages], found.skipped) == ([page], [])


@pytest.mark.parametrize("ending", [".html.gz", ".html", ".GZ"])
def test_the_name_without_the_suffix_tells_the_address(tmp_path: Path, opened, html: bytes, ending: str) -> None:
    (tmp_path / f"202201142248170578{ending}").write_bytes(gzip.compress(html))
    assert [page.url for page in opened().pages] == ["http://finance.eastmoney.com/a/202201142248170578.html"]


def test_of_a_tar_of_the_oldest_kind_only_the_name_tells_what_it_is(tmp_path: Path, opened, html: bytes) -> None:
    data = bytearray(make_tar({"a.html": html}))
    data[257:265] = bytes(8)  # its mark
    data[148:156] = b" " * 8
    data[148:156] = b"%06o\0 " % sum(data[:512])
    (tmp_path / "x.tgz").write_bytes(gzip.compress(data))
    assert [page.body for page in opened().pages] == [html]


def test_what_is_only_called_so_is_told(tmp_path: Path, opened) -> None:
    (tmp_path / "a.html.xz").write_bytes(gzip.compress(b"x")[2:] * 9)
    assert [(one.reason, one.failed) for one in opened().skipped] == [
        ("damaged: it does not begin as a .xz does", True)
    ]


@pytest.mark.parametrize("name", ["x.warc.gz", "x.gz"])
def test_a_compressed_file_of_which_a_byte_is_left_says_so(tmp_path: Path, opened, name: str) -> None:
    squeezer = zlib.compressobj(wbits=31)
    (tmp_path / name).write_bytes(squeezer.compress(b"W") + squeezer.flush(zlib.Z_SYNC_FLUSH))
    opened().assert_once(name, "truncated")


@pytest.mark.parametrize(
    ("size", "said", "ended"),
    [
        (5000, 5000, True),
        (5000, 5000 + 60_000, True),
        (5000, 5000 + 70_000, False),
        ((1 << 32) + 5000, 5000, True),
        (0, 5000, False),
        (5000, 0, False),
    ],
)
def test_a_gzip_member_that_went_astray_has_ended_where_its_size_nearly_stands(
    size: int, said: int, ended: bool
) -> None:
    assert codecs._gzip_ended(b"\0\0\0\0" + said.to_bytes(4, "little"), size) == ended

"""Zips and WACZ give their members."""

import base64
import sys
import zipfile
from pathlib import Path

import pytest
from archive.makers import HTML_TYPE, URL, make_tar, make_warc, make_zip

if sys.version_info >= (3, 14):
    pass
else:
    pass

import os

from archive.makers import Unseekable


def one(kind: str, number: int, html: bytes) -> bytes:
    """A container with one page, to be joined with others."""
    name, page = f"{number}.html", html + b"<!-- %d -->" % number
    if kind in ("mht", "eml"):
        text = MHTML.format(url=f"{URL}?{number}", body=base64.encodebytes(page).decode())
        return text.replace("----B----", f"----{number if kind == 'mht' else 'B'}----").encode()
    return make_zip({name: page}) if kind == "zip" else make_tar({name: page}, "w:gz" if kind == "tar.gz" else "w")


@pytest.mark.parametrize("cut", [1, 30])
def test_a_zip_cut_off_before_another_says_so(tmp_path: Path, opened, html: bytes, cut: int) -> None:
    (tmp_path / "x.zip").write_bytes(one("zip", 1, html)[:-cut] + one("zip", 2, html))
    found = opened()
    assert sorted(p.body[-10:] for p in found.pages) == [b"<!-- 1 -->", b"<!-- 2 -->"]
    assert [u.reason.partition(":")[0] for u in found.skipped if u.failed] == ["damaged"]


@pytest.mark.parametrize(
    ("before", "behind"), [(b"MZ\x90\0" + bytes(999), b""), (b"#!/bin/sh\n", b"\n"), (b"", b"tail")]
)
def test_a_zip_with_something_around_it(tmp_path: Path, opened, html: bytes, before: bytes, behind: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(before + make_zip({"a.html": html}) + behind)
    found = opened()
    assert [p.body for p in found.pages] == [html]
    assert not found.skipped


def test_wacz(tmp_path: Path, opened, html: bytes) -> None:
    warc = make_warc([(URL, html, [HTML_TYPE])])
    members = {
        "datapackage.json": b"{}",
        "archive/a.warc.gz": warc,
        "indexes/index.cdx": b"x",
        "pages/pages.jsonl": b"{}",
    }
    (tmp_path / "x.wacz").write_bytes(make_zip(members, zipfile.ZIP_STORED))
    found = opened()
    assert [(p.url, p.body) for p in found.pages] == [(URL, html)]
    assert {u.reason for u in found.skipped} == {"asset: index of a WACZ"}
    assert len(found.skipped) == 3


MHTML = """From: <Saved by Blink>
Snapshot-Content-Location: {url}
Subject: =?utf-8?Q?x?=
Date: Fri, 14 Jan 2022 05:02:46 -0000
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----B----"


------B----
Content-Type: text/html; charset=gb2312
Content-Transfer-Encoding: base64
Content-Location: {url}

{body}
------B----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://finance.eastmoney.com/x.png

iVBORw0KGgo=
------B------
"""


def many(html: bytes, count: int = 30) -> dict[str, bytes]:
    return {f"{n}.html": html + os.urandom(2000).hex().encode() for n in range(count)}


def test_zip_without_directory_whose_sizes_follow_the_data(tmp_path: Path, opened, html: bytes) -> None:
    buffer = Unseekable()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in many(html, 5).items():
            archive.writestr(name, data)
    data = buffer.getvalue()
    (tmp_path / "x.zip").write_bytes(data[: data.rindex(b"PK\x03\x04") + 500])
    assert len(opened().pages) == 4

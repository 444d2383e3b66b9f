"""Every kind of container gives the page that was put into it."""

import base64
import bz2
import gzip
import io
import json
import lzma
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from archive.makers import HTML_TYPE, URL, make_tar, make_warc, make_zip, put
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.address import article_at

JSON_URL = "http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW202201142248170578"

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


@pytest.mark.parametrize("suffix", ["html", "htm", "xhtml", "shtml"])
def test_plain_page(tmp_path: Path, opened, html: bytes, suffix: str) -> None:
    (tmp_path / f"202201142248170578.{suffix}").write_bytes(html)
    found = opened()
    assert [(p.body, p.url) for p in found.pages] == [(html, "http://finance.eastmoney.com/a/202201142248170578.html")]
    assert not found.unread


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.html.gz", gzip.compress),
        ("a.html.br", brotli.compress),
        ("a.html.zst", zstd.compress),
        ("a.html.bz2", bz2.compress),
        ("a.html.xz", lzma.compress),
        ("a.html.lzma", lambda d: lzma.compress(d, lzma.FORMAT_ALONE)),
        ("garbage-behind.html.gz", lambda d: gzip.compress(d) + b"saved by"),
        ("gzip-by-content.html", gzip.compress),
        ("two-members.html.gz", lambda d: gzip.compress(d[:40]) + gzip.compress(d[40:])),
        ("two-frames.html.zst", lambda d: zstd.compress(d[:40]) + zstd.compress(d[40:])),
        ("x.zip", lambda d: make_zip({"a.html": d})),
        ("stored.zip", lambda d: make_zip({"a.html": d}, zipfile.ZIP_STORED)),
        ("x.tar", lambda d: make_tar({"a.html": d})),
        ("x.tar.gz", lambda d: make_tar({"a.html": d}, "w:gz")),
        ("x.tgz", lambda d: make_tar({"a.html": d}, "w:gz")),
        ("x.tar.xz", lambda d: make_tar({"a.html": d}, "w:xz")),
        ("x.tar.bz2", lambda d: make_tar({"a.html": d}, "w:bz2")),
        ("x.tar.zst", lambda d: zstd.compress(make_tar({"a.html": d}))),
        ("nested.zip", lambda d: make_zip({"b.tar.gz": make_tar({"c.zip": make_zip({"a.html": d})}, "w:gz")})),
    ],
)
def test_packed_page(tmp_path: Path, opened, html: bytes, name: str, pack) -> None:
    (tmp_path / name).write_bytes(pack(html))
    found = opened()
    assert [p.body for p in found.pages] == [html]
    assert found.pages[0].source.startswith(str(tmp_path / name))
    assert not found.unread


def one(kind: str, number: int, html: bytes) -> bytes:
    """A container with one page, to be joined with others."""
    name, page = f"{number}.html", html + b"<!-- %d -->" % number
    if kind in ("mht", "eml"):
        text = MHTML.format(url=f"{URL}?{number}", body=base64.encodebytes(page).decode())
        return text.replace("----B----", f"----{number if kind == 'mht' else 'B'}----").encode()
    return make_zip({name: page}) if kind == "zip" else make_tar({name: page}, "w:gz" if kind == "tar.gz" else "w")


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
    assert sorted(p.body for p in found.pages) == sorted(html + b"<!-- %d -->" % n for n in range(count))
    assert not [u for u in found.unread if u.failed]


@pytest.mark.parametrize(("kind", "between"), JOINED)
def test_a_container_cut_off_behind_another_says_so(
    tmp_path: Path, opened, html: bytes, kind: str, between: bytes
) -> None:
    first, second = one(kind, 1, html), one(kind, 2, html)
    size = {"tar": 600, "mht": 500, "eml": 500}.get(kind, len(second) * 2 // 5)
    (tmp_path / f"x.{kind}").write_bytes(first + between + second[:size])
    found = opened()
    assert html + b"<!-- 1 -->" in [p.body for p in found.pages]
    assert [u for u in found.unread if u.failed]


@pytest.mark.parametrize("cut", [1, 30])
def test_a_zip_cut_off_before_another_says_so(tmp_path: Path, opened, html: bytes, cut: int) -> None:
    (tmp_path / "x.zip").write_bytes(one("zip", 1, html)[:-cut] + one("zip", 2, html))
    found = opened()
    assert sorted(p.body[-10:] for p in found.pages) == [b"<!-- 1 -->", b"<!-- 2 -->"]
    assert [u.reason.partition(":")[0] for u in found.unread if u.failed] == ["truncated or damaged zip"]


@pytest.mark.parametrize(
    ("before", "behind"), [(b"MZ\x90\0" + bytes(999), b""), (b"#!/bin/sh\n", b"\n"), (b"", b"tail")]
)
def test_a_zip_with_something_around_it(tmp_path: Path, opened, html: bytes, before: bytes, behind: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(before + make_zip({"a.html": html}) + behind)
    found = opened()
    assert [p.body for p in found.pages] == [html]
    assert not found.unread


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_an_empty_archive_says_so(tmp_path: Path, opened, kind: str) -> None:
    (tmp_path / f"x.{kind}").write_bytes(make_zip({}) if kind == "zip" else make_tar({}))
    assert [(u.reason, u.failed) for u in opened().unread] == [("empty archive", False)]


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize("whole_file", [False, True])
def test_warc(tmp_path: Path, opened, html: bytes, gzipped: bool, whole_file: bool) -> None:
    chunked = b"%x\r\n%b\r\n0\r\n\r\n" % (len(html), html)
    data = make_warc(
        [
            (URL + "?1", html, [HTML_TYPE]),
            (URL + "?2", gzip.compress(html), [HTML_TYPE, ("Content-Encoding", "gzip")]),
            (URL + "?3", brotli.compress(html), [HTML_TYPE, ("Content-Encoding", "br")]),
            (URL + "?4", zstd.compress(html), [HTML_TYPE, ("Content-Encoding", "zstd")]),
            (URL + "?5", chunked, [HTML_TYPE, ("Transfer-Encoding", "chunked")]),
            (URL + "?6", html, [HTML_TYPE, ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
            (URL + "?7", b"\x89PNG\r\n", [("Content-Type", "image/png")]),
            (URL + "?8", b"", [HTML_TYPE]),
        ],
        gzipped=gzipped,
    )
    (tmp_path / "x.warc.gz").write_bytes(gzip.compress(data) if whole_file else data)
    found = opened()
    assert [p.url for p in found.pages] == [f"{URL}?{n}" for n in range(1, 7)]
    assert {p.body for p in found.pages} == {html}
    assert {p.encoding for p in found.pages} == {"utf-8"}
    assert all(p.fetched and p.fetched.tzinfo for p in found.pages)
    assert sorted(u.reason for u in found.unread) == ["asset: image/png", "empty page"]


def test_warc_revisit_and_failures(tmp_path: Path, opened, html: bytes) -> None:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    ok = StatusAndHeaders("200 OK", [HTML_TYPE], protocol="HTTP/1.1")
    gone = StatusAndHeaders("404 Not Found", [HTML_TYPE], protocol="HTTP/1.1")
    put(writer, writer.create_warcinfo_record("x", {"software": "test"}))
    first = writer.create_warc_record(URL, "response", payload=io.BytesIO(html), http_headers=ok)
    asked = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
    put(writer, first, writer.create_warc_record(URL, "request", http_headers=asked))
    digest = first.rec_headers.get_header("WARC-Payload-Digest")
    put(writer, writer.create_revisit_record(URL, digest, URL, "2022-01-14T00:00:00Z", http_headers=ok))
    put(writer, writer.create_warc_record(URL + "x", "response", payload=io.BytesIO(html), http_headers=gone))
    (tmp_path / "x.warc.gz").write_bytes(buffer.getvalue())
    found = opened()
    assert [p.body for p in found.pages] == [html]
    assert [u.reason for u in found.unread] == ["revisit: the payload is in an earlier record", "HTTP 404"]


CANONICAL = f'<!DOCTYPE html><html><head><link rel="canonical" href="{URL}"></head><body><p>x'.encode()
REPLY = b'{"text":"<p>x</p>","content":"<p>x</p>"}'
NAMED = "http://finance.eastmoney.com/a/202201142248170578.html"
HTML_ASSET, JSON_ASSET = ("asset: text/html", ""), ("asset: application/json", "")


@pytest.mark.parametrize(
    ("address", "kind", "body", "told"),
    [
        ("file:///home/u/a.html", "text/html", CANONICAL, URL),
        ("file:///home/u/202201142248170578.html", "text/html; charset=gbk", b"<html><p>x", NAMED),
        ("file:///C:%5Csaved%5C202201142248170578.htm", "text/html", b"<html><p>x", NAMED),
        ("FILE://localhost/u/finance.eastmoney.com/a/202201142248170578.html", "", b"<html><p>x", URL),
        ("file:///u/NW202201142248170578.json", "application/json", REPLY, JSON_URL),
        ("", "text/html", CANONICAL, URL),
        ("file:///home/u/a.html", "text/html", b"<!DOCTYPE html><p>x", ""),
        ("file:///home/u/202201142248170578.html", "text/html", b"", ("empty page", "202201142248170578")),
        ("file:///home/u/a.html", "text/html", b"", ("empty page", "")),
        ("file:///home/u/a.css", "text/css", b"a{}", ("asset: text/css", "")),
        ("file:///home/u/a.txt", "text/plain", b"a note", ("asset: text/plain", "")),
        ("urn:pageinfo:x", "application/json", REPLY, JSON_ASSET),
        ("dns:finance.eastmoney.com", "text/dns", b"2022 IN A 1.2.3.4", ("asset: text/dns", "")),
        ("screenshot:x", "text/html", CANONICAL, HTML_ASSET),
    ],
)
def test_a_record_without_an_address_of_the_web_is_a_file(
    tmp_path: Path, opened, address: str, kind: str, body: bytes, told: str | tuple[str, str]
) -> None:
    writer = WARCWriter(buffer := io.BytesIO(), gzip=False)
    date = {"WARC-Date": "2022-01-14T05:02:46Z"}
    record = writer.create_warc_record(
        address or "x:y", "resource", payload=io.BytesIO(body), warc_content_type=kind, warc_headers_dict=date
    )
    put(writer, record)
    data = buffer.getvalue()
    (tmp_path / "x.warc").write_bytes(data if address else data.replace(b"WARC-Target-URI: x:y\r\n", b""))
    found = opened()
    if isinstance(told, str):
        assert [(p.url, p.body) for p in found.pages] == [(told, body)]
        assert found.pages[0].fetched == datetime(2022, 1, 14, 5, 2, 46, tzinfo=UTC)
    assert [(u.reason, article_at(u.url)) for u in found.unread] == ([] if isinstance(told, str) else [told])


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
    assert {u.reason for u in found.unread} == {"asset: index of a WACZ"}
    assert len(found.unread) == 3


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


def test_mhtml(tmp_path: Path, opened, html: bytes) -> None:
    text = MHTML.format(url=URL, body=base64.encodebytes(html).decode())
    (tmp_path / "a.mhtml").write_bytes(text.encode())
    (tmp_path / "b.mht").write_bytes(text.replace("\n", "\r\n").encode())
    (tmp_path / "cut.mhtml").write_bytes(text[: text.index("iVBO")].encode())
    found = opened()
    assert [(p.url, p.body, p.encoding) for p in found.pages] == [(URL, html, "gb2312")] * 3
    assert found.pages[0].fetched == datetime(2022, 1, 14, 5, 2, 46, tzinfo=UTC)
    assert [u.reason for u in found.unread] == ["asset: image/png"] * 2 + ["truncated: the message does not end"]


def test_har(tmp_path: Path, opened, html: bytes) -> None:
    def exchange(url: str, status: int = 200, **content: str) -> dict[str, object]:
        return {
            "startedDateTime": "2022-01-14T13:02:46.000+08:00",
            "request": {"url": url},
            "response": {"status": status, "content": content},
        }

    entries = [
        exchange(URL, mimeType="text/html", text=html.decode()),
        exchange(
            URL + "?b", mimeType="text/html; charset=gbk", text=base64.b64encode(html).decode(), encoding="base64"
        ),
        exchange(URL + "?c", mimeType="image/png", text="eA==", encoding="base64"),
        exchange(URL + "?d", 404, mimeType="text/html", text="x"),
        exchange(URL + "?e", mimeType="text/html"),
        exchange(URL + "?f", mimeType="text/html", text=""),
    ]
    (tmp_path / "x.har").write_bytes(json.dumps({"log": {"version": "1.2", "entries": [*entries, 7]}}).encode())
    found = opened()
    assert [(p.url, p.body, p.encoding) for p in found.pages] == [(URL, html, "utf-8"), (URL + "?b", html, "gbk")]
    assert [u.reason for u in found.unread] == [
        "asset: image/png",
        "HTTP 404",
        "no content recorded",
        "no content recorded",
        "HTTP None",
    ]


@pytest.mark.parametrize(
    ("spell", "whole"),
    [
        (lambda text: text, True),
        (lambda text: f"{text[:40]}\r\n{text[40:]}\n", True),
        (lambda text: text[:41], False),
        (lambda _: "%%%", False),
        (lambda _: "<html><body>it was text all along</body></html>", False),
    ],
    ids=["plain", "in-lines", "cut", "none", "text"],
)
def test_base64_in_a_har(tmp_path: Path, opened, html: bytes, spell, whole: bool) -> None:
    content = {"mimeType": "text/html", "encoding": "base64", "text": spell(base64.b64encode(html).decode())}
    entry = {"request": {"url": URL}, "response": {"status": 200, "content": content}}
    (tmp_path / "x.har").write_bytes(json.dumps({"log": {"entries": [entry]}}).encode())
    found = opened()
    assert [p.body for p in found.pages] == [html] * whole
    told = ("damaged: it is declared as base64, and is none", True)
    assert [(u.reason, u.failed) for u in found.unread] == [told] * (not whole)


@pytest.mark.parametrize("squeeze", [False, True])
def test_scrapy_cache(tmp_path: Path, opened, html: bytes, squeeze: bool) -> None:
    folder = tmp_path / "finews" / "ab" / "abcdef"
    folder.mkdir(parents=True)
    meta = {"url": URL, "method": "GET", "status": 200, "response_url": URL, "timestamp": 1642136566.0}
    files = {
        "meta": repr(meta).encode(),
        "pickled_meta": b"cos\nsystem\n(S'touch %b'\ntR." % bytes(tmp_path / "owned"),
        "response_headers": b"Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip",
        "response_body": gzip.compress(html),
        "request_headers": b"",
        "request_body": b"",
    }
    for name, data in files.items():
        (folder / name).write_bytes(gzip.compress(data) if squeeze else data)
    found = opened()
    assert [(p.url, p.body, p.encoding) for p in found.pages] == [(URL, html, "utf-8")]
    assert found.pages[0].fetched == datetime(2022, 1, 14, 5, 2, 46, tzinfo=UTC)
    assert [u.reason for u in found.unread] == ["asset: part of an HTTP cache entry"] * 5
    assert not (tmp_path / "owned").exists()


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
    assert [u.reason for u in found.unread] == ["asset: of 联通.html"] * 4


@pytest.mark.parametrize("left_out", ["", "meta", "response_body"])
@pytest.mark.parametrize("cut", [False, True])
def test_every_member_of_a_tar_called_as_a_part_of_a_cached_reply_is_told(
    tmp_path: Path, opened, html: bytes, left_out: str, cut: bool
) -> None:
    meta = repr({"url": URL, "status": 200}).encode()
    parts = {"response_body": html, "meta": meta, "response_headers": b"Content-Type: text/html\r\n"}
    files = {f"{n}/{name}": data for n in range(3) for name, data in parts.items() if name != left_out or n != 1}
    data = make_tar(files)
    (tmp_path / "x.tar").write_bytes(data[: data.rindex(b"2/response_headers")] if cut else data)
    found = opened()
    told = {f.source.partition("!")[2] for f in (*found.pages, *found.unread)} - {""}
    assert told == {name for name in files if not (cut and name == "2/response_headers")}
    assert [p.source.partition("!")[2] for p in found.pages if p.url == URL] == [
        f"{n}/response_body" for n in range(3) if not (cut and n == 2) and (not left_out or n != 1)
    ]


def test_of_a_tar_cut_inside_a_part_of_a_cached_reply_the_parts_before_it_are_told(
    tmp_path: Path, opened, html: bytes
) -> None:
    data = make_tar({"0/response_body": html, "0/meta": b"{" * 99})
    (tmp_path / "x.tar").write_bytes(data[: data.rindex(b"{{") - 50])
    found = opened()
    assert [page.body for page in found.pages] == [html]
    assert any(unread.failed for unread in found.unread)

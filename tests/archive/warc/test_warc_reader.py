"""Whole WARC files give their replies."""

import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from archive.makers import HTML_TYPE, URL, make_warc, put
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive.compression import zstd
from crawler.archive.saved_url import article_at

JSON_URL = "http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW202201142248170578"


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
    assert sorted(u.reason for u in found.skipped) == ["asset: image/png", "empty page"]


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
    assert [u.reason for u in found.skipped] == ["revisit: the payload is in an earlier record", "HTTP 404"]


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
    assert [(u.reason, article_at(u.url)) for u in found.skipped] == ([] if isinstance(told, str) else [told])

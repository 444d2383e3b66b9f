"""Whole WARC files give their replies."""

import base64
import gzip
import hashlib
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from archive import makers
from archive.conftest import HTML
from archive.makers import HTML_TYPE, URL, make_warc, put, records
from archive.sectioned import BODIES, LIMITS, SECTION, WHOLE, file_of, in_sections, recorded
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.archive import Budget, NotByItself, sections
from crawler.archive.compression import decoders
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
            (URL + "?4", decoders.zstd(html), [HTML_TYPE, ("Content-Encoding", "zstd")]),
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


SENT = gzip.compress("<p>中国联通".encode())


CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(SENT), SENT)


CODED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("field", "value", "fits"),
    [
        ("Payload", lambda: base32("sha1", CHUNKED), True),
        ("Payload", lambda: base32("sha1", SENT), True),
        ("Payload", lambda: base32("sha1", gzip.decompress(SENT)), True),
        ("Payload", lambda: "SHA-256:" + hashlib.sha256(SENT).hexdigest().upper(), True),
        ("Payload", lambda: "md5:" + hashlib.md5(CHUNKED).hexdigest(), True),
        ("Payload", lambda: "sha1:" + base64.b64encode(hashlib.sha1(SENT).digest()).decode(), True),
        ("Payload", lambda: base32("sha256", SENT), True),
        ("Payload", lambda: "crc32:12345678", True),
        ("Payload", lambda: "sha1:", True),
        ("Payload", lambda: "sha1:123", True),
        ("Payload", lambda: "-", True),
        ("Payload", lambda: base32("sha1", SENT[:-1]), False),
        ("Payload", lambda: "sha256:" + hashlib.sha256(b"").hexdigest(), False),
        ("Block", lambda: base32("sha1", CODED + CHUNKED), True),
        ("Block", lambda: base32("sha1", CODED + SENT), False),
    ],
)
@pytest.mark.parametrize("extra", [b"", b"WARC-Truncated: length\r\n"])
def test_a_record_that_its_digest_does_not_fit_is_damaged(
    tmp_path: Path, opened, field: str, value, fits: bool, extra: bytes
) -> None:
    block = CODED + CHUNKED
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %b\r\n%b" % (URL.encode(), extra)
    head += f"WARC-{field}-Digest: {value()}\r\nContent-Length: {len(block)}\r\n\r\n".encode()
    (tmp_path / "x.warc").write_bytes(head + block + b"\r\n\r\n")
    found = opened()
    assert bool(found.pages) == (fits or bool(extra))
    assert [u.reason.partition(" is not")[0] for u in found.skipped] == ["damaged: its digest"] * (not found.pages)


def base32(name: str, data: bytes) -> str:
    return f"{name}:{base64.b32encode(hashlib.new(name, data).digest()).decode()}"


def test_a_digest_that_fits_outweighs_one_that_does_not(tmp_path: Path, opened, html: bytes) -> None:
    record = records(html, 1)[0]
    (tmp_path / "x.warc").write_bytes(re.sub(rb"(Payload-Digest: sha1:)\w{4}", rb"\1AAAA", record))
    assert len(opened().pages) == 1


def test_a_first_line_inside_a_page_is_no_place_to_cut(tmp_path: Path) -> None:
    file = file_of(tmp_path, "x.warc", WHOLE["in-itself.warc"])
    inside = WHOLE["in-itself.warc"].index(b"WARC/", 400)
    assert inside < next(sections(file, SECTION)).end
    begun = [one.start() for one in re.finditer(rb"(?<=\r\n\r\n)WARC/", WHOLE["in-itself.warc"])]
    assert {section.end for section in sections(file, 1)} == {*begun, file.size}
    assert in_sections(file)[0] == [*file.open(LIMITS)]


def test_of_a_compressed_one_each_section_is_whole_streams(tmp_path: Path) -> None:
    data = WHOLE["x.warc.gz"]
    file = file_of(tmp_path, "x.warc.gz", data)
    found = [*sections(file, SECTION)]
    assert len(found) > 2
    for section in found:
        assert gzip.decompress(data[section.start : section.end]).startswith(b"WARC/1.0\r\n")
    assert b"".join(data[section.start : section.end] for section in found) == data


def test_a_section_with_a_record_that_does_not_prove_whole_is_not_read_by_itself(tmp_path: Path) -> None:
    data = makers.warc_of(BODIES, gzipped=False)
    length = [*re.finditer(rb"Content-Length: (\d+)", data)][3]  # of the second, and that of its reply
    longer = data[: length.start(1)] + b"%d" % (int(length[1]) + 1) + data[length.end(1) :]
    file = file_of(tmp_path, "x.warc", longer)
    first, *others = sections(file, 3 * SECTION)
    with pytest.raises(NotByItself):
        [*first.open(Budget(LIMITS, file.size))]
    assert [one.source for section in others for one in section.open(Budget(LIMITS, file.size))]
    assert in_sections(file)[0] == [*file.open(LIMITS)]


def test_a_first_line_in_a_text_is_no_place_to_cut(tmp_path: Path) -> None:
    data = makers.warc_of([HTML + b"\nWARC/1.0\r\n is how each begins" * 20, *BODIES], gzipped=False)
    file = file_of(tmp_path, "x.warc", data)
    ends = [section.end for section in sections(file, 1)]
    assert all(data[:end].endswith(b"\r\n\r\n") for end in ends)
    assert len(ends) == 1 + len(BODIES)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.warc.gz", gzip.compress(recorded(gzipped=False))),
        ("x.html.gz", b"".join(map(gzip.compress, BODIES))),
    ],
)
def test_what_is_not_cut(name: str, data: bytes, tmp_path: Path) -> None:
    assert [*sections(file_of(tmp_path, name, data), SECTION)] == []

"""Pages, their companions and junk are told apart by how they begin first, and by their name where that says nothing."""

import random

import pytest

from crawler.archive import detect

PNG = b"\x89PNG\r\n\x1a\n"
REPLY = b'cb({"data":{"Art_Title":"x"}})'


@pytest.mark.parametrize(
    ("path", "suffix"),
    [
        ("a/b.HTML", "html"),
        ("a.b/c", ""),
        ("GetNewsText.do?id=NW1.x", "do"),
        ("GetNewsText.do%3Fid=NW1.x", "do"),
        ("x.tar.gz", "gz"),
        ("", ""),
    ],
)
def test_a_suffix_is_that_of_the_name_without_its_query(path: str, suffix: str) -> None:
    assert detect.suffix(path) == suffix


@pytest.mark.parametrize(
    ("head", "page", "html", "json"),
    [
        (b"<!DOCTYPE html><html>", True, True, False),
        (b"\xef\xbb\xbf\r\n<HTML lang=zh>", True, True, False),
        (b"<!-- saved from url=(0022)http://a.com/ -->\n<html>", True, True, False),
        (b"<?xml version='1.0'?><rss>", True, False, False),
        (b"<p>x", True, False, False),
        (b"---\nlayout: post\n", True, False, False),
        (b' {"a": 1}', True, False, True),
        (b"jQuery123_456({", True, False, True),
        (b"var x = [", True, False, True),
        ("联通：一则新闻".encode(), False, False, False),
        (b"< 5 %", False, False, False),
        (b"<header>", True, False, False),
        (b"", False, False, False),
    ],
)
def test_how_data_begins(head: bytes, page: bool, html: bool, json: bool) -> None:
    assert (detect.begins_as_page(head), detect.begins_as_html(head), detect.begins_as_json(head)) == (page, html, json)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-16-be-bom"])
def test_text_in_utf16_is_given_in_utf8(encoding: str) -> None:
    text = '<html lang="zh">联通</html>'
    data = b"\xfe\xff" + text.encode("utf-16-be") if encoding.endswith("bom") else text.encode(encoding)
    assert detect.in_utf8(data).decode() == text
    assert not detect.is_binary(data)


@pytest.mark.parametrize("data", [b"", b"<html>", "联通".encode("gbk"), PNG, b"\xff\xfe\0\0<\0\0\0"])
def test_what_is_no_utf16_stays_as_it_is(data: bytes) -> None:
    assert detect.in_utf8(data) == data


@pytest.mark.parametrize(
    ("head", "path", "kind"),
    [
        (PNG, "a.html", "image/png"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "x", "image/webp"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "x", "audio/x-riff"),
        (b"\0\0\0\x20ftypisom", "x", "video/mp4"),
        (b"body{}", "a.CSS", "text/css"),
        (b"body{}", "style.css?v=3", "text/css"),
        (b"function(){}", "a.js", "text/javascript"),
        (b"function(){}", "a.mjs", "text/javascript"),
        (b"a note", "a.txt", "text/plain"),
        (b"<svg xmlns='x'>", "a.svg", "image/svg+xml"),
        (b"<urlset>", "sitemap.xml", "application/xml"),
        (b"{\\rtf1 ", "a.rtf", "text/rtf"),
        (b"Title\n===", "a.rst", "text/x-rst"),
        (b"a: 1", "a.yml", "application/yaml"),
    ],
)
def test_a_companion_has_a_type(head: bytes, path: str, kind: str) -> None:
    assert detect.asset_type(head, path) == kind


@pytest.mark.parametrize(
    ("head", "path"),
    [
        (b"anything", "a.html"),
        (b"<!doctype html>", "a.png"),
        (REPLY, "a.js"),
        (b'[{"a": 1}]', "a.txt"),
        (b"<p>x", "a.log"),
        (b"---\nlayout: post\ntitle: x\n", "a.css"),
        ('---\nlayout: post\ntitle: "联通"\n'.encode("utf-16"), "a.txt"),
        (b'+++\ntitle = "x"\n', "a.css"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel>", "feed.xml"),
        (b"anything", "a.unheard-of"),
        (b"anything", "no-suffix"),
    ],
)
def test_what_may_be_a_page_is_no_companion(head: bytes, path: str) -> None:
    assert detect.asset_type(head, path) is None


@pytest.mark.parametrize(
    ("kind", "is_asset"),
    [
        ("image/png", True),
        ("Text/CSS; charset=utf-8", True),
        ("text/csv-schema", True),
        ("application/pdf", True),
        ("application/gzip", True),
        ("text/html", False),
        ("text/plain", False),
        ("application/json", False),
        ("application/javascript", False),
        ("", False),
    ],
)
def test_what_a_declared_type_says(kind: str, is_asset: bool) -> None:
    assert detect.declares_asset(kind) == is_asset


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_text_of_any_encoding_that_pages_have_is_not_binary(encoding: str) -> None:
    assert not detect.is_binary(("中國聯通 5G\t" * 300 + "\f\x1b[0m").encode(encoding))


def test_noise_is_binary() -> None:
    assert detect.is_binary(random.Random(1).randbytes(4096))
    assert detect.is_binary(bytes(512))
    assert not detect.is_binary(b"")


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"", "text/html", "empty page"),
        (PNG + bytes(40), "text/html", "binary data, not a page"),
        (b"function(){}", "application/x-javascript", "asset: application/x-javascript"),
        (REPLY, "application/javascript", ""),
        (b"<html>", "text/html", ""),
        (b"<html>", "", ""),
    ],
)
def test_why_a_payload_is_no_page(body: bytes, kind: str, reason: str) -> None:
    assert detect.why_no_page(body, kind) == reason

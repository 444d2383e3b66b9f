"""Scrapy's HTTP cache gives its replies."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archive.makers import URL, make_tar, make_zip

from crawler.archive import Limits


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
    assert [u.reason for u in found.skipped] == ["asset: part of an HTTP cache entry"] * 5
    assert not (tmp_path / "owned").exists()


def test_a_cached_reply_in_a_tar_is_told(tmp_path: Path, opened, html: bytes) -> None:
    files = {f"{n}/{name}": html for n in range(3) for name in ("meta", "response_body", "response_headers")}
    (tmp_path / "x.tar").write_bytes(make_tar(files))
    found = opened()
    assert not found.pages
    assert {u.source.partition("!")[2]: u.failed for u in found.skipped} == {n: "body" in n for n in files}


def reply(body: bytes) -> dict[str, bytes]:
    return {
        "meta": repr({"url": URL, "status": 200}).encode(),
        "response_headers": b"Content-Type: text/html\r\nContent-Encoding: gzip",
        "response_body": gzip.compress(body),
    }


@pytest.mark.parametrize("folder", ["ab", "新"])
def test_cached_replies_in_a_zip_are_drawn_on_its_budget(tmp_path: Path, opened, html: bytes, folder: str) -> None:
    files = {f"ab{n}/{k}": v for n in range(5) for k, v in reply(html + b" " * 90_000).items()}
    (tmp_path / "x.zip").write_bytes(make_zip(files).replace(b"ab", folder.encode("gbk")))
    assert len(opened().pages) == 5
    found = opened(limits=Limits(total_bytes=200_000))
    assert len(found.pages) == 2
    assert found.reasons["x.zip"].startswith("expands to more than")

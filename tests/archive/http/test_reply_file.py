"""One reply as it came, in a file of its own."""

import gzip
from pathlib import Path

import pytest

PAGE = "<!DOCTYPE html><html><body><p>新产线投产。</p></body></html>".encode()
URL = "http://finance.eastmoney.com/a/202201142248170578.html"
NAME = "202201142248170578.txt"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def chunked(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(data), data)


@pytest.mark.parametrize(
    "data",
    [
        OK + b"\r\n" + PAGE,
        b"HTTP/2 200 \r\ncontent-type: text/html\r\n\r\n" + PAGE,
        OK.replace(b"\r\n", b"\n") + b"\n" + PAGE,
        b"HTTP/1.0 200 Connection established\r\n\r\nHTTP/1.1 301 Moved\r\nLocation: /\r\n\r\n" + OK + b"\r\n" + PAGE,
        OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(PAGE),
        OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE),
    ],
)
def test_the_page_of_a_reply(tmp_path: Path, opened, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    assert [(page.url, page.body) for page in opened().pages] == [(URL, PAGE)]


@pytest.mark.parametrize(
    ("data", "reason", "failed"),
    [
        (b"HTTP/1.1 404 Not Found\r\n\r\n" + PAGE, "HTTP 404", False),
        (b"HTTP/1.1 503 Busy\r\n\r\n" + PAGE, "HTTP 503", False),
        (OK, "truncated: the head of the reply does not end", True),
        (
            OK + b"Transfer-Encoding: chunked\r\n\r\n" + chunked(PAGE)[:30],
            "truncated: the last chunk is not there",
            True,
        ),
        (
            OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE)[:-9],
            "truncated: its gzip data does not end",
            True,
        ),
    ],
)
def test_a_reply_without_its_page(tmp_path: Path, opened, data: bytes, reason: str, failed: bool) -> None:
    (tmp_path / NAME).write_bytes(data)
    assert [(one.reason, one.failed) for one in opened().skipped] == [(reason, failed)]

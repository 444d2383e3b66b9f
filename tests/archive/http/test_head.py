"""The head of a reply as recorders write it: with any line ends, folded lines, and bytes that are no text."""

import pytest

from crawler.archive.http.head import fields, reply


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_a_reply_is_its_status_its_fields_and_the_rest(end: bytes) -> None:
    head = end.join((b"HTTP/1.1 200 OK", b"Content-Type: text/html; charset=gbk", b"X-Cache : HIT", b"", b""))
    found = reply(head + b"<html>\r\n\r\n<p>x: y")
    assert found
    assert (found.status, found.head, found.payload) == ("200", head, b"<html>\r\n\r\n<p>x: y")
    assert found.headers == {"content-type": "text/html; charset=gbk", "x-cache": "HIT"}


@pytest.mark.parametrize(
    ("line", "status"),
    [(b"HTTP/2 404 ", "404"), (b"HTTP/1.0 503 Service Unavailable", "503"), (b"HTTP/1.1", "")],
)
def test_the_status_is_the_second_word_of_the_line(line: bytes, status: str) -> None:
    found = reply(line + b"\r\n\r\n")
    assert found
    assert (found.status, found.payload) == (status, b"")


@pytest.mark.parametrize(
    "block",
    [b"", b"<html>\n\n", b"HTTP/1.1 200 OK\r\nServer: x\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200_000 + b"\r\n"],
    ids=["empty", "page", "no end", "no end near"],
)
def test_what_begins_with_no_head_is_no_reply(block: bytes) -> None:
    assert reply(block) is None


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (b"A: 1\r\na: 2\r\n", {"a": "1"}),
        (b"Empty:\r\nB: 2\r\n", {"empty": "", "b": "2"}),
        (b"A: one;\r\n\t two\r\nB: 2", {"a": "one; two", "b": "2"}),
        ("T: 联通".encode(), {"t": "联通"}),
        (b"T: \xc1\xaa", {"t": "\xc1\xaa"}),
        (b"no field\r\nGET / HTTP/1.1\r\nA:b:c\r\n", {"a": "b:c"}),
        (b"  : x\r\n", {}),
    ],
)
def test_the_fields_of_a_head(lines: bytes, found: dict[str, str]) -> None:
    assert fields(lines) == found

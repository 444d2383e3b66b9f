"""A record whose digest is another is no page."""

import base64
import gzip
import hashlib
import re
from pathlib import Path

import pytest
from archive.makers import URL, records

SENT = gzip.compress("<p>中国联通".encode())


CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(SENT), SENT)


REPLY = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"


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
        ("Block", lambda: base32("sha1", REPLY + CHUNKED), True),
        ("Block", lambda: base32("sha1", REPLY + SENT), False),
    ],
)
@pytest.mark.parametrize("extra", [b"", b"WARC-Truncated: length\r\n"])
def test_a_record_that_its_digest_does_not_fit_is_damaged(
    tmp_path: Path, opened, field: str, value, fits: bool, extra: bytes
) -> None:
    block = REPLY + CHUNKED
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

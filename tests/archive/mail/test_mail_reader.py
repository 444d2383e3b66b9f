"""MHTML gives its page."""

import base64
from datetime import UTC, datetime
from pathlib import Path

from archive.makers import MHTML, URL


def test_mhtml(tmp_path: Path, opened, html: bytes) -> None:
    text = MHTML.format(url=URL, body=base64.encodebytes(html).decode())
    (tmp_path / "a.mhtml").write_bytes(text.encode())
    (tmp_path / "b.mht").write_bytes(text.replace("\n", "\r\n").encode())
    (tmp_path / "cut.mhtml").write_bytes(text[: text.index("iVBO")].encode())
    found = opened()
    assert [(p.url, p.body, p.encoding) for p in found.pages] == [(URL, html, "gb2312")] * 3
    assert found.pages[0].fetched == datetime(2022, 1, 14, 5, 2, 46, tzinfo=UTC)
    assert [u.reason for u in found.skipped] == ["asset: image/png"] * 2 + ["truncated: the message does not end"]

"""MHTML gives its page."""

import base64
import sys
from datetime import UTC, datetime
from pathlib import Path

from archive.makers import URL

if sys.version_info >= (3, 14):
    pass
else:
    pass


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
    assert [u.reason for u in found.skipped] == ["asset: image/png"] * 2 + ["truncated: the message does not end"]

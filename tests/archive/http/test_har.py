"""A HAR gives its replies."""

import base64
import json
from pathlib import Path

import pytest
from archive.makers import URL


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
    assert [u.reason for u in found.skipped] == [
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
    assert [(u.reason, u.failed) for u in found.skipped] == [told] * (not whole)

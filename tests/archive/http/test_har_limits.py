"""What comes out of the replies in a container counts: a small file cannot grow without end."""

import base64
import gzip
import json
from pathlib import Path

import pytest

from crawler.archive.model import MIB


@pytest.mark.parametrize("size", [20 * MIB, 33 * MIB])
def test_a_small_har_does_not_grow_without_end(size: int, tmp_path: Path, opened) -> None:
    bomb = base64.b64encode(gzip.compress(gzip.compress(b"\n" * size))).decode()
    content = {"mimeType": "text/html", "text": bomb, "encoding": "base64"}
    entry = {"request": {"url": "http://a.cn/"}, "response": {"status": 200, "content": content}}
    (tmp_path / "x.har").write_text(json.dumps({"log": {"entries": [entry] * 40}}))
    found = opened()
    assert len(found.pages) + len(found.skipped) <= 5
    assert "expands to more than" in found.skipped[-1].reason

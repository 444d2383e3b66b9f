"""Files of others in the quarantine are named and skipped."""

import json
from pathlib import Path

import pytest

from crawler.store.quarantine import Quarantine

FOREIGN = (
    "{",
    "[1, 2]",
    "null",
    '"x"',
    '{"id": 1}',
    '{"id": "another", "reason": "x"}',
    '{"id": "f", "reason": {}}',
    "[" * 99_999,
    "\0\xff",
)


@pytest.mark.parametrize("text", FOREIGN)
def test_a_foreign_file_in_quarantine_is_named_and_skipped(text: str, tmp_path: Path) -> None:
    quarantine = Quarantine(tmp_path)
    quarantine.add("NW202201142248170578", "why")
    path = tmp_path / "quarantine" / "f.json"
    path.write_bytes(text.encode("latin-1"))
    (tmp_path / "quarantine" / "g.json").mkdir()
    quarantine.open()
    assert [entry.id for entry in quarantine.entries()] == ["NW202201142248170578"]
    assert [found.name for found in quarantine.foreign] == ["f.json", "g.json"]
    assert json.loads((tmp_path / "quarantine" / "NW202201142248170578.json").read_text())["reason"] == "why"

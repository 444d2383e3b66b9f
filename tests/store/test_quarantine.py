"""Files of others in the quarantine are named and skipped."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from store.samples import POST, made

from crawler.items import Page
from crawler.store.quarantine import Quarantine
from crawler.store.run import Run

OTHER = replace(POST, code="NW202201142248170002")
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


@pytest.mark.parametrize("name", [f"{OTHER.code}.json", f"{OTHER.code}.raw"])
def test_a_folder_in_the_place_of_an_entry_is_told_and_ends_no_run(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "quarantine" / name
    folder.mkdir(parents=True)
    with Run(tmp_path) as run:
        for _ in range(2):
            run.quarantined(OTHER.code, "why", Page(url="http://x/", body=b"raw"))
        run.store([made(POST)])
        assert run.outcomes == {OTHER.code: "quarantined", POST.code: "written"}
        assert run.failed[0]["reason"] == ("why" if "raw" in name else "why (no entry: something else has its name)")
        run.store([made(OTHER)])
    assert folder.is_dir()
    assert [path for path in (tmp_path / "quarantine").iterdir() if path.is_file()] == []

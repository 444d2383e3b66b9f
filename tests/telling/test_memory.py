"""What was told is remembered below the output folder; a damaged memory is none."""

import json
from math import inf, nan
from pathlib import Path

import pytest

from crawler.telling.memory import Memory, memory_file


def test_memory_is_kept_below_the_output_and_a_damaged_one_is_none(tmp_path: Path) -> None:
    file = memory_file(tmp_path, "../../x")
    assert file.parent == tmp_path / "state"
    memory = Memory(5, ["category 题"], {"list": ["article", "2026-03-02"]}, {"题报": ["tibao", "2026-03-02"]}, 7)
    memory.write(file)
    assert Memory.read(file) == memory
    for text in (
        b"[",
        b"[]",
        b"{}",
        b'{"exit_code": 1, "quiet": [], "lists": [], "success": 0}',
        b"\xff",
        b"[" * 10**5,
    ):
        file.write_bytes(text)
        assert Memory.read(file) == Memory()


@pytest.mark.parametrize(
    "wrong",
    [
        {"success": inf}, {"success": nan}, {"success": 10**400}, {"exit_code": inf}, {"quiet": 5}, {"success": [7]},
        {"lists": {"list": []}}, {"lists": {"list": ["article", "yesterday"]}}, {"media": {"题报": ["tibao", 5]}},
        {"media": {"题报": "tibao"}},
    ],
)  # fmt: skip
def test_what_no_run_wrote_is_remembered_by_none(wrong: dict[str, object], tmp_path: Path) -> None:
    """It is JSON, and yet what reads it later would fail at it, and the crawl with it."""
    file = tmp_path / "told.json"
    file.write_text(json.dumps({"exit_code": 5, "quiet": [], "success": 7} | wrong))
    assert Memory.read(file) == Memory()


def test_what_is_not_there_is_nothing_and_each_job_has_a_file_of_its_own(tmp_path: Path) -> None:
    assert Memory.read(tmp_path / "nowhere.json") == Memory(0, [], {}, {}, 0)
    assert len({memory_file(tmp_path, job).name for job in ("finews", "eastmoney", "reprocess", "", "../x")}) == 5


def test_an_older_file_without_lists_is_read(tmp_path: Path) -> None:
    file = tmp_path / "told.json"
    file.write_text('{"exit_code": 5, "quiet": ["rate"], "success": 7}')
    assert Memory.read(file) == Memory(5, ["rate"], {}, {}, 7)

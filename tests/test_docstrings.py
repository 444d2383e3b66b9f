"""The examples in docstrings give what they say."""

import doctest
import importlib
from pathlib import Path

import pytest
from forked_scrapy import ROOT

FILES = [path.relative_to(ROOT) for path in (ROOT / "crawler").rglob("*.py") if ">>> " in path.read_text("utf-8")]


@pytest.mark.parametrize("file", sorted(FILES), ids=str)
def test_examples(file: Path) -> None:
    result = doctest.testmod(importlib.import_module(".".join(file.with_suffix("").parts)))
    assert result.attempted > 0
    assert result.failed == 0


def test_there_are_some() -> None:
    assert len(FILES) >= 3

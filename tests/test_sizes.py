"""Files and functions stay small enough to be read at one sitting."""

import ast
from pathlib import Path

import pytest
from forked_scrapy import ROOT

FILES = sorted((ROOT / "crawler").rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 250, 50


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT / "crawler")))
def test_sizes(file: Path) -> None:
    source = file.read_text("utf-8")
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert source.count("\n") <= LONGEST_FILE
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION] == []

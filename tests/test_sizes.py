"""Files and functions stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator

from forked_scrapy import ROOT

LONGEST_FILE, LONGEST_FUNCTION = 250, 50


def test_sizes() -> None:
    files = {str(file.relative_to(ROOT)): file.read_text("utf-8") for file in (ROOT / "crawler").rglob("*.py")}
    assert len(files) > 100
    assert sorted(name for name, source in files.items() if source.count("\n") > LONGEST_FILE) == []
    assert sorted(long for name, source in files.items() for long in _long_functions(name, source)) == []


def _long_functions(name: str, source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if is_function and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
            yield f"{name}: {node.name}"

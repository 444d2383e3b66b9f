"""Patterns are compiled when they are first used, and every one of them can be."""

import ast
import gc
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import crawler
from crawler import patterns
from crawler.patterns import compiled

MODULES = sorted(Path(crawler.__path__[0]).rglob("*.py"))


def at_import(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs when a module is imported."""
    for child in ast.iter_child_nodes(tree):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from at_import(child)


def test_no_module_compiles_what_it_may_never_need() -> None:
    def compiles(node: ast.AST) -> bool:
        return isinstance(node, ast.Attribute) and ast.unparse(node) == "re.compile"

    trees = {file: ast.parse(file.read_text("utf-8")) for file in MODULES}
    assert [file for file, tree in trees.items() if any(map(compiles, at_import(tree)))] == []


def test_every_pattern_can_be_compiled() -> None:
    for module in walk_packages(crawler.__path__, "crawler."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    found = [one for one in gc.get_objects() if isinstance(one, patterns._Pattern)]
    assert len(found) > 400
    for one in found:
        re.compile(one.pattern, one._flags)


def test_importing_compiles_none() -> None:
    told = """
import gc
from crawler import patterns
import crawler.reprocess.driver, crawler.spiders.finews
found = [one for one in gc.get_objects() if isinstance(one, patterns._Pattern)]
print(len(found), sum(one._compiled is not None for one in found))
"""
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    number, done = map(int, run.stdout.split())
    assert number > 200
    assert done < 10  # what others are made of


def test_it_is_used_as_any_pattern() -> None:
    word = compiled(r"(?P<first>[a-z])\w*", re.IGNORECASE)
    found = word.search("1 Ab")
    assert found
    assert (found["first"], word.sub("x", "Ab cd"), word.pattern, word.groupindex["first"]) == (
        "A", "x x", r"(?P<first>[a-z])\w*", 1
    )  # fmt: skip
    assert word.flags & re.IGNORECASE
    assert compiled(rb"\d").fullmatch(b"1")


def test_what_is_wrong_with_one_is_told_when_it_is_used() -> None:
    wrong = compiled("(")
    with pytest.raises(re.error):
        wrong.search("x")

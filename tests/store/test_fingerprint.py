"""What posts were made with: settings that mean the same are the same, and other rules are others."""

import ast
import re
import shutil
import tomllib
from pathlib import Path

import pytest
from crawling import given
from forked_scrapy import ROOT

from crawler.store import fingerprint
from crawler.store.fingerprint import made_with


def test_the_fingerprint_tells_meanings_apart_and_spellings_not() -> None:
    def made(**changed: object) -> str:
        return made_with(given(**changed))

    assert made() == made(FINEWS_CLEANING_ADD="") == made(FINEWS_CLEANING="standard")
    assert made(FINEWS_CLEANING_ADD=["b", "a"]) == made(FINEWS_CLEANING_ADD="a,b")
    several = {made(), made(FINEWS_CLEANING="source"), made(FINEWS_CLEANING_REMOVE="a"), made(FINEWS_KLINE_CHARTS=True)}
    assert len(several) == 4


def test_other_rules_make_known_posts_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever is changed in the core, as its import contract lists it."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    assert {f"crawler.{name}" for name in fingerprint.CORE} == {*contract["source_modules"]}
    shutil.copytree(ROOT / "crawler", tmp_path / "crawler")
    monkeypatch.setattr(fingerprint, "files", tmp_path.joinpath)
    told = set()
    for name in ("", "body/rules/promotion.py", "footer.py", "summary.py", "# sites.py"):
        if name:
            with (tmp_path / "crawler" / name.removeprefix("# ")).open("a") as file:
                file.write("# X = 1\n" if name.startswith("#") else "X = 1\n")
        fingerprint.of_part.cache_clear()
        told.add(made_with(given()))
    fingerprint.of_part.cache_clear()
    assert len(told) == 3, "neither the summary nor a comment decides anything"


def _without_docstrings(source: bytes) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            node.value.value = ""
    return ast.dump(tree)


def test_what_is_left_of_the_source_means_the_same_and_nothing_else_counts() -> None:
    """So each change of meaning is one of what is left, in whatever way it is spelled."""
    for path in sorted((ROOT / "crawler").rglob("*.py")):
        source = path.read_bytes()
        left = fingerprint.meaning(source)
        assert _without_docstrings(left) == _without_docstrings(source), path
        told = re.sub(rb"(?m)^(?= *(?:def|class|return|if|for|@\w+) )", b"\n  # it's \"\n", source)
        told = re.sub(rb'(?m)^( *)"""(?=\w[^"\n]*"""$)', rb'\1"""Other # words\n\n', told)
        assert fingerprint.meaning(b"# first\n" + told) == left, path

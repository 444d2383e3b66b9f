"""What posts were made with: settings that mean the same are the same, and other rules are others."""

import shutil
import tomllib
from pathlib import Path

import pytest
from crawling import given
from forked_scrapy import ROOT

from crawler.store import rules
from crawler.store.rules import made_with


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
    assert {f"crawler.{name}" for name in rules.CORE} == {*contract["source_modules"]}
    shutil.copytree(ROOT / "crawler", tmp_path / "crawler")
    monkeypatch.setattr(rules, "__file__", str(tmp_path / "crawler/store/rules.py"))
    told = set()
    for name in ("", "body/rules/promotion.py", "footer.py", "summary.py"):
        if name:
            with (tmp_path / "crawler" / name).open("a") as file:
                file.write("X = 1\n")
        rules._rules.cache_clear()
        told.add(made_with(given()))
    rules._rules.cache_clear()
    assert len(told) == 3, "the summary decides nothing"

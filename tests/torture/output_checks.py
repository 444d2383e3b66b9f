"""What must hold of an output folder after any run, and the ways to look at it."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

Tree = dict[str, bytes]


def tree(output: Path) -> Tree:
    """What users take away, by path: posts and list page stubs."""
    folders = (output / "_posts", output / "category")
    return {str(p.relative_to(output)): p.read_bytes() for f in folders for p in f.rglob("*") if p.is_file()}


def mtimes(output: Path) -> dict[str, int]:
    """When each of them, and each folder, was touched last."""
    paths = [p for f in ("_posts", "category") for p in ((output / f), *(output / f).rglob("*"))]
    return {str(path): path.stat().st_mtime_ns for path in paths}


def differences(found: Tree, wanted: Tree) -> dict[str, str]:
    """What is missing, too much or other, by path: short enough to be printed."""
    says = dict.fromkeys(wanted.keys() - found.keys(), "missing")
    says |= dict.fromkeys(found.keys() - wanted.keys(), "too much")
    return says | {name: "other bytes" for name in wanted.keys() & found.keys() if found[name] != wanted[name]}


def leftovers(output: Path) -> list[str]:
    """Temp files anywhere below the output folder."""
    return [str(path.relative_to(output)) for path in output.rglob("*.part")]


def rows(output: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of the ledger, read by SQLite itself."""
    with closing(sqlite3.connect(output / "state" / "ledger.sqlite")) as connection:
        return connection.execute(query).fetchall()


def states(output: Path) -> dict[str, str]:
    """State of every article by code."""
    return {code: state for code, state in rows(output, "SELECT code, state FROM articles")}  # noqa: C416 - typed


def quarantined(output: Path) -> dict[str, str]:
    """Reason of every quarantine entry by id."""
    entries = (json.loads(path.read_bytes()) for path in (output / "quarantine").glob("*.json"))
    return {entry["id"]: entry["reason"] for entry in entries}


def check_ledger(output: Path) -> None:
    """The database is sound, and what it says lies on disk, no more and no less."""
    assert rows(output, "PRAGMA integrity_check") == [("ok",)]
    files = rows(output, "SELECT code, file FROM articles WHERE state = 'written'")
    assert {file for _, file in files} == {path.name for path in (output / "_posts").rglob("*") if path.is_file()}
    in_quarantine = {code for code, state in states(output).items() if state == "quarantined"}
    entries = {name for name in quarantined(output) if not name.startswith("page-")}
    assert in_quarantine == entries, "ledger and quarantine folder disagree"


def reports(output: Path) -> list[dict[str, Any]]:
    """All reports, oldest first."""
    found = sorted((output / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)  # two a second
    return [json.loads(path.read_bytes()) for path in found]


ENDS = ("written", "unchanged", "quarantined", "out_of_scope")


def check_conservation(found: Iterable[dict[str, Any]]) -> None:
    """In every report the articles found are the sum of what became of them."""
    for report in found:
        assert report["found"] == sum(report[name] for name in ENDS), report

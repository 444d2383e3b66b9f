"""What a killed run left half-written is cleared away by the next one, wherever it was writing."""

import os
from pathlib import Path
from typing import Any

import pytest
from store.samples import POST, made

from crawler.store.run import Run


@pytest.mark.parametrize(
    "name",
    [
        *(f"{folder}/.20220114T000000Z-0000.json.part" for folder in ("_posts", "category", "reports", "quarantine")),
        "state/parts/4711/3.part",
    ],
)
def test_temp_files_of_a_killed_run_are_cleared_away(name: str, tmp_path: Path) -> None:
    left = tmp_path / name
    left.parent.mkdir(parents=True)
    left.write_bytes(b'{"run"')
    with Run(tmp_path) as run:
        run.compare()
        run.store([made(POST)])
    assert not left.exists()


def test_a_worker_that_outlives_its_run_hinders_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of a cluster: while the next run clears away, it writes another part, and puts a file in its place."""
    temp, waits = tmp_path / "state/read/.there-1.part", tmp_path / "state/parts/there"
    for folder in (temp.parent, waits):
        folder.mkdir(parents=True)
    temp.touch()
    (waits / "1.part").touch()
    really_unlink, really_rmdir = os.unlink, os.rmdir

    def unlink(path: Any, **where: Any) -> None:
        if temp.exists():
            temp.replace(temp.with_name("spool-1"))
        really_unlink(path, **where)

    def rmdir(path: Any, **where: Any) -> None:
        if not (waits / "2.part").exists():
            (waits / "2.part").touch()
        really_rmdir(path, **where)

    monkeypatch.setattr(os, "unlink", unlink)
    monkeypatch.setattr(os, "rmdir", rmdir)
    with Run(tmp_path) as run:
        run.store([made(POST)])
        assert [path.name for path in waits.iterdir()] == ["2.part"]
    monkeypatch.undo()
    with Run(tmp_path):
        assert not waits.exists()
    assert [path.name for path in temp.parent.iterdir()] == ["spool-1"]

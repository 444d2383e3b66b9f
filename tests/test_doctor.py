"""What is wrong with an output folder or an environment is found, each with its cure, and nothing is touched."""

import hashlib
import os
import shutil
import sqlite3
import time
from pathlib import Path

import pytest
from commands.command import doctor
from run_scrapy import scrapy
from world import World, generated_site

from crawler.doctor import _environment
from crawler.items import Page
from crawler.sites import SITE_HOSTS
from crawler.store.ledger import Ledger
from crawler.store.lock import RunLock
from crawler.store.quarantine import Quarantine

SITE = generated_site(6, 2)


WELL = (0, "nothing is wrong\n", "")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("crawled") / "output"
    with World(SITE) as world:
        start = "start=http://finews.withounder.com/"
        assert scrapy("crawl", "finews", "-a", start, output=output, env=world.env()).code == 0
    return output


@pytest.fixture
def output(crawled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(crawled, tmp_path / "output"))


def _state(folder: Path) -> dict[str, tuple[str, int]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) for path in files}


@pytest.mark.long
def test_all_well_and_nothing_there_and_nothing_is_touched(output: Path, tmp_path: Path) -> None:
    before = _state(output)
    assert doctor(output) == WELL
    lock = RunLock(output)
    lock.take()
    assert doctor(output) == WELL
    lock.release()
    assert {name: was for name, was in _state(output).items() if not name.endswith("/lock")} == {
        name: was for name, was in before.items() if not name.endswith("/lock")
    }
    assert doctor(tmp_path / "nowhere") == WELL
    assert not (tmp_path / "nowhere").exists()


def test_disk_against_ledger(output: Path) -> None:
    lost, mine, renamed = sorted((output / "_posts").iterdir())[:3]
    data = renamed.read_bytes()
    lost.unlink()
    mine.write_bytes(mine.read_bytes() + b"x")
    stranger = renamed.with_name("2022-01-14-NW202201142000000001.md")
    stranger.write_bytes(data)
    code, out, _ = doctor(output)
    assert code == 9
    assert f"missing from disk 1: {lost.name}\n  cure: put them back" in out
    assert f"does not know 1: {stranger.name}\n  cure: `reprocess`" in out
    assert f"edited by hand, or damaged 1: {mine.name}\n" in out
    assert out.endswith("wrong 2\n")


def test_posts_whose_names_no_run_reads(tmp_path: Path) -> None:
    (tmp_path / "_posts").mkdir()
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/_posts/2022-01-14-\xcc\xe2.md")).write_bytes(b"")
    Ledger(url := f"sqlite:///{tmp_path / 'ledger.sqlite'}").close()
    code, out, _ = doctor(tmp_path, "-s", f"FINEWS_LEDGER_URL={url}")
    assert (code, "posts whose names are not UTF-8 1: 2022-01-14-" in out) == (9, True), out


def test_a_ledger_that_is_lost_damaged_or_too_new(output: Path) -> None:
    ledger = output / "state/ledger.sqlite"
    data = ledger.read_bytes()
    page = int.from_bytes(data[16:18], "big")
    ledger.write_bytes(data[: 3 * page] + b"\xee" * 3 * page + data[6 * page :])
    code, out, _ = doctor(output)
    assert (code, "is damaged" in out, "cure: `verify --rebuild`" in out) == (9, True, True), out
    ledger.write_bytes(data)
    with sqlite3.connect(ledger) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles_site_state'").fetchone()
    db.close()
    ledger.write_bytes(data[: (root - 1) * page] + b"\xee" * page + data[root * page :])
    assert "is damaged" in doctor(output)[1]
    ledger.write_bytes(data)
    with sqlite3.connect(ledger) as db:
        db.execute("UPDATE meta SET value = '999' WHERE name = 'schema'")
    db.close()
    code, out, _ = doctor(output)
    assert (code, "has schema 999" in out, "cure: `verify --rebuild`" in out) == (9, True, True), out
    ledger.unlink()
    assert doctor(output)[:2] == (
        9,
        "there are posts and no ledger\n  cure: `verify --rebuild` makes it of them\nwrong 1\n",
    )


def test_folders(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    code, out, _ = doctor(tmp_path / "new", "-s", f"FINEWS_METRICS_FILE={tmp_path / 'nowhere/finews.prom'}")
    assert (code, out.splitlines()[0]) == (9, f"cannot write FINEWS_METRICS_FILE: {tmp_path / 'nowhere'}")
    code, out, _ = doctor(tmp_path / "new", "-s", f"FINEWS_LEDGER_URL=sqlite:///{tmp_path / 'nowhere/ledger.sqlite'}")
    assert (code, out.splitlines()[0]) == (9, f"cannot write FINEWS_LEDGER_URL: {tmp_path / 'nowhere'}")
    code, out, _ = doctor(tmp_path / "file/output")
    assert (code, out.splitlines()[0]) == (9, f"cannot write below {tmp_path / 'file/output'}: {tmp_path / 'file'}")


def test_stale_quarantine(output: Path) -> None:
    quarantine = Quarantine(output)
    for code in ("NW202201142000000001", "NW202201142000000002"):
        quarantine.add(code, "reason", Page(url="http://h/", body=b"x"))
    (output / "quarantine/x.json").write_text("{")
    old = time.time() - 31 * 24 * 3600
    os.utime(output / "quarantine/NW202201142000000001.json", (old, old))
    code, out, _ = doctor(output)
    assert code == 9
    assert "more than 30 days: NW202201142000000001\n  cure: `quarantine retry`" in out
    assert "no entries of quarantine, or damaged ones: x.json\n" in out
    assert out.endswith("wrong 2\n")


def test_two_sites_in_one_output_and_a_mark_that_lies(output: Path) -> None:
    ledger, insert = (
        Ledger(f"sqlite:///{output / 'state/ledger.sqlite'}"),
        "INSERT INTO pages (url, site, sha256) VALUES (?, ?, 'x')",
    )
    with ledger._transaction() as db:
        rows = [(f"http://{SITE_HOSTS[1]}/", SITE_HOSTS[1]), ("https://np-listapi.eastmoney.com/x", "eastmoney")]
        db.exec_driver_sql(insert, rows)
    assert doctor(output) == WELL
    with ledger._transaction() as db:
        db.exec_driver_sql(insert, ("http://other.example/", "other.example"))
    ledger.close()
    (output / "INVENTED.txt").touch()
    code, out, _ = doctor(output)
    assert code == 9
    assert "two sites in one output: " in out
    assert ", other.example\n" in out
    with sqlite3.connect(output / "state/ledger.sqlite") as db:
        db.execute("DELETE FROM pages WHERE site != 'other.example'")
    db.close()
    assert "two sites" not in doctor(output)[1]
    assert "the ledger holds real articles, and INVENTED.txt says otherwise\n" in out


def test_a_moved_environment(tmp_path: Path) -> None:
    made = tmp_path / "made/bin"
    made.mkdir(parents=True)
    for first in (f"#!{made}/python3.11\n", f'#!/bin/sh\n\'\'\'exec\' "{made}/python" "$0" "$@"\n'):
        (made / "scrapy").write_text(first)
        assert [*_environment(made.parent)] == []
        moved = Path(shutil.copytree(made.parent, tmp_path / "copied"))
        ((what, _),) = _environment(moved)
        assert what == f"the virtual environment {moved} was made at {made.parent}, and moved or copied"
        (tmp_path / "elsewhere").symlink_to(made.parent)
        assert [*_environment(tmp_path / "elsewhere")] == []
        (tmp_path / "elsewhere").unlink()
        shutil.rmtree(moved)
    (made / "scrapy").write_text("#!/usr/bin/env python3\n")
    assert [*_environment(made.parent)] == []

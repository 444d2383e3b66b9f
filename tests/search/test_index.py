"""The index follows the files, whoever changes them and whatever becomes of the index itself."""

import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from forked_scrapy import ROOT
from full_or_small import size
from search.archives import RED, aged, codes, drawn, finder, post, put

from crawler.search import update
from crawler.search.index import ask, keep_up
from crawler.search.tables import FILE


def index(output: Path) -> Path:
    return output / "state" / FILE


def test_it_can_be_deleted_at_any_time(output: Path) -> None:
    index(output).unlink()
    assert codes(finder(output).search(["红色"])) == {RED.code}
    shutil.rmtree(output / "state")
    assert codes(finder(output).search(["红色"])) == {RED.code}


def _other_tables(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE posts (x)")


def _without(table: str) -> None:
    def change(file: Path) -> None:
        with closing(sqlite3.connect(file)) as db:
            db.execute(f"DROP TABLE {table}")

    return change  # type: ignore[return-value]


def _middle(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:-100] = bytes(len(data) - 4196)
    file.write_bytes(data)


DAMAGE = {
    "no database": lambda file: file.write_bytes(b"no database at all" * 1000),
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:9000]),
    "cut in its head": lambda file: file.write_bytes(file.read_bytes()[:50]),
    "zeroes": _middle,
    "other tables": _other_tables,
    "no pairs": _without("pairs"),
    "no folded": _without("folded"),
    "of another version": lambda file: sqlite3.connect(file).execute("PRAGMA user_version = 99").connection.close(),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_one_is_made_anew(kind: str, output: Path) -> None:
    DAMAGE[kind](index(output))
    put(output, post(3, body="<p>红色</p>"))
    told: list[str] = []
    assert codes(finder(output, told).search(["红色"])) == {RED.code, post(3).code}
    assert told == []
    assert codes(finder(output).search(["蓝色"])) == {post(2).code}


def _folder(output: Path) -> None:
    index(output).unlink()
    index(output).mkdir()


def _no_state(output: Path) -> None:
    shutil.rmtree(output / "state")
    (output / "state").write_text("a file")


@pytest.mark.parametrize("hinder", [_folder, _no_state])
def test_where_it_cannot_be_written_one_in_memory_is_asked(hinder: object, output: Path) -> None:
    hinder(output)  # type: ignore[operator]
    told: list[str] = []
    assert codes(finder(output, told).search(["红色"])) == {RED.code}
    assert [line for line in told if "cannot be written" in line] == told != []


def test_a_disk_that_refuses_writes_costs_a_copy_of_what_is_there(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what is new is read then, and the file stays as it was."""
    put(output, post(3, body="<p>红色</p>"))
    before, read = index(output).read_bytes(), []
    reading = update.read
    monkeypatch.setattr(update, "read", lambda name, data: (read.append(name), reading(name, data))[1])
    connect = sqlite3.connect

    def read_only(name: object, *args: object, **options: object) -> sqlite3.Connection:
        db = connect(name, *args, **options)  # type: ignore[call-overload]
        if name == index(output):
            db.execute("PRAGMA query_only = 1")  # SQLITE_READONLY, as root meets it nowhere else
        return db  # type: ignore[no-any-return]

    monkeypatch.setattr(sqlite3, "connect", read_only)
    told: list[str] = []
    assert codes(finder(output, told).search(["红色"])) == {RED.code, post(3).code}
    assert len(told) == 1
    assert {*read} == {"2022-01-14-NW202201140000000003.md"}
    assert index(output).read_bytes() == before


@pytest.mark.timeout(size(120, 3600))
def test_after_ten_runs_it_equals_one_made_anew(tmp_path: Path) -> None:
    """Down to the order of what is found: what is gone leaves no trace in the weights either."""
    rng, posts, words = random.Random(5), drawn(5, size(120, 5_000)), ["联通", "公司", "的", "5G 业绩", "云", "NEAR("]
    for _ in range(10):
        for one in rng.sample(posts, size(30, 1_200)):
            (file,) = put(tmp_path, replace(one, body=rng.choice(posts).body, title=rng.choice(posts).title))
            if rng.random() < 0.3:
                file.unlink()
        keep_up(tmp_path, [file.name for file in (tmp_path / "_posts").iterdir() if rng.random() < 0.5])
        finder(tmp_path).search(["联通"])
    kept = [finder(tmp_path).search([word])._replace(seconds=0) for word in words]
    index(tmp_path).unlink()
    assert [finder(tmp_path).search([word])._replace(seconds=0) for word in words] == kept
    assert kept[0].total > 10


def test_a_run_keeps_one_up_that_is_there_and_makes_none(output: Path) -> None:
    (file,) = put(output, post(3, body="<p>红色</p>"))
    aged(output)
    keep_up(output, [file.name])
    with closing(sqlite3.connect(index(output))) as db:
        assert db.execute("SELECT count(*) FROM posts").fetchone() == (3,)
    index(output).unlink()
    keep_up(output, [file.name])
    assert not index(output).exists()
    index(output).write_text("no database" * 1000)
    keep_up(output, [file.name])  # hinders no run
    assert finder(output).search(["红色"]).total == 2


def test_several_bring_it_up_to_date_at_once(output: Path) -> None:
    put(output, *drawn(1, 400))
    aged(output)
    code = (
        "import sys; from pathlib import Path; from crawler.search.finder import Finder;"
        "f = Finder(Path(sys.argv[1]), 'sqlite:///x', print); print(f.search(['色']).total, f.listed().total)"
    )
    command = [sys.executable, "-c", code, str(output)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) for _ in range(3)]
    assert [one.communicate()[0] for one in running] == ["2 402\n"] * 3
    counted = "SELECT count(*), count(DISTINCT file) FROM posts"
    assert ask(output, lambda db: db.execute(counted).fetchone(), print) == (402, 402)

"""The index is ours, whole and of this version, or it is told to be damaged; a copy never touches the file."""

import sqlite3
import threading
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from crawler.search.tables import _VERSION, Damaged, connected, copied, is_damage, packed, remove, unpacked


def rows(db: sqlite3.Connection) -> list[str]:
    with closing(db):
        return [file for (file,) in db.execute("SELECT file FROM posts")]


def put(file: Path, name: str) -> None:
    with closing(connected(file)) as db:
        db.execute("INSERT INTO posts (file, stamp, fault, paired) VALUES (?, '', '', 0)", (name,))


def test_it_is_made_once_and_then_there(tmp_path: Path) -> None:
    file = tmp_path / "search.sqlite"
    put(file, "a.md")
    put(file, "b.md")
    assert rows(connected(file)) == ["a.md", "b.md"]
    assert rows(connected(None)) == []


def test_several_that_make_it_at_once_make_one(tmp_path: Path) -> None:
    file = tmp_path / "search.sqlite"
    threads = [threading.Thread(target=put, args=(file, f"{number}.md")) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(rows(connected(file))) == [f"{number}.md" for number in range(8)]


@pytest.mark.parametrize("statement", [1, 2, 3])
def test_one_that_another_makes_meanwhile_is_no_damage(
    statement: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before any statement of whoever looks whether it is there."""
    file = tmp_path / "search.sqlite"
    seen: list[str] = []

    class Slow(sqlite3.Connection):
        def execute(self, *told: Any) -> sqlite3.Cursor:
            seen.append(told[0])
            if len(seen) == statement:
                with closing(connect(file, isolation_level=None)) as other:
                    other.executescript(f"CREATE TABLE posts (file); PRAGMA user_version = {_VERSION}")
            return super().execute(*told)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", partial(connect, factory=Slow))
    assert rows(connected(file)) == []
    assert len(seen) > statement


@pytest.mark.parametrize("statement", ["PRAGMA user_version = 4", "PRAGMA user_version = 99"])
def test_one_of_another_version_is_no_index(statement: str, tmp_path: Path) -> None:
    file = tmp_path / "search.sqlite"
    put(file, "a.md")
    with closing(sqlite3.connect(file)) as db:
        db.execute(statement)
    with pytest.raises(Damaged):
        connected(file)
    assert rows(copied(file)) == []


def test_tables_of_others_are_no_index(tmp_path: Path) -> None:
    file = tmp_path / "search.sqlite"
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE posts (x)")
    with pytest.raises(Damaged):
        connected(file)


def test_a_copy_holds_what_is_there_and_is_written_to_alone(tmp_path: Path) -> None:
    file = tmp_path / "a #1?.sqlite"
    put(file, "a.md")
    before = file.read_bytes()
    with closing(copied(file)) as db:
        db.execute("DELETE FROM posts")
    assert rows(copied(file)) == ["a.md"]
    assert (file.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (before, [file.name])


@pytest.mark.parametrize("data", [None, b"", b"no database" * 1000])
def test_a_copy_of_what_cannot_be_read_is_empty(data: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "search.sqlite"
    if data is not None:
        file.write_bytes(data)
    assert rows(copied(file)) == []


def test_what_is_damage_and_what_is_a_disk_or_another_process(tmp_path: Path) -> None:
    (tmp_path / "none").write_bytes(b"no database" * 1000)
    (tmp_path / "folder").mkdir()
    for name, damage in (("none", True), ("folder", False)):
        with pytest.raises((sqlite3.Error, Damaged)) as error:
            connected(tmp_path / name)
        assert is_damage(error.value) == damage
    assert is_damage(Damaged())
    assert not is_damage(ZeroDivisionError())


def test_it_goes_with_all_that_is_beside_it(tmp_path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal", ".bak"):
        (tmp_path / f"search.sqlite{suffix}").touch()
    remove(tmp_path / "search.sqlite")
    remove(tmp_path / "search.sqlite")
    assert [path.name for path in tmp_path.iterdir()] == ["search.sqlite.bak"]


@pytest.mark.parametrize("text", ["", "联通", "联通推进5g建设。" * 500, "\n\0𠮷"])
def test_a_text_comes_back(text: str) -> None:
    assert unpacked(packed(text)) == text
    assert len(packed(text)) < max(len(text.encode()), 30)

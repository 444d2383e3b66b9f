"""Many files at once are written as one by one: all or told, and none touched that holds what it should."""

from pathlib import Path

import pytest

from crawler.store.atomic import commit, prepare, write_atomic


def write_all(files: dict[Path, bytes]) -> list[bool]:
    new = [prepare(path, data) for path, data in files.items()]
    commit([path for path, changed in zip(files, new, strict=True) if changed])
    return new


def test_files_that_hold_it_already_are_not_touched(tmp_path: Path) -> None:
    files = {tmp_path / f"{n % 2}/{n}.md": str(n).encode() * 9 for n in range(9)}
    assert write_all(files) == [True] * 9
    odd = tmp_path / "1/3.md"
    before = {path: path.stat() for path in files}
    odd.write_bytes(b"another")
    assert write_all(files) == [path == odd for path in files]
    assert {path: path.read_bytes() for path in files} == files
    assert all(path.stat() == before[path] for path in files if path != odd)
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [f"{n}.md" for n in range(9)]


def test_where_one_cannot_be_written_no_half_of_any_is_left(tmp_path: Path) -> None:
    (tmp_path / "b.md" / "x").mkdir(parents=True)
    with pytest.raises(OSError, match=r"b\.md"):
        write_all({tmp_path / name: b"new" for name in ("a.md", "b.md", "c.md")})
    assert not list(tmp_path.glob(".*"))
    assert all(path.read_bytes() == b"new" for path in tmp_path.glob("[ac].md"))
    assert write_atomic(tmp_path / "c.md", b"new")


def test_what_is_prepared_twice_is_put_in_its_place_once(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    assert [prepare(path, b"one"), prepare(path, b"two")] == [True, True]
    commit([path, path])
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.md", b"two")]

"""Many files at once are written as one by one: all or told, and none touched that holds what it should."""

import os
import tempfile
from pathlib import Path

import pytest

from crawler.store.atomic import commit, prepare, write_atomic


def write_all(files: dict[Path, bytes]) -> list[bool]:
    temps = [prepare(path, data) for path, data in files.items()]
    commit([(temp, path) for temp, path in zip(temps, files, strict=True) if temp])
    return [temp is not None for temp in temps]


def _touched(path: Path) -> tuple[int, ...]:
    """What writing changes; to read a file may change the rest."""
    stat = path.stat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def test_files_that_hold_it_already_are_not_touched(tmp_path: Path) -> None:
    files = {tmp_path / f"{n % 2}/{n}.md": str(n).encode() * 9 for n in range(9)}
    assert write_all(files) == [True] * 9
    odd = tmp_path / "1/3.md"
    before = {path: _touched(path) for path in files}
    odd.write_bytes(b"another")
    assert write_all(files) == [path == odd for path in files]
    assert {path: path.read_bytes() for path in files} == files
    assert all(_touched(path) == before[path] for path in files if path != odd)
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [f"{n}.md" for n in range(9)]


def test_where_one_cannot_be_written_no_half_of_any_is_left(tmp_path: Path) -> None:
    (tmp_path / "b.md" / "x").mkdir(parents=True)
    with pytest.raises(OSError, match=r"b\.md"):
        write_all({tmp_path / name: b"new" for name in ("a.md", "b.md", "c.md")})
    assert not list(tmp_path.glob(".*"))
    assert all(path.read_bytes() == b"new" for path in tmp_path.glob("[ac].md"))
    assert write_atomic(tmp_path / "c.md", b"new")


def test_of_what_is_prepared_twice_aside_the_later_stays(tmp_path: Path) -> None:
    path, aside = tmp_path / "a.md", tmp_path / ".parts"
    aside.mkdir()
    temps = [prepare(path, data, aside / f"{n}.part") for n, data in enumerate((b"one", b"two"))]
    assert not path.exists()
    commit([(temp, path) for temp in temps if temp])
    assert [(p.name, p.read_bytes()) for p in tmp_path.rglob("*") if p.is_file()] == [("a.md", b"two")]


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="NEEDS a second file system: /dev/shm")
def test_posts_on_another_file_system_are_put_in_their_place(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as other:
        path, temp = Path(other) / "a.md", tmp_path / "0.part"
        assert path.parent.stat().st_dev != tmp_path.stat().st_dev
        assert prepare(path, b"new", temp) == temp
        commit([(temp, path)])
        assert [(p.name, p.read_bytes()) for p in Path(other).iterdir()] == [("a.md", b"new")]
        assert not temp.exists()

"""Many files at once are written as one by one: all or told, and none touched that holds what it should."""

import errno
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from store.samples import POST, made

from crawler.store.atomic import commit, prepare, write_atomic
from crawler.store.run import Run


def write_all(files: dict[Path, bytes]) -> list[bool]:
    temps = [prepare(path, data) for path, data in files.items()]
    commit([(temp, path) for temp, path in zip(temps, files, strict=True) if temp])
    return [temp is not None for temp in temps]


def _touched(path: Path) -> tuple[int, ...]:
    """What writing changes; to read a file may change the rest."""
    stat = path.stat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


@pytest.mark.parametrize("number", [errno.EINVAL, errno.EIO])
def test_a_file_system_that_syncs_no_folders_will_do(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As some shares of networks and of virtual machines do not; a disk that fails is told."""
    sync = os.fsync

    def fsync(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").is_dir():
            raise OSError(number, os.strerror(number))
        sync(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    file = tmp_path / "a/b/1.md"
    if number == errno.EINVAL:
        assert (write_atomic(file, b"x"), file.read_bytes()) == (True, b"x")
    else:
        with pytest.raises(OSError, match=os.strerror(number)):
            write_atomic(file, b"x")


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


def test_where_one_cannot_be_made_durable_none_is_put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, paths = os.fsync, [tmp_path / f"{number}.md" for number in range(40)]

    def refusing(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink() == temps[23]:
            raise OSError(errno.EIO, "the disk refuses")
        real(handle)

    temps = [prepare(path, b"new") for path in paths]
    monkeypatch.setattr(os, "fsync", refusing)
    with pytest.raises(OSError, match="the disk refuses"):
        commit([(temp, path) for temp, path in zip(temps, paths, strict=True) if temp])
    assert not list(tmp_path.iterdir())


def test_all_are_durable_before_any_is_put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, str]] = []

    def recorded(name: str, real: Callable[..., None], first: int | Path, *rest: Path) -> None:
        path = Path(f"/proc/self/fd/{first}").readlink() if isinstance(first, int) else Path(first)
        real(first, *rest)
        done.append((name, str(path)))

    for name in ("fsync", "rename", "replace"):
        monkeypatch.setattr(os, name, partial(recorded, name, getattr(os, name)))
    temps = {path: prepare(path, b"new") for path in (tmp_path / f"{number}.md" for number in range(40))}
    commit([(temp, path) for path, temp in temps.items() if temp])
    wanted = sorted(map(str, temps.values()))
    assert sorted(path for name, path in done[:40] if name == "fsync") == wanted
    assert sorted(path for name, path in done[40:80] if name != "fsync") == wanted
    assert done[80:] == [("fsync", str(tmp_path))]


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

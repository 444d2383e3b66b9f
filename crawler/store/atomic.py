"""Writing a file so that nobody ever sees half of it, and nobody sees it touched when nothing changed."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

TEMP_SUFFIX = ".part"


def write_atomic(path: Path, data: bytes) -> bool:
    """Make ``path`` hold ``data``, durably; False, and not a touch, when it does already. Raises OSError.

    Temp file in the same folder, fsync, rename, fsync of the folder: after a crash the old file or the new one is
    there, whole. The temp name is derived from the file's, so the next write of a killed one takes its place.
    """
    if not prepare(path, data):
        return False
    commit([path])
    return True


def prepare(path: Path, data: bytes) -> bool:
    """Write the temp file alone, so that others can be written before ``commit`` waits for all; False: nothing to do.

    Raises OSError.
    """
    if _holds(path, data):
        return False
    make_folder(path.parent)
    temp = _temp(path)
    try:
        with temp.open("wb", buffering=0) as file:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            _begin_sync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            temp.unlink()
        raise
    return True


def commit(paths: Iterable[Path]) -> None:
    """Put what was prepared for these paths in its place; it is durably there when this returns. Raises OSError.

    Of what was prepared twice for a path the later stays.
    """
    paths = list(dict.fromkeys(paths))
    temps = [_temp(path) for path in paths]
    try:
        for temp in temps:
            _sync(temp, os.O_RDONLY)
        for temp, path in zip(temps, paths, strict=True):
            temp.replace(path)
    except OSError:
        for temp in temps:
            with contextlib.suppress(OSError):
                temp.unlink()
        raise
    for folder in {path.parent for path in paths}:
        sync_folder(folder)


def _temp(path: Path) -> Path:
    return path.with_name(f".{path.name}{TEMP_SUFFIX}")


def _begin_sync(handle: int) -> None:
    """Let the kernel begin to write, where it can be asked to: one after the other, files wait for a commit each."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def make_folder(folder: Path) -> None:
    """The folder with its parents, each one's entry durable in its parent."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for part in reversed(missing):
        part.mkdir(exist_ok=True)
        sync_folder(part.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and new names in the folder durable."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_leftovers(folder: Path) -> int:
    """Remove temp files that a killed run left in the folder; how many there were."""
    leftovers = list(folder.glob(f".*{TEMP_SUFFIX}")) if folder.is_dir() else []
    for leftover in leftovers:
        leftover.unlink()
    return len(leftovers)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False

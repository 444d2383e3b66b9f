"""Writing a file so that nobody ever sees half of it, and nobody sees it touched when nothing changed."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

TEMP_SUFFIX = ".part"


def write_atomic(path: Path, data: bytes) -> bool:
    """Make ``path`` hold ``data``, durably; False, and not a touch, when it does already. Raises OSError.

    Temp file in the same folder, fsync, rename, fsync of the folder: after a crash the old file or the new one is
    there, whole. The temp name is derived from the file's, so the next write of a killed one takes its place.
    """
    return write_all({path: data})[0]


def write_all(files: Mapping[Path, bytes]) -> list[bool]:
    """Do that for many files at once: all are written before the first is synced, which costs half as much."""
    new = {path: path.with_name(f".{path.name}{TEMP_SUFFIX}") for path, data in files.items() if not _holds(path, data)}
    folders = {path.parent for path in new}
    handles: list[int] = []
    try:
        for folder in folders:
            make_folder(folder)
        for path, temp in new.items():
            handles.append(os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666))
            _write(handles[-1], files[path])
        for handle in handles:
            os.fsync(handle)
        for path, temp in new.items():
            temp.replace(path)
    except OSError:
        for temp in new.values():
            with contextlib.suppress(OSError):
                temp.unlink()
        raise
    finally:
        for handle in handles:
            os.close(handle)
    for folder in folders:
        sync_folder(folder)
    return [path in new for path in files]


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


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
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
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

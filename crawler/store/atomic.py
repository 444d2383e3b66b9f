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
    """Do that for many files at once: the folders are synced once, after all, before this returns."""
    written = [_replace(path, data) for path, data in files.items()]
    for folder in {path.parent for path, new in zip(files, written, strict=True) if new}:
        sync_folder(folder)
    return written


def _replace(path: Path, data: bytes) -> bool:
    """Put a whole new file in the place of the old one, when that differs."""
    if _holds(path, data):
        return False
    make_folder(path.parent)
    temp = path.with_name(f".{path.name}{TEMP_SUFFIX}")
    try:
        with temp.open("wb", buffering=0) as file:
            view = memoryview(data)
            while view:
                view = view[file.write(view) :]
            os.fsync(file.fileno())
        temp.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temp.unlink()
        raise
    return True


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

"""Writing a file so that nobody ever sees half of it, and nobody sees it touched when nothing changed."""

import contextlib
import errno
import os
import re
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import count
from pathlib import Path

TEMP_SUFFIX = ".part"
_numbers = count(1)
_SYNCED_AT_ONCE = 8
"""Files that are synced together: one after the other, each waits for a commit of the file system of its own."""
OF_ONE_NAME = frozenset({errno.ENAMETOOLONG, errno.EISDIR, errno.EILSEQ})
"""Errors that tell of a name, and not of the disk: another file can be written."""


def write_atomic(path: Path, data: bytes) -> bool:
    """Make ``path`` hold ``data``, durably; False, and not a touch, when it does already. Raises OSError.

    Temp file in the same folder, fsync, rename, fsync of the folder: after a crash the old file or the new one is
    there, whole.
    """
    temp = prepare(path, data)
    if temp is not None:
        commit([(temp, path)])
    return temp is not None


def prepare(path: Path, data: bytes, temp: Path | None = None) -> Path | None:
    """Write the temp file alone, so that others can be written before ``commit`` waits for all; None: nothing to do.

    ``temp``: where to, if not beside the file. Raises OSError.
    """
    if _holds(path, data):
        return None
    make_folder(path.parent)
    temp = temp or temp_of(path)
    _fill(temp, (data,))
    return temp


def write_in_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Make ``path`` hold the pieces, durably, as ``write_atomic`` does, and without a look at what it holds.

    They need not be in memory together. Raises OSError.
    """
    make_folder(path.parent)
    temp = temp_of(path)
    _fill(temp, pieces)
    commit([(temp, path)])


def _fill(temp: Path, pieces: Iterable[bytes]) -> None:
    try:
        with temp.open("wb", buffering=0) as file:
            for data in pieces:
                rest = memoryview(data)
                while rest:
                    rest = rest[file.write(rest) :]
            _begin_sync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            temp.unlink()
        raise


def temp_of(path: Path) -> Path:
    """Where the bytes of a file wait beside it: hidden, and under a name that nobody else uses."""
    return path.with_name(f".{writer()}-{next(_numbers)}{TEMP_SUFFIX}")


def is_temp(name: str) -> bool:
    """Whether a file of this name waits beside another one."""
    return name.startswith(".") and name.endswith(TEMP_SUFFIX)


def writer() -> str:
    """What this process is called in names of temp files: its machine, its number there, something of its own."""
    return _writer(os.getpid())


@cache
def _writer(pid: int) -> str:
    machine = re.sub(r"[^A-Za-z0-9-]", "", os.uname().nodename)[:32]
    return f"{machine}-{pid}-{os.urandom(3).hex()}"


def commit(prepared: Sequence[tuple[Path, Path]]) -> None:
    """Put temp files in the places they were prepared for; they are durably there when this returns. Raises OSError."""
    try:
        _sync_all([temp for temp, _ in prepared])
        for temp, path in prepared:
            _put(temp, path)
    except OSError:
        for temp, _ in prepared:
            with contextlib.suppress(OSError):
                temp.unlink()
        raise
    for folder in {path.parent for _, path in prepared}:
        sync_folder(folder)


def _sync_all(files: Sequence[Path]) -> None:
    """Each thread has a share: to hand files out one by one costs more than the processor has to do with them."""
    shares = [files[first::_SYNCED_AT_ONCE] for first in range(min(len(files), _SYNCED_AT_ONCE))]
    if len(shares) < 2:
        _sync_files(files)
        return
    with ThreadPoolExecutor(len(shares)) as threads:
        for _ in threads.map(_sync_files, shares):
            pass


def _sync_files(files: Iterable[Path]) -> None:
    for file in files:
        _sync(file, os.O_RDONLY)


def _begin_sync(handle: int) -> None:
    """Let the kernel begin to write, where it can be asked to: one after the other, files wait for a commit each."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _put(temp: Path, path: Path) -> None:
    try:
        temp.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_atomic(path, temp.read_bytes())  # prepared on another file system
        temp.unlink()


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
    """Make renames and new names in the folder durable, where its file system does that for folders: not all do."""
    try:
        _sync(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        if error.errno != errno.EINVAL:  # what fsync says of what it does not support
            raise


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError as error:
        if error.errno not in {errno.ENOENT, errno.ELOOP, errno.EACCES}:
            raise
        return False


_FOLDERS = ("", "state", "state/read", "reports", "quarantine", "category")


def clear(output: Path, alive: Collection[str] = ()) -> None:
    """Remove the temp files of all writers but those that are ``alive``, which killed runs left. Raises OSError.

    Among the posts looks who compares them with the ledger.
    """
    for folder in (*map(output.joinpath, _FOLDERS), *(output / "assets" / "kline").glob("*")):
        for path in folder.glob(f".*{TEMP_SUFFIX}") if folder.is_dir() else ():
            if path.name[1:].rpartition("-")[0] not in alive and not path.is_dir():
                path.unlink(missing_ok=True)  # its writer may live, and have put it in its place

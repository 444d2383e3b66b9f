"""The run lock: a kernel lock on a file in the output folder, released by the death of its holders."""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from crawler.exits import LOCKED, NOT_WRITABLE, RunError
from crawler.store.atomic import make_folder


class RunLock:
    """Held from ``take`` to ``release``, by one process at a time, or by the workers of a shared crawl."""

    def __init__(self, output: Path) -> None:
        self._path = output / "state" / "lock"
        self._output = output
        self._file: IO[bytes] | None = None

    def take(self, *, shared: bool = False) -> None:
        """Take the lock; raises RunError when another run has it, or the folder cannot be written.

        ``shared``: with others who do so, too; all else is kept out, and keeps out.
        """
        try:
            make_folder(self._path.parent)
            self._file = _opened(self._path)
        except OSError as error:
            raise not_writable(self._output, error) from error
        try:
            fcntl.flock(self._file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise RunError(f"another run holds the lock on {self._output}: wait for it to end", LOCKED) from None
        if shared:
            return
        try:
            self._file.truncate(0)
            self._file.write(f"{os.getpid()}\n".encode())
            self._file.flush()
        except OSError as error:
            raise not_writable(self._output, error) from error

    def release(self) -> None:
        """Let it go."""
        if self._file:
            self._file.close()
            self._file = None


@contextmanager
def locked(output: Path, *, take: bool = True) -> Iterator[None]:
    """Hold the lock, unless nothing is to be written; raises RunError, for what else stands in the way of that, too."""
    lock = RunLock(output)
    if take:
        lock.take()
    try:
        yield
    except OSError as error:
        raise not_writable(output, error) from error
    finally:
        lock.release()


def _opened(path: Path) -> IO[bytes]:
    """The lock's file, made if need be; raises OSError for a link, which is not followed, and for what is no file."""
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK, 0o666), "ab")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is no file", str(path))
    return file


def not_writable(output: Path, error: OSError) -> RunError:
    """The error that tells what stood in the way of writing."""
    where = error.filename or ""
    return RunError(
        f"cannot write below {output}: {error.strerror or error}{f' ({where})' if where else ''}", NOT_WRITABLE
    )

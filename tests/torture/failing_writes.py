"""Has the n-th operation that writes fail, in the process it is installed in: files, folders and SQLite alike."""

import errno
import io
import os
import sqlite3
import threading
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

SQLITE = {
    "ENOSPC": ("database or disk is full", sqlite3.SQLITE_FULL),
    "EIO": ("disk I/O error", sqlite3.SQLITE_IOERR),
    "EROFS": ("attempt to write a readonly database", sqlite3.SQLITE_READONLY),
}


class WriteFailer:
    """Counts operations below `below`; from the `first`-th on, for `times` operations (0: for ever), they fail.

    Every operation is written to `log`, failing ones with a mark, so that a run without a fault tells how many there are.
    """

    def __init__(self, first: int, error: str, times: int, below: str, log: str) -> None:
        self._range = range(first, first + times if times else 1 << 60) if first else range(0)
        self._error, self._below = error, below
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._count, self._lock = 0, threading.Lock()
        self._handles: dict[int, str] = {}

    def strikes(self, operation: str, path: object) -> bool:
        """Count the operation; whether it is to fail."""
        name = os.fspath(path) if isinstance(path, (str, os.PathLike)) else str(path)
        if not str(name).startswith(self._below):
            return False
        with self._lock:  # files are synced by several threads
            self._count += 1
            struck = self._count in self._range
            os.write(self._log, f"{self._count} {operation} {name}{' FAILS' if struck else ''}\n".encode())
        return struck

    def pass_or_fail(self, operation: str, path: object) -> None:
        """Count the operation, and raise OSError when it is to fail."""
        if self.strikes(operation, path):
            number = getattr(errno, self._error)
            raise OSError(number, os.strerror(number), str(path))

    def sql(self, statement: str, path: str) -> None:
        """Count the statement, and raise what SQLite raises when it is to fail."""
        if self.strikes("sql " + " ".join(statement.split()[:3]), path):
            message, code = SQLITE[self._error]
            error = sqlite3.OperationalError(message)
            error.sqlite_errorcode = code
            raise error

    # --- what is put in place of the real ones

    def before(self, module: Any, name: str, *, handle: bool = False) -> None:
        """Count calls of a function whose first argument is a path, or a handle of os.open."""
        real: Callable[..., Any] = getattr(module, name)

        @wraps(real)
        def counted(first: Any, *args: Any, **kwargs: Any) -> Any:
            self.pass_or_fail(name, _path_of(first) if handle else first)
            return real(first, *args, **kwargs)

        setattr(module, name, counted)

    def opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """io.open, with files that count what is written to them."""
        failer = self

        class File(io.FileIO):
            def write(self, data: Any, /) -> int:
                failer.pass_or_fail("write", self.name)
                return super().write(data)

        @wraps(real)
        def counted(file: Any, mode: str = "r", buffering: int = -1, *args: Any, **kwargs: Any) -> Any:
            if "b" not in mode or not set(mode) & set("wax+") or isinstance(file, int):
                return real(file, mode, buffering, *args, **kwargs)
            self.pass_or_fail("open", file)
            raw = File(file, mode)
            return raw if buffering == 0 else io.BufferedWriter(raw)

        return counted

    def connected(self) -> Callable[..., sqlite3.Connection]:
        """sqlite3.connect, with connections that count statements and commits."""
        failer = self

        class Cursor(sqlite3.Cursor):
            def execute(self, statement: str, *args: Any) -> Any:
                failer.sql(statement, self.connection.path)  # type: ignore[attr-defined]
                return super().execute(statement, *args)

            def executemany(self, statement: str, *args: Any) -> Any:
                failer.sql(statement, self.connection.path)  # type: ignore[attr-defined]
                return super().executemany(statement, *args)

        class Connection(sqlite3.Connection):
            path = ""

            def cursor(self, *_: Any) -> sqlite3.Cursor:  # type: ignore[override]
                return super().cursor(Cursor)

            def execute(self, statement: str, *args: Any) -> sqlite3.Cursor:
                return self.cursor().execute(statement, *args)

            def commit(self) -> None:
                failer.sql("COMMIT", self.path)
                super().commit()

        def connect(database: str, *args: Any, **kwargs: Any) -> sqlite3.Connection:
            failer.sql("connect", str(database))
            connection = sqlite3.connect(database, *args, factory=Connection, **kwargs)
            connection.path = str(database)
            return connection

        return connect


def install(first: int, error: str, times: int, below: str, log: str) -> None:
    """Put the failer in place in this process."""
    failer = WriteFailer(first, error, times, below, log)
    setattr(sqlite3.dbapi2, "connect", failer.connected())  # noqa: B010 - as an attribute it would have to be overloaded
    setattr(io, "open", failer.opened(io.open))  # noqa: B010
    for name in ("replace", "rename", "mkdir", "unlink"):
        failer.before(os, name)
    failer.before(os, "fsync", handle=True)


def _path_of(handle: int) -> str:
    return str(Path(f"/proc/self/fd/{handle}").readlink())

"""Records what the process it is installed in does to the disk: writes, syncs, renames; and each commit of its SQLite."""

import io
import os
import pickle
import sqlite3
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

Event = tuple[str, str, str | bytes]
"""What happened, to which path, and with what: ``open`` (mode), ``write`` (data), ``sync``, ``rename`` (to), ``mkdir``,
``unlink``, ``commit`` (the whole database)."""


class Recorder:
    """Keeps the events below a folder, in their order, in a file."""

    def __init__(self, below: str, log: str) -> None:
        self._below = below
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def record(self, kind: str, path: object, what: str | bytes = b"") -> None:
        """Keep an event."""
        if (name := str(path)).startswith(self._below):
            os.write(self._log, pickle.dumps((kind, os.path.relpath(name, self._below), what)))

    def after(self, name: str, record: Callable[..., None]) -> None:
        """Record calls of a function of ``os`` that went well."""
        real = getattr(os, name)

        @wraps(real)
        def recorded(*args: Any, **kwargs: Any) -> Any:
            done = real(*args, **kwargs)
            if "dir_fd" not in kwargs:  # what is removed with its whole folder may as well stay
                record(*args)
            return done

        setattr(os, name, recorded)

    def opened(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """io.open, with files that record what is written to them."""
        recorder = self

        class File(io.FileIO):
            def write(self, data: Any, /) -> int:
                count = super().write(data)
                recorder.record("write", self.name, bytes(data)[:count])
                return count

        @wraps(real)
        def recorded(file: Any, mode: str = "r", buffering: int = -1, *args: Any, **kwargs: Any) -> Any:
            if "b" not in mode or not set(mode) & set("wax+") or isinstance(file, int):
                return real(file, mode, buffering, *args, **kwargs)
            raw = File(file, mode)
            self.record("open", file, mode)
            return raw if buffering == 0 else io.BufferedWriter(raw)

        return recorded

    def connected(self) -> Callable[..., sqlite3.Connection]:
        """sqlite3.connect, with connections that record the database at each commit."""
        recorder = self

        class Connection(sqlite3.Connection):
            path = ""

            def commit(self) -> None:
                changed = self.in_transaction
                super().commit()
                if changed:
                    recorder.record("commit", self.path, self.serialize())

        def connect(database: str, *args: Any, **kwargs: Any) -> sqlite3.Connection:
            connection = sqlite3.connect(database, *args, factory=Connection, **kwargs)
            connection.path = str(database)
            return connection

        return connect


def install(below: str, log: str) -> None:
    """Put the recorder in place in this process."""
    recorder = Recorder(below, log)
    setattr(sqlite3.dbapi2, "connect", recorder.connected())  # noqa: B010 - as an attribute it would have to be overloaded
    setattr(io, "open", recorder.opened(io.open))  # noqa: B010
    for name in ("replace", "rename"):
        recorder.after(name, lambda source, target: recorder.record("rename", source, os.path.relpath(target, below)))
    recorder.after("mkdir", lambda path, *_: recorder.record("mkdir", path))
    recorder.after("unlink", lambda path: recorder.record("unlink", path))
    recorder.after("fsync", lambda handle: recorder.record("sync", Path(f"/proc/self/fd/{handle}").readlink()))


def events(log: Path) -> list[Event]:
    """What was recorded."""
    found: list[Event] = []
    with log.open("rb") as file:
        while file.peek(1):
            found.append(pickle.load(file))
    return found

"""What FINEWS_LEDGER_URL says: a file of SQLite, or a database on a server; and the engine that talks to it."""

import os
import re
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from crawler.patterns import compiled
from crawler.store.looking import is_there

_WHERE = "a ledger is kept in sqlite:///FILE or, with the extra `postgres`, in postgresql+psycopg://…"
_SECRETS = compiled(r"(://)\S*(?=@)|([?&]\w*(?:password|secret|key|passfile)\w*=)[^&\s]*", re.IGNORECASE)
"""In an address: what stands before the host, and parameters that hold a password."""


def hidden(text: str) -> str:
    """The text with nothing of an address in it that may be a password: it may be one that cannot be read."""
    return _SECRETS.sub(lambda match: f"{match[1] or match[2]}***", text)


def sqlite_file(url: str) -> Path | None:
    """The file of the ledger at the address, None when it is on a server."""
    database = make_url(url).database if url.startswith("sqlite:") else None
    return Path(database) if database else None


def engine_at(url: str, *, read_only: bool = False) -> Engine:
    """An engine with one connection. Raises ValueError, in a sentence, for an address at which no ledger can be."""
    try:
        return _engine(url, make_url(url), read_only=read_only)
    except (ArgumentError, ImportError, ValueError) as error:  # no such dialect, no such driver
        raise ValueError(f"FINEWS_LEDGER_URL={hidden(url)}: {hidden(str(error))}: {_WHERE}") from None


def _engine(url: str, parts: URL, *, read_only: bool) -> Engine:
    """SQLite in WAL mode, where a commit survives the death of the process."""
    if parts.get_backend_name() == "postgresql":
        return create_engine(url)
    in_memory = parts.database in {None, "", ":memory:"} or parts.query.get("mode") == "memory"
    if parts.get_backend_name() != "sqlite" or in_memory:  # which would forget all with each run
        raise ValueError("no ledger can be there")
    if read_only and (file := sqlite_file(url)):  # one that nobody writes to needs no files beside it, nor a lock
        how = "mode=ro" if is_there(file.with_name(f"{file.name}-wal")) else "mode=ro&immutable=1"
        address = f"file:{quote(os.fsencode(file.absolute()))}?{how}"
        return create_engine(url, poolclass=StaticPool, creator=lambda: sqlite3.connect(address, uri=True))
    engine = create_engine(url, poolclass=StaticPool)

    @event.listens_for(engine, "do_connect")
    def _make(*_: Any) -> None:
        """An empty file as the umask wants it: one that SQLite makes is never the group's to write."""
        with suppress(OSError):  # it is there, or SQLite says why not
            if "uri" not in parts.query:
                Path(parts.database or "").touch(exist_ok=False)

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=NORMAL"):  # first: others are waited for
            connection.execute(f"PRAGMA {pragma}")

    return engine

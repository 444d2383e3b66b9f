"""The ledger's database: opened, brought up to date, and written in transactions that say what went wrong."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, inspect, make_url, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateColumn

from crawler.exits import INTERNAL_ERROR, NOT_WRITABLE
from crawler.store.tables import RENAMED, SCHEMA_VERSION, articles, meta, metadata

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
AT_ONCE = 500
"""Codes in one query: databases limit the number of parameters."""
_DISK = {8, 10, 13, 14}
"""SQLITE_READONLY, _IOERR, _FULL and _CANTOPEN (sqlite3.h): the disk below refuses, not the database."""

_DAMAGED = {1, 11, 26}
"""SQLITE_ERROR (a table or column is not as we make it), _CORRUPT and _NOTADB."""


_SECRETS = re.compile(r"(://)\S*(?=@)|([?&]\w*(?:password|secret|key|passfile)\w*=)[^&\s]*", re.IGNORECASE)
"""In an address: what stands before the host, and parameters that hold a password."""


class LedgerError(Exception):
    """The database refuses, or cannot be used; the message names it."""

    exit_code = INTERNAL_ERROR


class UnreachableLedger(LedgerError):
    """There is no database at the address, or it lets nobody in; the message names it, and the setting."""

    exit_code = NOT_WRITABLE


class UnusableLedger(LedgerError):
    """The ledger is damaged, or from a later version; the message names it and the way out."""

    exit_code = NOT_WRITABLE

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"the ledger {name} {why}: `scrapy verify --rebuild` puts it aside and makes a new one")


def now() -> datetime:
    """The time, aware, to the second: what the ledger stores."""
    return datetime.now(UTC).replace(microsecond=0)


class Database:
    """One connection. Every method of those that derive from it is one transaction.

    Raises LedgerError, and OSError when it is the disk that refuses; ValueError for a URL that is none.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        try:
            self._engine = _engine(url, read_only=read_only)
        except (ArgumentError, ImportError, ValueError) as error:  # no such dialect, no such driver
            raise ValueError(f"FINEWS_LEDGER_URL={_hidden(url)}: {_hidden(str(error))}") from None
        self._name = self._engine.url.render_as_string(hide_password=True)
        try:
            with self._errors():
                self._connection = self._engine.connect()
        except UnusableLedger:
            raise
        except LedgerError as error:
            why = " ".join(_hidden(str(error)).split())
            raise UnreachableLedger(f"FINEWS_LEDGER_URL cannot be reached: {why}") from error
        try:
            self._bring_up_to_date(read_only=read_only)
        except BaseException:
            self.close()
            raise

    def _bring_up_to_date(self, *, read_only: bool) -> None:
        with self._transaction() as db:
            query = select(meta.c.value).where(meta.c.name == "schema")
            found = str(db.execute(query).scalar() or "0") if inspect(db).has_table(meta.name) else "0"
            if not found.isdigit():
                raise UnusableLedger(self._name, f"is damaged (schema {found[:20]!r})")
            if int(found) > SCHEMA_VERSION:
                raise UnusableLedger(self._name, f"has schema {found}, this version knows {SCHEMA_VERSION} (upgrade)")
            if read_only:
                return
            metadata.create_all(db)
            if int(found) < SCHEMA_VERSION:
                _add_columns(db)
                _rename_origins(db)
                self._put(db, meta, [{"name": "schema", "value": str(SCHEMA_VERSION)}])

    def close(self) -> None:
        """Give the database back."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._errors(), self._connection.begin():
            yield self._connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            message = f"the ledger {self._name}: {error.orig}"
            code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
            if code in _DISK:
                raise OSError(message) from error
            if code in _DAMAGED:
                raise UnusableLedger(self._name, f"is damaged ({error.orig})") from error
            raise LedgerError(message) from error

    @staticmethod
    def _put(db: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows, all with the same columns, over those of the same key."""
        if many := list(rows):
            insert = _INSERT[db.dialect.name](table)
            rest = {name: insert.excluded[name] for name in many[0] if not table.c[name].primary_key}
            db.execute(insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=rest), many)

    @staticmethod
    def _rows(db: Connection, codes: Sequence[str]) -> dict[str, dict[str, Any]]:
        """The rows of those of the articles that are known, by code."""
        found: dict[str, dict[str, Any]] = {}
        for start in range(0, len(codes), AT_ONCE):
            chunk = articles.c.code.in_(codes[start : start + AT_ONCE])
            found |= {row["code"]: dict(row) for row in db.execute(select(articles).where(chunk)).mappings()}
        return found


def _hidden(text: str) -> str:
    """The text with nothing of an address in it that may be a password: it may be one that cannot be read."""
    return _SECRETS.sub(lambda match: f"{match[1] or match[2]}***", text)


def sqlite_file(url: str) -> Path | None:
    """The file of the ledger at the address, None when it is on a server."""
    database = make_url(url).database if url.startswith("sqlite:") else None
    return Path(database) if database else None


def _engine(url: str, *, read_only: bool) -> Engine:
    """An engine with one connection; SQLite in WAL mode, where a commit survives the death of the process."""
    if not url.startswith("sqlite"):
        engine = create_engine(url)
        if engine.dialect.name not in _INSERT:
            raise ValueError(f"a ledger is kept in {' or '.join(_INSERT)}")
        return engine
    if read_only and (file := sqlite_file(url)):  # one that nobody writes to needs no files beside it, nor a lock
        how = "mode=ro" if file.with_name(f"{file.name}-wal").exists() else "mode=ro&immutable=1"
        address = f"file:{quote(str(file.absolute()))}?{how}"
        return create_engine(url, poolclass=StaticPool, creator=lambda: sqlite3.connect(address, uri=True))
    engine = create_engine(url, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA busy_timeout=10000")

    return engine


def _rename_origins(db: Connection) -> None:
    """Call the origins of bodies, and of what else pages told, as they are called now."""
    for before, name in RENAMED.items():
        db.execute(update(articles).where(articles.c.origin == before).values(origin=name))
        told = func.replace(articles.c.sources, f'"{before}"', f'"{name}"')
        db.execute(update(articles).where(articles.c.sources.is_not(None)).values(sources=told))


def _add_columns(db: Connection) -> None:
    """Give tables of an earlier schema the columns that came later: these may be null, or have a default."""
    for table in metadata.sorted_tables:
        there = {column["name"] for column in inspect(db).get_columns(table.name)}
        for column in table.columns:
            if column.name not in there:
                told = CreateColumn(column).compile(dialect=db.dialect)
                db.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {told}")

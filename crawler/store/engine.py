"""The ledger's database: opened, brought up to date, and written in transactions that say what went wrong."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Executable,
    Table,
    bindparam,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError

from crawler.exits import INTERNAL_ERROR, NOT_WRITABLE, CommandError
from crawler.store.ledger_url import engine_at, hidden
from crawler.store.migration import migrate
from crawler.store.tables import SCHEMA_VERSION, articles, meta, metadata, put_into

_ALONE: Final = {
    "sqlite": "BEGIN IMMEDIATE",
    "postgresql": f"SELECT pg_advisory_xact_lock({zlib.crc32(b'finews')})",
}
"""What has others wait who make tables, too, or columns, until the end of the transaction."""
_AT_ONCE = 500
"""Values in one statement: databases limit the number of parameters."""
_DISK = {8, 10, 13, 14}
"""SQLITE_READONLY, _IOERR, _FULL and _CANTOPEN (sqlite3.h): the disk below refuses, not the database."""
_DAMAGED = {1, 11, 26}
"""SQLITE_ERROR (a table or column is not as we make it), _CORRUPT and _NOTADB."""


def among(column: Column[Any]) -> ColumnElement[bool]:
    """That it is one of the values which a statement is carried out with (``in_parts``)."""
    return column.in_(bindparam("these", expanding=True))


_ROWS: Final = select(articles).where(among(articles.c.code)).order_by(articles.c.code)
_ROWS_TO_CHANGE: Final = _ROWS.with_for_update()
_COLUMNS: Final = tuple(articles.c.keys())


class LedgerError(CommandError):
    """The database refuses, or cannot be used; the message names it."""

    exit_code = INTERNAL_ERROR


class UnreachableLedger(LedgerError):
    """There is no database at the address, or it lets nobody in; the message names it, and the setting."""

    exit_code = NOT_WRITABLE


class LostLedger(LedgerError):
    """A server is away, or wants the transaction once more."""


class UnusableLedger(LedgerError):
    """The ledger is damaged, or from a later version; the message names it and the way out."""

    exit_code = NOT_WRITABLE

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"the ledger {name} {why}: `verify --rebuild` puts it aside and makes a new one")


def now() -> datetime:
    """The time, aware, to the second: what the ledger stores."""
    return datetime.now(UTC).replace(microsecond=0)


class Database:
    """One connection. Every method of those that derive from it is one transaction.

    Raises LedgerError, and OSError when it is the disk that refuses; ValueError for a URL that is none.
    """

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self.opened = int(now().timestamp())
        """When, in seconds of the epoch: what it holds cannot be of later."""
        self._engine = engine_at(url, read_only=read_only)
        self._name = self._engine.url.render_as_string(hide_password=True)
        try:
            with self._errors():
                self._connection = self._engine.connect()
        except UnusableLedger:
            raise
        except LedgerError as error:
            why = " ".join(hidden(str(error)).split())
            raise UnreachableLedger(f"FINEWS_LEDGER_URL cannot be reached: {why}") from error
        try:
            self._bring_up_to_date(read_only=read_only)
        except BaseException:
            self.close()
            raise

    def _bring_up_to_date(self, *, read_only: bool) -> None:
        with self._transaction() as db:
            if not read_only:
                db.exec_driver_sql(_ALONE[db.dialect.name])
            found = (noted(db, "schema") or "0") if inspect(db).has_table(meta.name) else "0"
            if not found.isdigit():
                raise UnusableLedger(self._name, f"is damaged (schema {found[:20]!r})")
            if int(found) > SCHEMA_VERSION:
                raise UnusableLedger(self._name, f"has schema {found}, this version knows {SCHEMA_VERSION} (upgrade)")
            if read_only:
                return
            metadata.create_all(db)
            if int(found) < SCHEMA_VERSION:
                migrate(db)
                self._note(db, "schema", str(SCHEMA_VERSION))

    def check(self) -> None:
        """Read all of a file; raises UnusableLedger where it is damaged. A server looks after its own."""
        if self._engine.dialect.name == "sqlite":
            ((found,),) = self._found(text("PRAGMA quick_check(1)"))
            if found != "ok":
                raise UnusableLedger(self._name, f"is damaged ({found})")

    def is_made(self) -> bool:
        """Whether its tables are there: a run that makes one has the file first."""
        with self._transaction() as db:
            return inspect(db).has_table(articles.name)

    def close(self) -> None:
        """Give the database back."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._errors(), self._connection.begin():
            yield self._connection

    def _found(self, query: Executable) -> list[Any]:
        """The rows of a query, in a transaction of its own."""
        with self._transaction() as db:
            return list(db.execute(query))

    def _change(self, *statements: Executable) -> None:
        """Carry out these statements, in a transaction of their own."""
        with self._transaction() as db:
            for statement in statements:
                db.execute(statement)

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
            is_lost = isinstance(error, OperationalError) and self._engine.dialect.name == "postgresql"
            raise (LostLedger if is_lost or error.connection_invalidated else LedgerError)(message) from error

    def _put(
        self, db: Connection, table: Table, rows: Iterable[Mapping[str, Any]], where: ColumnElement[bool] | None = None
    ) -> None:
        """Write rows, all with the same columns, over those of the same key, if need be only ``where`` that holds.

        In the order of their keys: of two who write the same rows one waits for the other, and not each.
        """
        if many := sorted(rows, key=itemgetter(*table.primary_key.columns.keys())):
            db.execute(put_into(table, db.dialect.name, tuple(many[0]), where), many)

    def _note(self, db: Connection, name: str, value: str) -> None:
        """Have something of the ledger as a whole ``noted``."""
        self._put(db, meta, [{"name": name, "value": value}])

    @staticmethod
    def _rows(db: Connection, codes: Iterable[str], *, to_read: bool = False) -> dict[str, dict[str, Any]]:
        """Rows of those of the articles that are known, by code; unless ``to_read``, nobody changes them meanwhile."""
        rows = in_parts(db, _ROWS if to_read else _ROWS_TO_CHANGE, codes)
        return {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in rows}


def noted(db: Connection, name: str) -> str | None:
    """What is noted under this name of the ledger as a whole."""
    value: str | None = db.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    return value


def in_parts(db: Connection, statement: Executable, these: Iterable[str]) -> list[Any]:
    """Carry out a statement about what is ``among`` these, each once and in their order; its rows, if it has any."""
    ordered, rows = sorted({*these}), list[Any]()
    for start in range(0, len(ordered), _AT_ONCE):
        found = db.execute(statement, {"these": ordered[start : start + _AT_ONCE]})
        rows += found if found.returns_rows else ()
    return rows

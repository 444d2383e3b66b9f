"""The files of posts in the ledger, as a listing of their folder is compared with them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, bindparam, select, update

from crawler.sites import other_spelling, spellings
from crawler.store.engine import Database, among, in_parts
from crawler.store.tables import BODY_WANTED, EDITED, FILTERED, IS_UNSETTLED, LOST, articles


class File(NamedTuple):
    """A post's file, as a listing of the folder is compared with."""

    code: str
    file: str
    sha256: str | None
    stamp: str | None
    wanted: bool
    """Whether it is missing when it is not there: not of an article that was dropped, or withdrawn."""
    waits: bool
    """Whether its article waits for its next try."""
    lost: bool
    """Whether it was gone, and its article pending for nothing else, or in quarantine for that."""


_unlisted: Final = (articles.c.state == "pending") & (articles.c.url == "")
"""No list names the article."""
_lost: Final = articles.c.reason.startswith(LOST) | _unlisted
_FILES: Final = select(
    *(articles.c[name] for name in File._fields[:4]),
    (articles.c.state != "out_of_scope") | articles.c.reason.startswith(FILTERED),
    articles.c.state == "quarantined",
    _lost,
)
_STAMPS: Final = (
    select(articles.c.file, articles.c.stamp)
    .where(articles.c.file > bindparam("after"))
    .order_by(articles.c.file)
    .limit(2000)
)


class Filed(Database):
    """The part of the ledger that knows them."""

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self._without_files = set[str]()
        """Codes, in both spellings, that this process named first: no file of theirs is known until it books one."""
        super().__init__(url, read_only=read_only)

    def _put(
        self, db: Connection, table: Table, rows: Iterable[Mapping[str, Any]], where: ColumnElement[bool] | None = None
    ) -> None:
        rows = list(rows)
        super()._put(db, table, rows, where)
        if table is articles:
            self._without_files.difference_update(row["code"] for row in rows if row["file"])

    def _named_first(self, db: Connection, codes: Iterable[str]) -> None:
        """These articles were not known under these codes; where the ledger has the other spelling, nothing follows."""
        spelled = {other_spelling(code): code for code in codes}
        known = {code for (code,) in in_parts(db, select(articles.c.code).where(among(articles.c.code)), spelled)}
        self._without_files.update(spellings(code for other, code in spelled.items() if other not in known))

    def stamps(self, after: str = "") -> Sequence[tuple[str, str | None]]:
        """Files that were ever written and are not known to have other names now, with their stamps.

        Some of those ``after`` this one, in the database's order: there may be very many. None is behind the last.
        """
        with self._transaction() as db:
            cursor = db.execute(_STAMPS, {"after": after}).cursor
            assert cursor
            return cursor.fetchall()  # plain tuples: there may be very many

    def files(self, names: Iterable[str]) -> list[File]:
        """What is known of the files of these names."""
        with self._transaction() as db:
            return list(map(_file, in_parts(db, _FILES.where(among(articles.c.file)), names)))

    def lost(self) -> list[File]:
        """Those of the files that were gone when a run looked last."""
        # In the order of the index: without one SQLite goes through all files in theirs.
        return list(map(_file, self._found(_FILES.where(IS_UNSETTLED, _lost).order_by(articles.c.code))))

    def stamped(self, stamps: Mapping[str, str]) -> None:
        """The files of these articles hold what was written, with other times: they were copied, or put back.

        Those of which somebody took an edit back are asked for again: what changed meanwhile was not made of them.
        """
        if not stamps:
            return
        this = articles.c.code == bindparam("this")
        was_edited = this & (articles.c.reason == EDITED) & (articles.c.url != "")
        again = {"state": "pending", "reason": BODY_WANTED, "attempts": 0, "next_try": None}
        rows = [{"this": code, "stamp": stamp} for code, stamp in stamps.items()]
        with self._transaction() as db:
            db.execute(update(articles).where(this).values(stamp=bindparam("stamp")), rows)
            db.execute(update(articles).where(was_edited).values(**again), [{"this": code} for code in stamps])

    def unlisted(self) -> list[tuple[str, str, str, str]]:
        """Code, title, category and file of each article that is pending and that neither a list nor a user named."""
        query = select(*(articles.c[name] for name in ("code", "title", "category", "file"))).order_by(articles.c.code)
        rows = self._found(query.where(_unlisted, articles.c.site == "", articles.c.file.is_not(None)))
        return [(code, title or "", category or "", file) for code, title, category, file in rows]


def _file(row: Sequence[Any]) -> File:
    return File(*row[:4], *map(bool, row[4:]))

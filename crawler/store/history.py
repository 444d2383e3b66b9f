"""What the ledger knows of the history of posts: since when they are there, and in which version."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import Connection, Table, delete, inspect, null, select, update

from crawler.assemble.outcome import Assembled
from crawler.items import Security
from crawler.store.engine import Database, among, in_parts
from crawler.store.tables import WITHDRAWN, articles, coming, securities, versions

Filed: TypeAlias = tuple[Security, datetime | None]
"""What a list files an article under, and when that was heard first."""


class Bytes(NamedTuple):
    """What is known of the bytes of a post: a row of ``versions``, or of ``coming``."""

    code: str
    sha256: str
    version: int
    """Grows when the source changed."""
    first_seen: datetime | None
    """When the first version of the post was on disk; None where nothing tells, as in the others."""
    since: datetime | None
    """When these bytes were."""
    revised: datetime | None
    """When the source's last change was; None where there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one article's post."""

    bytes: tuple[Bytes, ...] = ()
    """Of what was written last, and behind it of what a run is about to put there."""
    file: str | None = None
    origin: str | None = None
    """The kind of page that the body is from."""
    withdrawn: date | None = None
    listed: tuple[Filed, ...] = ()
    """What lists file it under, and since when that is known."""


NOTHING_KNOWN: Final = Known()


class History(Database):
    """The part of the ledger that tells when posts came and changed."""

    def history(self, codes: Sequence[str]) -> dict[str, Bytes]:
        """What is known of the posts of these articles."""
        with self._transaction() as db:
            return _bytes(db, versions, codes)

    def will_come(self, some: Iterable[tuple[Bytes, Mapping[str, Any]]], *, durably: bool) -> None:
        """These posts are about to be put in place; with what of the articles is to be booked if a kill prevents it.

        ``durably``: a power cut must not undo it; of posts in whose place there was none, the files tell enough.
        """
        rows = [_row(one) | {"booking": json.dumps(booking)} for one, booking in some]
        if rows:
            with self._waiting_for_the_disk() if durably else nullcontext(), self._transaction() as db:
                self._put(db, coming, rows)

    @contextmanager
    def _waiting_for_the_disk(self) -> Iterator[None]:
        """Transactions in here outlive a power cut in SQLite, too; on a server all do."""
        if self._engine.dialect.name != "sqlite":
            yield
            return
        try:
            self._synchronous("FULL")
            yield
        finally:
            self._synchronous("NORMAL")

    def _synchronous(self, level: str) -> None:
        with self._transaction() as db:
            db.exec_driver_sql(f"PRAGMA synchronous={level}")

    def _came(self, db: Connection, codes: Sequence[str]) -> None:
        """The posts of these articles are in place, and booked."""
        if there := _bytes(db, coming, codes):
            self._put(db, versions, map(_row, there.values()))
            in_parts(db, delete(coming).where(among(coming.c.code)), codes)

    def settle(self, is_there: Callable[[str, str], bool]) -> None:
        """Book what a killed run put in place and did not book. ``is_there``: whether a file holds those bytes.

        Of a post that has another name now, the file of before is there still: a run that meets it sees to both.
        """
        query = select(coming.c.code, coming.c.sha256, coming.c.booking, articles.c.file)
        query = query.join(articles, articles.c.code == coming.c.code, isouter=True)
        for code, sha256, told, file in self._found(query):
            booked = json.loads(told)
            if file in {None, booked["file"]} and is_there(booked["file"], sha256):
                with self._transaction() as db:
                    db.execute(update(articles).where(articles.c.code == code).values(**booked, stamp=None))
                    self._came(db, [code])

    def remember(self, found: Iterable[Bytes]) -> None:
        """Take what files tell of posts of which nothing is known."""
        told = {one.code: one for one in found}
        with self._transaction() as db:
            known = _bytes(db, versions, told)
            self._put(db, versions, (_row(one) for code, one in told.items() if code not in known))

    def known(self, codes: Sequence[str]) -> dict[str, Known]:
        """All that is known of the posts of these articles, by code; of ledgers of before, what they tell."""
        with self._transaction() as db:
            has_history = inspect(db).has_table(coming.name)
            told = [_bytes(db, table, codes) for table in (versions, coming)] if has_history else []
            listed = _listed(db, codes, has_time=has_history)
            return {
                code: Known(
                    bytes=tuple(some[code] for some in told if code in some),
                    file=row["file"],
                    origin=row["origin"],
                    withdrawn=_withdrawn(row["reason"] or ""),
                    listed=tuple(listed[code]),
                )
                for code, row in self._rows(db, codes, to_read=True).items()
            }

    def filed_under(self, secids: Collection[str]) -> set[str]:
        """The codes of the articles that lists file under one of these securities."""
        query = select(securities.c.code).where(securities.c.secid.in_(secids) & (securities.c.way == "list"))
        return {code for (code,) in self._found(query)}

    def named_securities(self) -> set[tuple[str, str]]:
        """The secids that articles are about, with each of their names."""
        return {(secid, name) for secid, name in self._found(select(securities.c.secid, securities.c.name).distinct())}


def booking(done: Assembled) -> dict[str, Any]:
    """What is booked of a post that is durably in place, or for which another stands: columns of its article."""
    post = done.post or done.instead
    assert post
    before = post.on_disk  # a file that was there before the ledger was tells of itself, and nothing vouches for it
    is_its_own = before and before.status == "unknown" and post.origin == "post-file"
    sha256 = None if is_its_own else done.sha256
    told = {"origin": post.origin, "category": post.category, "sources": json.dumps(post.sources)}
    return told | {"file": done.file, "sha256": sha256}


def _bytes(db: Connection, table: Table, codes: Iterable[str]) -> dict[str, Bytes]:
    query = select(*(table.c[name] for name in Bytes._fields)).where(among(table.c.code))
    rows = in_parts(db, query, codes)
    return {row.code: Bytes(*row[:3], *(time and datetime.fromisoformat(time) for time in row[3:])) for row in rows}


def _row(one: Bytes) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in one._asdict().items()}


def _listed(db: Connection, codes: Iterable[str], *, has_time: bool) -> dict[str, list[Filed]]:
    """What lists file these articles under, in the order of the secids."""
    listed = defaultdict[str, list[Filed]](list)
    if not inspect(db).has_table(securities.name):
        return listed
    seen = securities.c.seen if has_time else null()
    query = select(securities.c.code, securities.c.secid, securities.c.name, seen)
    query = query.where(among(securities.c.code), securities.c.way == "list").order_by(securities.c.secid)
    for code, secid, name, time in in_parts(db, query, codes):
        listed[code].append((Security(secid, "list", name), time and datetime.fromisoformat(time)))
    return listed


def _withdrawn(reason: str) -> date | None:
    return date.fromisoformat(reason[len(WITHDRAWN) :][:10]) if reason.startswith(WITHDRAWN) else None

"""The ledger: the crawl's frontier and its memory. It can be lost, and is rebuilt from the posts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    RowMapping,
    bindparam,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool

from crawler.items import Article, Post
from crawler.store.tables import (
    FILTERED,
    SCHEMA_VERSION,
    State,
    articles,
    klines,
    meta,
    metadata,
    move,
    pages,
    runs,
    versions,
)

RETRY_GAPS = tuple(timedelta(hours=h) for h in (0, 0, 0, 1, 6, 24, 72, 168))
"""How long after each failure later runs wait before they ask again; after the last, only ``quarantine retry`` asks."""


class LedgerError(OSError):
    """The database refuses: the disk is full, it cannot be written or reached."""


class LedgerTooNewError(Exception):
    """The ledger was written by a later version of the program."""


def now() -> datetime:
    """The time, aware, to the second: what the ledger stores."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request for a list page carries, and the hash that tells an equal body."""

    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An article of the frontier: its code on the site, its post page, the title that a list showed."""

    code: str
    url: str
    title: str | None


class Ledger:
    """Pages, articles, stocks and runs in one database. Every method is one transaction."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = _engine(url)
        except (
            ArgumentError,
            ImportError,
        ) as error:  # no such dialect, no such driver
            raise ValueError(f"FINEWS_LEDGER_URL={url!r}: {error}") from error
        self._name = self._engine.url.render_as_string(hide_password=True)
        try:
            self._connection = self._engine.connect()
        except DBAPIError as error:
            raise LedgerError(f"the ledger {self._name}: {error.orig}") from error
        with self._transaction() as db:
            metadata.create_all(db)
            found = db.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar()
            if found is None:
                db.execute(insert(meta).values(name="schema", value=str(SCHEMA_VERSION)))
            elif int(found) > SCHEMA_VERSION:
                raise LedgerTooNewError(f"the ledger has schema {found}, this version knows {SCHEMA_VERSION}: upgrade")

    def close(self) -> None:
        """Give the database back."""
        self._connection.close()
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._connection.begin():
                yield self._connection
        except DBAPIError as error:
            raise LedgerError(f"the ledger {self._name}: {error.orig}") from error

    # --- the frontier

    def record_list(
        self, url: str, site: str, validators: Validators, listed: Sequence[Article], scope: dict[str, str | None]
    ) -> list[Task]:
        """Store a list page's validators and make what it names pending, in one transaction; what is to be fetched.

        ``scope`` holds, for each code, None or the reason why the user's filters leave it out. A known article is
        asked for again only when its title on the list changed; one that failed waits for its next try.
        """
        time, tasks = now().isoformat(), []
        with self._transaction() as db:
            known = self._rows(db, [a.code for a in listed])
            for article in listed:
                reason = scope[article.code]
                row = known.get(article.code)
                state: State = "out_of_scope" if reason else "pending"
                if row is None:
                    known[article.code] = row = _new_row(article, site, state, reason, time)
                    db.execute(insert(articles).values(row))
                elif not reason and _asks_again(row, article.title):
                    values = {"state": state, "title": article.title, "reason": None, "url": article.url, "site": site}
                    db.execute(update(articles).where(articles.c.code == article.code).values(last_seen=time, **values))
                else:
                    if row["url"] != article.url or row["site"] != site:  # known from posts or files only
                        values = {"url": article.url, "site": site, "title": article.title}
                        db.execute(update(articles).where(articles.c.code == article.code).values(**values))
                    continue
                if not reason:
                    tasks.append(Task(article.code, article.url, article.title))
            self._store_page(db, url, site, validators, time)
        return tasks

    def expect_list(self, url: str, site: str) -> None:
        """Remember that there is such a list page before it was ever read: its only trace may be a footer."""
        with self._transaction() as db:
            if db.execute(select(pages.c.url).where(pages.c.url == url)).scalar() is None:
                db.execute(insert(pages).values(url=url, site=site))

    def list_pages(self, site: str) -> dict[str, Validators]:
        """The list pages of the site that answered before, with their validators."""
        with self._transaction() as db:
            rows = db.execute(select(pages).where(pages.c.site == site).order_by(pages.c.url)).mappings()
            return {r["url"]: Validators(r["etag"], r["last_modified"], r["sha256"]) for r in rows}

    def due(self, site: str, *, full: bool = False) -> list[Task]:
        """What a run begins with: pending articles, those that filters left out, and those whose next try has come.

        An article whose body had to be taken from its post page, or whose pictures could not be had, is tried again
        like a failed one. ``full``: everything.
        """
        time, state = now().isoformat(), articles.c.state
        retry = state.in_(["quarantined", "written"])  # a written one has a next try when something of it is missing
        wanted = (state == "pending") | articles.c.reason.startswith(FILTERED) | (retry & (articles.c.next_try <= time))
        query = select(articles.c.code, articles.c.url, articles.c.title).where(articles.c.site == site)
        query = query if full else query.where(wanted)
        with self._transaction() as db:
            return [Task(*row) for row in db.execute(query.order_by(articles.c.code))]

    def making(self) -> str | None:
        """How the posts were made when a crawl last came to its end: what ``made`` noted, None when nothing did."""
        with self._transaction() as db:
            return db.execute(select(meta.c.value).where(meta.c.name == "making")).scalar()

    def made(self, how: str) -> None:
        """Note how the posts are made now."""
        with self._transaction() as db:
            db.execute(delete(meta).where(meta.c.name == "making"))
            db.execute(insert(meta).values(name="making", value=how))

    # --- what became of them

    def files(self, codes: Sequence[str]) -> dict[str, str]:
        """The file of each of these articles that has one."""
        with self._transaction() as db:
            return {code: row["file"] for code, row in self._rows(db, codes).items() if row["file"]}

    def written(self, code: str, post: Post, file: str, sha256: str) -> None:
        """The post's file is durably in place."""
        self.written_many([(code, post, file, sha256)])

    def written_many(self, done: Sequence[tuple[str, Post, str, str]]) -> None:
        """The files of all these posts are durably in place: code, post, file name, sha256."""
        time = now().isoformat()
        with self._transaction() as db:
            known = self._rows(db, [code for code, *_ in done])
            added: list[dict[str, Any]] = []
            changed: list[dict[str, Any]] = []
            replaced: list[dict[str, Any]] = []
            for code, post, file, sha256 in done:
                old = known.get(code)
                row = old or _new_row(Article(code=code, origin="none", title=post.title), "", "pending", None, time)
                incomplete = post.origin == "post-page" or post.pictures_missing
                fields: dict[str, Any] = {"origin": post.origin, "file": file, "sha256": sha256}
                fields |= {"state": move(row["state"], "written"), "reason": None, "attempts": 0, "next_try": None}
                fields |= self._next_try(row) if incomplete else {}
                if old is None:
                    added.append(row | fields)
                else:
                    changed.append({"key": code, "last_seen": time} | fields)
                    if old["sha256"] not in {None, sha256}:
                        replaced.append({"code": code, "sha256": old["sha256"], "replaced": time})
            self._many(db, insert(articles), added)
            names = [name for name in changed[0] if name != "key"] if changed else []
            columns: dict[str, Any] = {name: bindparam(name) for name in names}
            self._many(db, update(articles).where(articles.c.code == bindparam("key")).values(columns), changed)
            for version in replaced:
                same = (versions.c.code == version["code"]) & (versions.c.sha256 == version["sha256"])
                db.execute(delete(versions).where(same))
            self._many(db, insert(versions), replaced)
            self._store_klines(db, [(code, post) for code, post, *_ in done])

    def failed(self, code: str, reason: str) -> None:
        """The article could not be made into a post in this run."""
        time = now().isoformat()
        with self._transaction() as db:
            old = self._rows(db, [code]).get(code)
            if old is None:
                old = _new_row(Article(code=code, origin="none"), "", "pending", None, time)
                db.execute(insert(articles).values(old))
            fields = {"state": move(old["state"], "quarantined"), "reason": reason, **self._next_try(old)}
            db.execute(update(articles).where(articles.c.code == code).values(last_seen=time, **fields))

    def left_out(self, code: str, reason: str) -> None:
        """The article is none of ours: the user's filters, or what it is."""
        with self._transaction() as db:
            db.execute(update(articles).where(articles.c.code == code).values(state="out_of_scope", reason=reason))

    def retry(self, codes: Iterable[str] | None) -> int:
        """Make quarantined articles of the site due at once (None: all); how many. Files are reprocessed instead."""
        wanted = (articles.c.state == "quarantined") & (articles.c.url != "")
        if codes is not None:
            wanted = wanted & articles.c.code.in_(list(codes))
        with self._transaction() as db:
            return db.execute(
                update(articles).where(wanted).values(state="pending", attempts=0, next_try=None)
            ).rowcount

    # --- what is known

    def rebuild(self, posts: Iterable[tuple[Post, str, str]]) -> int:
        """Forget all articles and take them from the posts (post, file, sha256) instead; how many.

        What lists say of them (addresses) comes back with the next crawl, since the validators are forgotten too.
        """
        time, number = now().isoformat(), 0
        with self._transaction() as db:
            for table in (articles, pages, klines):
                db.execute(delete(table))
            for post, file, sha256 in posts:
                listed = Article(code=post.code, origin="post-file", title=post.title)
                row = _new_row(listed, "", "written", None, time)
                db.execute(insert(articles).values(row | {"origin": "post-file", "file": file, "sha256": sha256}))
                self._store_klines(db, [(post.code, post)])
                number += 1
        return number

    def states(self, site: str | None = None) -> dict[str, State]:
        """State by code, of one site or of all."""
        query = select(articles.c.code, articles.c.state)
        with self._transaction() as db:
            return dict(db.execute(query if site is None else query.where(articles.c.site == site)).all())

    def begin_run(self, run: str) -> None:
        """Note that a run began."""
        with self._transaction() as db:
            db.execute(insert(runs).values(run=run, started=now().isoformat()))

    def end_run(self, run: str, exit_code: int) -> None:
        """Note how it ended."""
        with self._transaction() as db:
            db.execute(update(runs).where(runs.c.run == run).values(ended=now().isoformat(), exit_code=exit_code))

    # --- pieces

    @staticmethod
    def _rows(db: Connection, codes: Sequence[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for start in range(0, len(codes), 500):  # databases limit the number of parameters
            chunk = articles.c.code.in_(codes[start : start + 500])
            found |= {row["code"]: row for row in db.execute(select(articles).where(chunk)).mappings()}
        return found

    @staticmethod
    def _many(db: Connection, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            db.execute(statement, rows)

    @staticmethod
    def _store_klines(db: Connection, posts: Sequence[tuple[str, Post]]) -> None:
        codes = [code for code, _ in posts]
        for start in range(0, len(codes), 500):
            db.execute(delete(klines).where(klines.c.code.in_(codes[start : start + 500])))
        rows = {(code, k.secid): k.symbol for code, post in posts for k in post.klines}
        Ledger._many(
            db, insert(klines), [{"code": code, "secid": secid, "symbol": name} for (code, secid), name in rows.items()]
        )

    @staticmethod
    def _store_page(db: Connection, url: str, site: str, validators: Validators, time: str) -> None:
        db.execute(delete(pages).where(pages.c.url == url))
        fields = {"etag": validators.etag, "last_modified": validators.last_modified, "sha256": validators.sha256}
        db.execute(insert(pages).values(url=url, site=site, fetched=time, **fields))

    @staticmethod
    def _next_try(row: Any) -> dict[str, Any]:
        attempts = row["attempts"] + 1
        gap = RETRY_GAPS[attempts - 1] if attempts <= len(RETRY_GAPS) else None
        return {"attempts": attempts, "next_try": (now() + gap).isoformat() if gap is not None else None}


def _new_row(article: Article, site: str, state: State, reason: str | None, time: str) -> dict[str, Any]:
    """A row for an article that the ledger does not know yet."""
    row: dict[str, Any] = {column.name: None for column in articles.columns}
    known = {"code": article.code, "site": site, "url": article.url, "title": article.title}
    return row | known | {"state": state, "reason": reason, "attempts": 0, "first_seen": time, "last_seen": time}


def _asks_again(row: RowMapping | dict[str, Any], title: str | None) -> bool:
    """Whether a list that names a known article is a reason to ask for it again: its title changed."""
    if row["state"] == "pending":
        return True
    if row["state"] == "out_of_scope":
        return str(row["reason"]).startswith(FILTERED)
    # The home page is Markdown, where kramdown writes `&amp;`; the other lists print titles raw.
    return title is not None and row["title"] is not None and unescape(title) != unescape(row["title"])


def _engine(url: str) -> Engine:
    """An engine with one connection; SQLite in WAL mode, where a commit survives the death of the process."""
    if not url.startswith("sqlite"):
        return create_engine(url)
    engine = create_engine(url, poolclass=StaticPool)

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA busy_timeout=10000")

    return engine

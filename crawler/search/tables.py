"""The tables of the index, in a file of their own: ``state/search.sqlite``."""

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path

FILE = "search.sqlite"
_VERSION = 6
"""Of what the tables hold and how text is folded: an index of another one is made anew."""
DAY = "'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]-'"
"""How the name of a post's file begins, before its code."""
_TABLES = f"""
CREATE TABLE posts (
    id INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, code TEXT, title TEXT, published TEXT,
    category TEXT, fault TEXT NOT NULL, paired INTEGER NOT NULL
);
CREATE INDEX posts_published ON posts (published, code, file);
CREATE TABLE mentions (
    id INTEGER NOT NULL, secid TEXT NOT NULL, way TEXT NOT NULL, name TEXT NOT NULL, position INTEGER,
    PRIMARY KEY (secid, id)
) WITHOUT ROWID;
CREATE INDEX mentions_id ON mentions (id);
CREATE INDEX posts_code ON posts (code);
CREATE INDEX posts_misnamed ON posts (code) WHERE file NOT GLOB {DAY} || code || '.md';
CREATE INDEX posts_unpaired ON posts (id) WHERE NOT paired;
CREATE TABLE bands (hash INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (hash, id)) WITHOUT ROWID;
CREATE INDEX bands_id ON bands (id);
CREATE TABLE folded (id INTEGER PRIMARY KEY, title BLOB NOT NULL, text BLOB NOT NULL);
CREATE VIRTUAL TABLE pairs USING fts5(title, text, content='', tokenize='ascii');
INSERT INTO pairs(pairs, rank) VALUES ('hashsize', 33554432);
INSERT INTO pairs(pairs, rank) VALUES ('rank', 'bm25(10.0, 1.0)');
"""  # noqa: S608
"""``paired``: whether ``pairs``, in which words are found, hold the post. ``mentions`` are items.Security, ``bands``
tell reprints; ``folded`` holds the texts, compressed: ``pairs`` must be told them again to forget a post."""
_DAMAGED = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_WAIT = 60
"""Seconds that one process waits for another that writes: it does so in short transactions."""


class Damaged(Exception):
    """The file holds something else than the index as we make it."""


def connected(file: Path | None) -> sqlite3.Connection:
    """The index in the file, made if need be; without one, an empty one in memory. Raises sqlite3.Error, Damaged."""
    db = sqlite3.connect(file or ":memory:", timeout=_WAIT, isolation_level=None)
    try:
        if _is_empty(db):
            db.execute("BEGIN IMMEDIATE")
            if _is_empty(db):  # nobody else has made them by now
                for statement in filter(str.strip, _TABLES.split(";\n")):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {_VERSION}")
            db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    return db


def copied(file: Path) -> sqlite3.Connection:
    """The same, in memory: a copy of what is in the file, as far as that can be read."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as there:
            there.backup(db)
        if not _is_empty(db):
            return db
    except (sqlite3.Error, Damaged):
        pass
    db.close()
    return connected(None)


def _is_empty(db: sqlite3.Connection) -> bool:
    """Whether no tables are there; raises Damaged for others than ours."""
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]  # first: they come with their version
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if not version and not tables:
        return True
    if version != _VERSION:
        raise Damaged("it is of another version")
    return False


def is_damage(error: Exception) -> bool:
    """Whether the file is what stands in the way: else the disk refuses, or somebody holds the file."""
    return isinstance(error, Damaged) or getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED


def remove(file: Path) -> None:
    """Remove the index, and what SQLite keeps beside it. Raises OSError."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)


def packed(text: str) -> bytes:
    """The text, compressed."""
    return zlib.compress(text.encode(), 1)


def unpacked(data: bytes) -> str:
    """The text as it was."""
    return zlib.decompress(data).decode()

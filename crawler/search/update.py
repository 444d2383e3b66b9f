"""Bringing the index up to date with the files: read is what is new or changed, and what is gone goes."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from crawler import post_format
from crawler.search.article import Indexed, read
from crawler.search.folding import pairs
from crawler.search.reprints import bands
from crawler.search.tables import packed, unpacked
from crawler.store.differing import differing
from crawler.store.places import place, stamp_of

_AT_ONCE = 1000
"""Posts in one transaction: others may write in between, and a killed process loses no more."""
_SAME_TICK = 2
"""Seconds in which a file may change twice and look the same: one that is younger is read again the next time."""


def bring_up_to_date(db: sqlite3.Connection, output: Path, *, for_words: bool) -> None:
    """Make the index tell of the posts in the output folder as they are now; ``for_words``: of their pairs, too.

    These are most of the work. Raises sqlite3.Error, OSError.
    """
    changed = differing(output / "_posts", lambda: db.execute("SELECT file, stamp FROM posts"), [])
    take(db, output, sorted(changed))
    if for_words:
        pair(db)


def pair(db: sqlite3.Connection) -> None:
    """Index the pairs of the posts of which they are not. Raises sqlite3.Error."""
    query = "SELECT id, folded.title, folded.text FROM posts JOIN folded USING (id) WHERE NOT paired LIMIT ?"
    while db.execute(query, (1,)).fetchone():
        with _writing(db):  # another may have done some meanwhile
            rows = db.execute(query, (_AT_ONCE,)).fetchall()
            told = [(number, *(pairs(unpacked(one)) for one in texts)) for number, *texts in rows]
            db.executemany("INSERT INTO pairs (rowid, title, text) VALUES (?, ?, ?)", told)
            db.executemany("UPDATE posts SET paired = 1 WHERE id = ?", [(row[0],) for row in rows])


def take(db: sqlite3.Connection, output: Path, files: Sequence[str]) -> None:
    """Make the index tell of these files as they are now. Raises sqlite3.Error."""
    for start in range(0, len(files), _AT_ONCE):
        found = [(file, *_read(place(output / "_posts", file))) for file in files[start : start + _AT_ONCE]]
        with _writing(db):
            for file, stamp, post in found:
                _put(db, file, stamp, post)


@contextmanager
def _writing(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _read(path: Path) -> tuple[str, Indexed | str | None]:
    """The stamp of a file, "" where it may yet change unseen; and the post in it, or why there is none, or None.

    Its name may be no text: it is read from the disk as it is.
    """
    stamp = stamp_of(path)
    if not stamp:
        return "", None
    if 0 <= time.time() - int(stamp.split()[1]) / 1e9 < _SAME_TICK:
        stamp = ""
    try:
        return stamp, read(path.name, path.read_bytes())
    except FileNotFoundError:
        return "", None
    except (post_format.FormatError, OSError) as error:
        return stamp, f"cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)


def _put(db: sqlite3.Connection, file: str, stamp: str, post: Indexed | str | None) -> None:
    """Put a post in the place of what the index holds of its file."""
    before = db.execute(
        "SELECT posts.id, paired, folded.title, folded.text FROM posts LEFT JOIN folded USING (id) WHERE file = ?",
        (file,),
    ).fetchone()
    if before:
        _forget(db, *before)
    if post is None:
        return
    told = post[:4] if isinstance(post, Indexed) else (None,) * 4
    row = (file, stamp, *told, post if isinstance(post, str) else "")
    number = db.execute(
        "INSERT INTO posts (file, stamp, code, title, published, category, fault, paired)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
        row,
    ).lastrowid
    if isinstance(post, Indexed):
        texts = (post.folded_title, post.folded_text)
        db.execute("INSERT INTO folded VALUES (?, ?, ?)", (number, *map(packed, texts)))
        db.executemany("INSERT INTO bands VALUES (?, ?)", [(one, number) for one in bands(post.folded_text)])
        db.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?)", [(number, *one) for one in post.securities])


def _forget(db: sqlite3.Connection, number: int, paired: int, *packed: bytes) -> None:
    if paired:
        texts = [pairs(unpacked(one)) for one in packed]
        db.execute("INSERT INTO pairs (pairs, rowid, title, text) VALUES ('delete', ?, ?, ?)", (number, *texts))
    for table in ("posts", "folded", "mentions", "bands"):
        db.execute(f"DELETE FROM {table} WHERE id = ?", (number,))  # noqa: S608 - names of our own

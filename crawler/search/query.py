"""Words to the posts that have them, the best first."""

import json
import sqlite3
import sys
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crawler.search.folding import folded, pairs
from crawler.search.tables import DAY, unpacked

_LONGEST, _MOST = 32, 50
"""Characters of a word, and words, that the index is asked for; the rest is looked for in what it finds."""
_MOST_RANKED = 2000
"""Where more posts have the words, to weigh each would take too long."""


_ABOUT = "posts.id IN (SELECT id FROM mentions WHERE secid IN (SELECT value FROM json_each(?)))"
_TITLE_FIRST = "posts.id NOT IN (SELECT rowid FROM pairs WHERE pairs MATCH ?)"
_NEWEST = "published DESC, code DESC, file DESC"


class Filter(NamedTuple):
    """Which posts are meant; what is empty leaves none out."""

    since: str = ""
    """``YYYY-MM-DD``, included."""
    until: str = ""
    """The same."""
    categories: tuple[str, ...] = ()
    secids: tuple[str, ...] = ()
    """Securities, of which a post is about one."""
    filed: tuple[str, ...] = ()
    """Codes of articles that are about one of these, whatever their posts say."""
    after: tuple[str, ...] = ()
    """Only what a list, the newest first, has behind the post of this time, code and file."""
    without: tuple[str, ...] = ()
    """Files that are left out."""


ANY = Filter()


class Hit(NamedTuple):
    """A post as it is listed."""

    file: str
    code: str
    title: str
    published: str
    """``YYYY-MM-DD HH:MM:SS``, Beijing time."""
    text: str | None = None
    """What its version of then says, where a time is asked for."""

    @property
    def published_iso(self) -> str:
        """The same in ISO 8601, with its zone."""
        return f"{self.published.replace(' ', 'T')}+08:00"


class Found(NamedTuple):
    """The posts that are meant, as many as were asked for; ``total``: how many there are."""

    total: int
    seconds: float
    hits: list[Hit]


def copies(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """File and code of each post that has not the name of its article's, where another file has that article.

    What keeps folders alike, and people, leave copies of posts under other names. Of several the first is none.
    """
    return db.execute(
        "SELECT file, code FROM posts INDEXED BY posts_misnamed"  # noqa: S608 - few are: all others need no look
        f" WHERE file NOT GLOB {DAY} || code || '.md' AND EXISTS (SELECT 1 FROM posts AS other WHERE"
        " other.code = posts.code AND other.id <> posts.id AND"
        f" (other.file < posts.file OR other.file GLOB {DAY} || other.code || '.md')) ORDER BY file"
    ).fetchall()


def files_of(db: sqlite3.Connection, codes: Iterable[str]) -> set[str]:
    """The files that hold these articles."""
    query = "SELECT file FROM posts WHERE code IN (SELECT value FROM json_each(?))"
    return {file for (file,) in db.execute(query, (json.dumps([*codes]),))}


def words_of(told: Iterable[str]) -> list[str]:
    """The words, folded: blanks end one. Raises ValueError where none is left."""
    words = [word for word in (folded(one) for part in told for one in part.split()) if word]
    if not words:
        raise ValueError("say at least one word to search for")
    return list(dict.fromkeys(words))


def search(db: sqlite3.Connection, words: Sequence[str], limit: int = 0, only: Filter = ANY, start: int = 0) -> Found:
    """The posts in which every one of the folded words stands, be it in the title or in the text.

    Ranked by how often they have the words in how long a text, the title counting ten times; where thousands have
    them, those that have them in the title come first. Among equals the newest comes first. ``limit`` 0: all of them
    behind the first ``start``.
    """
    begun = time.perf_counter()
    asked = _match(words)
    clause, values = _where(only)
    if len(words) > _MOST or max(map(len, words)) > _LONGEST:
        found = [one for (one,) in db.execute("SELECT rowid FROM pairs WHERE pairs MATCH ?", (asked,))]
        clause += f" AND posts.id IN ({', '.join(str(one) for one in found if _has(db, one, words))})"
    select = f"FROM pairs JOIN posts ON posts.id = pairs.rowid WHERE pairs MATCH ?{clause}"
    counted = select if clause else "FROM pairs WHERE pairs MATCH ?"
    total = db.execute(f"SELECT count(*) {counted}", (asked, *values)).fetchone()[0]
    if total > _MOST_RANKED:
        order, values = _TITLE_FIRST, [*values, f"title : ({asked})"]
    else:
        order = "rank"
    hits = _hits(db, f"{select} ORDER BY {order}, {_NEWEST}", (asked, *values), limit, start)
    return Found(total, time.perf_counter() - begun, hits)


def listed(db: sqlite3.Connection, only: Filter, limit: int = 0) -> Found:
    """The posts that are meant, the newest first. ``limit`` 0: all of them."""
    begun = time.perf_counter()
    clause, values = _where(only)
    select = f"FROM posts WHERE code IS NOT NULL{clause}"
    total = db.execute(f"SELECT count(*) {select}", values).fetchone()[0]
    hits = _hits(db, f"{select} ORDER BY {_NEWEST}", values, limit)
    return Found(total, time.perf_counter() - begun, hits)


def _hits(db: sqlite3.Connection, ordered: str, values: Sequence[object], limit: int, start: int = 0) -> list[Hit]:
    """Those of what is ordered so. SQLite's numbers end somewhere, and so many articles there are not."""
    select = f"SELECT file, code, posts.title, published {ordered} LIMIT ? OFFSET ?"
    return [Hit(*row) for row in db.execute(select, (*values, min(limit, sys.maxsize) or -1, start))]


def _where(only: Filter) -> tuple[str, list[str]]:
    """What is added to a condition, and its values."""
    securities = json.dumps(only.secids), json.dumps(only.filed)
    parts: list[tuple[object, str, tuple[str, ...]]] = [
        (only.since, "published >= ?", (only.since,)),
        (only.until, "published < ? || 'T'", (only.until,)),  # behind any time of that day
        (only.categories, "category IN (SELECT value FROM json_each(?))", (json.dumps(only.categories),)),
        (only.after, "(published, code, file) < (?, ?, ?)", only.after),
        (only.without, "file NOT IN (SELECT value FROM json_each(?))", (json.dumps(only.without),)),
        (only.secids, f"({_ABOUT} OR code IN (SELECT value FROM json_each(?)))", securities),  # noqa: S608
    ]
    wanted = [(condition, values) for is_said, condition, values in parts if is_said]
    return "".join(f" AND {condition}" for condition, _ in wanted), [one for _, values in wanted for one in values]


def _match(words: Sequence[str]) -> str:
    """The words as FTS5 is asked for them: of their signs none is ASCII, so that nothing in them is syntax."""
    return " AND ".join(
        f'"{pairs(word[:_LONGEST])[:-2]}"' if len(word) > 1 else f'"{word}" *' for word in words[:_MOST]
    )


def _has(db: sqlite3.Connection, number: int, words: Sequence[str]) -> bool:
    title, text = map(unpacked, db.execute("SELECT title, text FROM folded WHERE id = ?", (number,)).fetchone())
    return all(word in title or word in text for word in words)

"""Articles between reading and merging: in memory while they are few, in a database file when they are many."""

import errno
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from crawler import sources
from crawler.items import Article

IN_MEMORY = 16 * 1024 * 1024
"""Characters of bodies that are held in memory before everything moves to disk."""


class Spool:
    """What all pages say, by article; raises OSError when the disk refuses.

    The file, if there is one, is removed at the end, and at the next start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._room = IN_MEMORY
        self._known: dict[str, list[Article]] = {}
        self._database: sqlite3.Connection | None = None
        path.unlink(missing_ok=True)

    def add(self, article: Article) -> None:
        """Keep what one page says."""
        self._known.setdefault(sources.digits(article.code), []).append(article)
        self._room -= 400 + len(article.text or "") + len(article.content or "")
        if self._room < 0:
            self._spill()

    def __iter__(self) -> Iterator[list[Article]]:
        """All that is said of one article, article by article, in the order of their codes."""
        if self._database is None:
            for key in sorted(self._known):
                yield self._known[key]
            return
        self._spill()
        group: list[Article] = []
        for key, data in self._database.execute("select key, data from said order by key, rowid"):
            article = Article(**json.loads(data))
            if group and sources.digits(group[0].code) != key:
                yield group
                group = []
            group.append(article)
        if group:
            yield group

    def __len__(self) -> int:
        """How many articles there are."""
        if self._database is None:
            return len(self._known)
        self._spill()
        return int(self._database.execute("select count(distinct key) from said").fetchone()[0])

    def close(self) -> None:
        """Forget everything."""
        if self._database is not None:
            self._database.close()
            self._path.unlink(missing_ok=True)

    def _spill(self) -> None:
        try:
            self._move_to_disk()
        except sqlite3.OperationalError as error:
            raise OSError(errno.ENOSPC, str(error), str(self._path)) from error

    def _move_to_disk(self) -> None:
        if self._database is None:
            self._database = sqlite3.connect(self._path)
            self._database.execute("pragma journal_mode=off")  # nothing here outlives the run
            self._database.execute("pragma synchronous=off")
            self._database.execute("create table said (key text, data blob)")
            self._database.execute("create index said_key on said (key)")
        rows = [
            (key, json.dumps(asdict(article), ensure_ascii=False).encode("utf-8", "surrogatepass"))
            for key, articles in self._known.items()
            for article in articles
        ]
        with self._database:
            self._database.executemany("insert into said values (?, ?)", rows)
        self._known.clear()
        self._room = IN_MEMORY // 8

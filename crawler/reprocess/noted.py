"""What is noted of the inputs while a run goes on: lines of the report, and what speaks of which article. On disk."""

import marshal
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

from crawler import sites
from crawler.reprocess.reading import ReportLine
from crawler.reprocess.spool import PLACE
from crawler.reprocess.steps import Line
from crawler.store.atomic import make_folder

_SOME: Final = 128
_MADE: Final = (
    "PRAGMA journal_mode=OFF",  # nobody sees it behind this run
    "PRAGMA synchronous=OFF",
    "CREATE TABLE lines (number INTEGER PRIMARY KEY, misses INTEGER, told BLOB)",
    "CREATE TABLE paths (path BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID",
    "CREATE TABLE articles (digits BLOB PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE said (digits BLOB, line INTEGER, batch INTEGER, place INTEGER, tells INTEGER,
       PRIMARY KEY (digits, line, batch, place)) WITHOUT ROWID""",
    "BEGIN",
)


class Noted:
    """A database of one run and one process, in a file without a name: it goes with the process, however that ends.

    Its methods raise OSError when the disk refuses.
    """

    def __init__(self, folder: Path) -> None:
        make_folder(folder)
        file = folder / f"spool-{os.urandom(8).hex()}"
        with _errors(), ExitStack() as made:
            self._db = made.enter_context(closing(sqlite3.connect(file, isolation_level=None)))
            made.callback(file.unlink)
            for statement in _MADE:
                self._db.execute(statement)
            made.pop_all()
        file.unlink()
        self.lines = self.articles = 0
        """How many there are."""
        self.has_page = self.has_lost = False
        """Whether there is a line of a page, and one that is in quarantine."""

    def close(self) -> None:
        """Let it go."""
        self._db.close()

    def add(self, lines: Iterable[Line]) -> None:
        """Note lines in their order; those that stand at one place of a container are numbered: each has its name.

        Whoever is interrupted while lines come has noted those that came.
        """
        rows, said = list[tuple[int, bool, bytes]](), list[tuple[bytes, int, int, int, bool]]()
        with _errors():
            try:
                for line, articles in lines:
                    line.path = self._name(line.path)
                    self._look(line)
                    number = self.lines + len(rows)
                    said += [
                        (_key(code), number, address >> PLACE, address & (1 << PLACE) - 1, bool(line.codes))
                        for code, address in articles
                    ]
                    rows.append((number, bool(line.missing), _packed(line)))
            finally:
                self._db.executemany("INSERT INTO lines VALUES (?, ?, ?)", rows)
                self.lines += len(rows)
                self._db.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?)", said)
                new = self._db.executemany("INSERT OR IGNORE INTO articles VALUES (?)", ((one[0],) for one in said))
                self.articles += new.rowcount

    def _name(self, path: str) -> str:
        """The path, and which of those that are called so it is, from the second on."""
        again = "INSERT INTO paths VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times"
        ((times,),) = self._db.execute(again, (path.encode("utf-8", "surrogatepass"),))
        return f"{path} ({times})" if times > 1 else path

    def _look(self, line: ReportLine) -> None:
        self.has_page |= line.is_page
        self.has_lost |= line.outcome == "quarantined"

    def change(self, number: int, line: ReportLine) -> None:
        """Have another line under the number."""
        self._look(line)
        with _errors():
            self._db.execute("UPDATE lines SET told = ? WHERE number = ?", (_packed(line), number))

    def __iter__(self) -> Iterator[ReportLine]:
        """Give all lines in their order."""
        with _errors():
            for (told,) in self._db.execute("SELECT told FROM lines ORDER BY number"):
                yield _unpacked(told)

    def missing(self) -> Iterator[list[tuple[int, ReportLine]]]:
        """Give some of the lines that miss an article at a time, with their numbers, by which they may be changed."""
        query = "SELECT number, told FROM lines WHERE number > ? AND misses ORDER BY number LIMIT ?"
        last = -1
        while True:
            with _errors():
                some = [(number, _unpacked(told)) for number, told in self._db.execute(query, (last, _SOME))]
            if not some:
                return
            yield some
            last = some[-1][0]

    def said(self) -> Iterator[tuple[str, list[int]]]:
        """Give the digits of each article and all addresses that speak of it, in the order of the digits."""
        query = "SELECT digits, batch, place FROM said ORDER BY digits, line, batch, place"
        with _errors():
            for digits, rows in groupby(self._db.execute(query), itemgetter(0)):
                yield digits.decode("utf-8", "surrogatepass"), [batch << PLACE | place for _, batch, place in rows]

    def names(self, digits: str) -> bool:
        """Whether anything speaks of the article, be it a list."""
        with _errors():
            return bool(self._db.execute("SELECT 1 FROM articles WHERE digits = ?", (_key(digits),)).fetchone())

    def teller(self, digits: str) -> ReportLine | None:
        """The first line of a page that tells the article, and is no list."""
        query = "SELECT told FROM said JOIN lines ON number = line WHERE digits = ? AND tells ORDER BY line LIMIT 1"
        with _errors():
            found = self._db.execute(query, (_key(digits),)).fetchone()
        return _unpacked(found[0]) if found else None


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:  # behind a write that failed, what is there may be called damaged
        raise OSError(f"what is noted of the inputs: {error}") from error


def _key(code: str) -> bytes:
    """The digits of an article's code; their order is that of the text."""
    return sites.digits(code).encode("utf-8", "surrogatepass")


def _packed(line: ReportLine) -> bytes:
    return marshal.dumps(line.values())


def _unpacked(told: bytes) -> ReportLine:
    return ReportLine(*marshal.loads(told))  # noqa: S302 - values, written by this run

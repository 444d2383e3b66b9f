"""The ledger: the crawl's frontier and its memory. It can be lost, and is rebuilt from the posts."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from crawler.store.engine import now
from crawler.store.frontier import Frontier
from crawler.store.ledger_url import sqlite_file
from crawler.store.looking import is_there
from crawler.store.marks import Marks
from crawler.store.outcomes import Outcomes
from crawler.store.said import Said


class Ledger(Frontier, Outcomes, Said, Marks):
    """Pages and articles in one database: SQLite in the output folder, or what FINEWS_LEDGER_URL says."""


@contextmanager
def ledger_to_read(url: str) -> Iterator[Ledger | None]:
    """The ledger as it is, to be read only and beside whoever writes to it; None where there is none, or none yet.

    Raises OSError, LedgerError.
    """
    file = sqlite_file(url)
    if file and not is_there(file):
        yield None
        return
    with _to_read(url, file) as address, closing(Ledger(address, read_only=True)) as ledger:
        yield ledger if ledger.is_made() else None


@contextmanager
def _to_read(url: str, file: Path | None) -> Iterator[str]:
    """The address to read at: of a copy, where there is a killed run's log without the index that SQLite would make."""
    log, index = (file.with_name(f"{file.name}{suffix}") if file else None for suffix in ("-wal", "-shm"))
    if not (file and log and index) or not is_there(log) or is_there(index):
        yield url
        return
    with TemporaryDirectory() as folder:
        for part in (file, log):
            shutil.copy(part, folder)
        yield f"sqlite:///{Path(folder) / file.name}"


def set_aside(url: str, folder: Path) -> Path | None:
    """Move a ledger that cannot be used into the folder, under a name with the time; None for one on a server."""
    file = sqlite_file(url)
    if not (file and is_there(file)):
        return None
    aside = folder / f"ledger-{now():%Y%m%dT%H%M%SZ}.unusable"
    for suffix in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            file.with_name(file.name + suffix).replace(f"{aside}{suffix}")
    return aside

"""The ledger: the crawl's frontier and its memory. It can be lost, and is rebuilt from the posts."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from crawler.store.engine import now, sqlite_file
from crawler.store.frontier import Frontier
from crawler.store.outcomes import Outcomes


class Ledger(Frontier, Outcomes):
    """Pages and articles in one database: SQLite in the output folder, or what FINEWS_LEDGER_URL says."""


@contextmanager
def ledger_to_read(url: str) -> Iterator[Ledger | None]:
    """The ledger as it is, to be read only and beside whoever writes to it; None where there is none yet."""
    file = sqlite_file(url)
    if file and not file.exists():
        yield None
        return
    with closing(Ledger(url, read_only=True)) as ledger:
        yield ledger


def set_aside(url: str, folder: Path) -> Path | None:
    """Move a ledger that cannot be used into the folder, under a name with the time; None for one on a server."""
    file = sqlite_file(url)
    if not file or not file.exists():
        return None
    aside = folder / f"ledger-{now():%Y%m%dT%H%M%SZ}.unusable"
    for suffix in ("-wal", "-shm", ""):
        part = file.with_name(file.name + suffix)
        if part.exists():
            part.replace(f"{aside}{suffix}")
    return aside

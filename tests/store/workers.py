"""Workers of one shared crawl in one process, each with a connection of its own to a real server."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from postgres_server import new_database
from sqlalchemy import delete, true

from crawler.store.shared_ledger import SharedLedger
from crawler.store.tables import meta, metadata


class Worker(SharedLedger):
    """The ledger as one of them has it."""

    who = "one"

    @property
    def _mine(self) -> str:
        return self.who


@cache
def _database() -> str:
    return new_database()


def empty_database() -> str:
    """The address of the same one each time, which takes less than another: its ledger knows nothing."""
    ledger = SharedLedger(_database())
    with ledger._transaction() as db:
        for table in metadata.sorted_tables:
            db.execute(delete(table).where(true() if table is not meta else meta.c.name != "schema"))
    ledger.close()
    return _database()


@contextmanager
def workers(*names: str) -> Iterator[list[Worker]]:
    """The ledgers of workers of these names, in an empty database."""
    address = empty_database()
    made = [Worker(address) for _ in names]
    for one, name in zip(made, names, strict=True):
        one.who = name
        one.patience = 0.3
    yield made
    for one in made:
        one.close()

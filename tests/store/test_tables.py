"""The tables take what is written to them, and the indexes of some rows are of those that a query asks for."""

from pathlib import Path

import pytest
from postgres_server import new_database
from sqlalchemy import func, insert, select
from store.samples import CODE, TIME

from crawler.store.ledger import Ledger
from crawler.store.tables import DOUBTED, FILTERED, INDEXES_OF_PARTS, IS_OPEN, IS_UNSETTLED, articles, new_row

ROWS = {
    "new": ({}, True, False),
    "done": ({"state": "written", "attempts": 0, "origin": "share", "file": "x"}, False, False),
    "worse": ({"state": "written", "attempts": 0, "origin": "finews-page", "file": "x"}, True, False),
    "worse, tried": ({"state": "written", "attempts": 1, "origin": "finews-page"}, False, False),
    "due later": ({"state": "quarantined", "next_try": TIME}, True, False),
    "given up": ({"state": "quarantined", "attempts": 9, "file": "x"}, False, True),
    "filtered": ({"state": "out_of_scope", "reason": f"{FILTERED}category"}, True, False),
    "dropped": ({"state": "out_of_scope", "reason": "dropped", "file": "x"}, False, True),
    "doubted": ({"state": "written", "reason": DOUBTED, "next_try": TIME, "origin": "share"}, True, False),
    "lost": ({"file": "x"}, True, True),
}


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_which_rows_may_be_due_and_which_are_unsettled(database: str, tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}" if database == "sqlite" else new_database())
    with ledger._transaction() as db:
        db.execute(insert(articles), [new_row(name, TIME) | changed for name, (changed, *_) in ROWS.items()])
        found = [set(db.execute(select(articles.c.code).where(part)).scalars()) for part in (IS_OPEN, IS_UNSETTLED)]
        assert db.execute(select(func.count()).select_from(articles)).scalar() == len(ROWS)
    ledger.close()
    assert found == [{name for name, row in ROWS.items() if row[place]} for place in (1, 2)]


def test_an_article_that_is_new_is_pending_and_nothing_is_known_of_it() -> None:
    row = new_row(CODE, TIME)
    assert row.keys() == {*articles.c.keys()}
    told = {name: value for name, value in row.items() if value not in {None, ""}}
    assert told == {"code": CODE, "state": "pending", "attempts": 0, "first_seen": TIME, "last_seen": TIME}


def test_indexes_of_some_rows_name_columns_that_are_there(ledger: Ledger) -> None:
    with ledger._transaction() as db:
        there = set(db.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'").scalars())
        for part in INDEXES_OF_PARTS:
            assert part.partition(" ")[0] in there

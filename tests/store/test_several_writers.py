"""Several processes with one ledger: no error, nothing twice, and nothing set back that another has booked."""

import multiprocessing
import random
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from postgres_server import new_database
from store.samples import CODE, SITE, listed_article, record_list, written_post

from crawler.items import Article
from crawler.store.frontier import Validators
from crawler.store.ledger import Ledger
from crawler.store.tables import articles

PROCESSES, ARTICLES, LISTS = 4, 60, 3
CODES = [f"NW20220114{number:010d}" for number in range(ARTICLES)]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return new_database() if request.param == "postgresql" else f"sqlite:///{tmp_path / 'ledger.sqlite'}"


def _listed(ledger: Ledger, order: list[str], number: int) -> None:
    named = [Article(code=code, origin="list", url=f"http://{SITE}/{code}.html", title=code) for code in order]
    ledger.record_list(f"http://{SITE}/{number}.html", SITE, Validators(), named, dict.fromkeys(order))


def _east_money(ledger: Ledger, order: list[str], number: int) -> None:
    named = [
        Article(code=code[2:], origin="list", title=f"{code} {number}", time="2022-01-14 22:48:17") for code in order
    ]
    ledger.record_listed(SITE, named, {})


def _work(address: str, record: str, seed: int, together: Barrier) -> None:
    order = CODES.copy()
    random.Random(seed).shuffle(order)
    together.wait()
    ledger = Ledger(address)
    for number in range(LISTS):
        globals()[record](ledger, order, number)
    ledger.close()


@pytest.mark.parametrize("record", ["_listed", "_east_money"])
def test_processes_that_record_the_same_lists_at_once(record: str, address: str) -> None:
    """They make the tables at once, too; of what each lists in an order of its own there is one row."""
    context = multiprocessing.get_context("fork")
    together = context.Barrier(PROCESSES)
    workers = [context.Process(target=_work, args=(address, record, n, together)) for n in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(100)
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    ledger = Ledger(address)
    assert ledger.states() == dict.fromkeys(CODES, "pending")
    ledger.close()


@pytest.mark.parametrize("meanwhile", ["written", "out_of_scope"])
def test_what_was_booked_since_a_list_was_read_is_not_set_back(meanwhile: str, address: str) -> None:
    """As two see it who read the same row, one of whom is slow."""
    slow, quick = Ledger(address), Ledger(address)
    record_list(quick, listed_article())
    with slow._transaction() as db:
        rows = {row["code"]: dict(row) for row in db.execute(articles.select()).mappings()}
    if meanwhile == "written":
        quick.written([written_post()])
    else:
        quick.left_out(CODE, "no article")
    with slow._transaction() as db:
        slow._put_back(db, {code: row["state"] for code, row in rows.items()}, rows.values())
    assert slow.states() == {CODE: meanwhile}
    for ledger in (slow, quick):
        ledger.close()

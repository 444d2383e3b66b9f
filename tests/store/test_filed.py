"""What the ledger knows of files costs little: it is asked of indexes, and is in memory in parts."""

import tracemalloc
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from postgres_server import new_database
from sqlalchemy import event
from store.samples import CODE, POST, SITE, filled, listed_article, made, record_list, written_post

from crawler.assemble.assembler import taken_for_edited
from crawler.assemble.merge import worse_origins
from crawler.assemble.outcome import Assembled
from crawler.items import OnDisk
from crawler.sites import spellings
from crawler.store.ledger import Ledger
from crawler.store.tables import DOUBTED, FILTERED, LOST


def ask(ledger: Ledger) -> list[Any]:
    """What a run without news asks of what is known."""
    due = ledger.due(SITE, worse=worse_origins(None))
    asked = [due, ledger.counted(SITE, ()), ledger.categories(), ledger.lost(), ledger.unlisted(), ledger.doubted(SITE)]
    after = ""
    while some := ledger.stamps(after):
        after = some[-1][0]
    return [*asked, after]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_an_index_answers_what_a_run_asks_of_all_that_is_known(database: str, tmp_path: Path) -> None:
    is_sqlite = database == "sqlite"
    ledger = filled(f"sqlite:///{tmp_path / 'ledger.sqlite'}" if is_sqlite else new_database(), 1500)
    said: list[tuple[str, Any]] = []
    listening = event.listens_for(ledger._engine, "before_cursor_execute")
    listening(lambda _db, _cursor, statement, parameters, *_: said.append((statement, parameters)))
    assert ask(ledger)[1][0] == {"written": 1500}
    asked = [(statement, given) for statement, given in said if statement.startswith("SELECT articles.")]
    assert len(asked) == 7
    with ledger._transaction() as db:
        if not is_sqlite:
            db.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
        plans = [[str(row[-1]) for row in db.exec_driver_sql(f"{explain} {query}", given)] for query, given in asked]
    *_, doubted = (plan for (_, given), plan in zip(asked, plans, strict=True) if DOUBTED in str(given))
    assert not is_sqlite or "articles_open" in doubted[0], doubted
    for plan in plans:
        assert any("articles_" in line for line in plan), plan
        assert not is_sqlite or "file>" not in plan[0] or "COVERING" in plan[0], plan
        assert not any(line.strip() == "SCAN articles" or "Seq Scan on articles" in line for line in plan), plan
    ledger.close()


def test_what_a_run_asks_of_all_that_is_known_is_not_in_memory(tmp_path: Path) -> None:
    peaks = []
    for number in (11000, 33000):
        ledger = filled(f"sqlite:///{tmp_path / f'{number}.sqlite'}", number)
        ask(ledger)  # statements are compiled once
        tracemalloc.start()
        ask(ledger)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        ledger.close()
    assert peaks[1] < 1.5 * peaks[0], peaks


def test_files_are_given_in_parts_that_go_on_behind_the_last(tmp_path: Path) -> None:
    ledger = filled(f"sqlite:///{tmp_path / 'ledger.sqlite'}", 4500)
    found, after, parts = [], "", 0
    while some := ledger.stamps(after):
        found += some
        after, parts = some[-1][0], parts + 1
    assert parts == 3
    assert len({name for name, _ in found}) == len(found) == 4500
    assert found == sorted(found)
    names = [name for name, _ in found]
    assert [one.file for one in ledger.files([*names, "none.md"])] == names
    ledger.close()


def test_whether_a_file_is_wanted_and_whether_it_was_lost(ledger: Ledger) -> None:
    ledger.written([written_post()])
    file = ledger.records([CODE])[CODE].file

    def known() -> tuple[bool, bool, bool]:
        (one,) = ledger.files([file])
        return one.wanted, one.waits, one.lost

    assert known() == (True, False, False)
    assert ledger.lost() == []
    ledger.failed(CODE, f"{LOST}HTTP status 404")
    assert known() == (True, True, True)
    assert [one.code for one in ledger.lost()] == [CODE]
    ledger.failed(CODE, "HTTP status 404")
    assert known() == (True, True, False)
    for reason, wanted in (("dropped", False), (f"{FILTERED}category", True)):
        ledger.left_out(CODE, reason)
        assert known() == (wanted, False, False)
    ledger.ask_again([CODE])
    assert known() == (True, False, True)
    assert [row[0] for row in ledger.unlisted()] == [CODE]
    record_list(ledger, listed_article())
    assert (ledger.lost(), ledger.unlisted()) == ([], [])


def test_a_stamp_is_that_of_the_file_now(ledger: Ledger) -> None:
    ledger.written([written_post()])
    ledger.stamped({})
    ledger.stamped({CODE: "12 345", "unknown": "1 1"})
    assert [stamp for _, stamp in ledger.stamps()] == ["12 345"]


def test_a_post_whose_edit_is_taken_back_is_asked_for_again(ledger: Ledger) -> None:
    """What the site changed meanwhile was not made of it."""
    record_list(ledger, listed_article())
    ledger.written([written_post()])
    ledger.left_alone([Assembled(CODE, "unchanged")])
    assert ledger.due(SITE) == []
    ledger.stamped({CODE: "12 345"})
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    assert ledger.states() == {CODE: "pending"}
    ledger.written([written_post(body="<p>2</p>")])
    ledger.stamped({CODE: "12 345"})
    assert ledger.due(SITE) == []


def test_a_post_that_was_edited_when_nothing_told_of_it_is_looked_at_by_every_run(ledger: Ledger) -> None:
    there = written_post()
    assert there.post
    ledger.take_in([(there.post, there.file)])
    ledger.stamped({CODE: "12 345"})
    assert [one.stamp for one in ledger.files([there.file])] == ["12 345"]
    ledger.left_alone([taken_for_edited(OnDisk(CODE, there.file, b"edited", "unknown"), there)])
    assert [(one.stamp, one.sha256) for one in ledger.files([there.file])] == [(None, there.sha256)]


NAMED_BY = {
    "a list of the site": lambda ledger: record_list(ledger, listed_article()),
    "a list of East Money": lambda ledger: ledger.record_listed("eastmoney", [listed_article()], {}),
    "a share link": lambda ledger: ledger.expect([CODE.removeprefix("NW")], "eastmoney"),
}


@pytest.mark.parametrize("named", NAMED_BY.values(), ids=NAMED_BY)
def test_of_what_a_run_names_first_no_file_is_looked_for(ledger: Ledger, named: Callable[[Ledger], object]) -> None:
    named(ledger)
    with patch.object(ledger, "_transaction", side_effect=AssertionError("asked")):
        assert ledger.records(spellings([CODE])) == {}
    ledger.written([written_post()])
    assert list(ledger.records(spellings([CODE]))) == [CODE]


@pytest.mark.parametrize("named", NAMED_BY.values(), ids=NAMED_BY)
@pytest.mark.parametrize("of", ["known", "other spelling"])
def test_the_file_of_what_was_known_is_found(ledger: Ledger, named: Callable[[Ledger], object], of: str) -> None:
    there = written_post() if of == "known" else made(replace(POST, code=CODE.removeprefix("NW"), kind="emnews"))
    ledger.written([there])
    named(ledger)
    assert list(ledger.records(spellings([CODE]))) == [there.code]


@pytest.mark.parametrize("codes", [[CODE], None], ids=["leased", "any"])
def test_what_others_may_have_written_meanwhile_is_looked_for(
    ledger: Ledger, tmp_path: Path, codes: list[str] | None
) -> None:
    record_list(ledger, listed_article())
    with closing(Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")) as other:
        other.written([written_post()])
    ledger.heard_of(codes)
    assert list(ledger.records(spellings([CODE]))) == [CODE]

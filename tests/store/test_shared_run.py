"""A worker begins a crawl, or takes part in the one that others are at; the last to leave tells for all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from crawling import given
from store.samples import CODE, written_post
from store.workers import empty_database

from crawler import exits
from crawler.exits import RunError
from crawler.store import leases, shared_ledger, shared_run
from crawler.store.leases import Ended, Wanted
from crawler.store.shared_run import SharedRun

Enter = Callable[..., SharedRun]


@pytest.fixture
def enter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Enter]:
    """``enter("one")``: the run of the worker of this name, which acts until another does; ``output``: its folder."""
    address, made = empty_database(), dict[str, SharedRun]()

    with ExitStack() as stack:

        def act(name: str, output: str = "output") -> SharedRun:
            for module in (leases, shared_ledger, shared_run):
                monkeypatch.setattr(module, "writer", lambda: name)
            if name not in made:
                made[name] = stack.enter_context(SharedRun(tmp_path / output, address))
            return made[name]

        yield act


def join(run: SharedRun, job: str = "finews", making: str = "rules 1") -> Mapping[str, Any] | None:
    def begin() -> Mapping[str, Any]:
        run.ledger.want([Wanted("1", False, {}), Wanted("2", False, {})])
        return {"first": "told"}

    return run.join(job, making, begin)


def test_it_needs_a_server(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="FINEWS_LEDGER_URL=postgresql"):
        SharedRun.of(given(FINEWS_OUTPUT_DIR=str(tmp_path)))


def test_the_first_begins_and_others_are_told_what_it_found(enter: Enter) -> None:
    one = enter("one")
    assert join(one) is None
    two = enter("two")
    crawl = join(two)
    assert crawl
    assert crawl["first"] == "told"
    assert (two.id, two.started, two.takes_part) == (one.id, one.started, True)


def test_the_crawl_of_workers_that_all_died_is_gone_on_with(enter: Enter) -> None:
    one = enter("one")
    one.ledger.term = 0.0
    join(one)
    two = enter("two")
    assert join(two) is None, "nobody is there to have compared disk and ledger"
    assert two.id == one.id


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"job": "eastmoney"}, "another crawl is open, by finews"),
        ({"making": "rules 2"}, "has other settings"),
        ({"output": "elsewhere"}, "is not the folder of the crawl"),
    ],
)
def test_another_crawl_is_waited_for_unless_its_workers_died(changed: dict[str, str], words: str, enter: Enter) -> None:
    one = enter("one")
    join(one)
    two = enter("two", changed.pop("output", "output"))
    with pytest.raises(RunError, match=words) as error:
        join(two, **changed)
    assert (error.value.exit_code, two.takes_part) == (exits.LOCKED, False)
    enter("one").ledger.term = 0.0
    one.ledger.lease(0, (), {}, {})
    assert join(enter("two"), **changed) is None
    assert two.id != one.id


def test_the_last_to_leave_tells_what_all_did(enter: Enter) -> None:
    one, two = enter("one"), enter("two")
    join(enter("one"))
    one.ledger.want([Wanted(CODE, False, {})])
    one.counts["a"] = 1
    one.ledger.lease(2, (), {}, {})
    join(enter("two"))
    two.ledger.lease(9, (), {}, {})
    two.counts["a"] = 10
    two.store([written_post()])
    enter("one")
    with one.leaving({"1": Ended("quarantined", "no title"), "2": Ended("unchanged")}, list) as is_last:
        assert (is_last, one.takes_part) == (False, False)
    with one.leaving({}, list) as again:
        assert not again, "it left before"
    enter("two")
    with two.leaving({CODE: Ended("written", "", "{}")}, lambda: ["3"]) as is_last:
        assert is_last
        assert two.counts["a"] == 11
        assert two.outcomes == {"1": "quarantined", "2": "unchanged", CODE: "written"}
        assert two.found == {"1", "2", "3", CODE}
        assert two.article_reasons["1"] == "no title"
        report = two.report(exits.IN_QUARANTINE)
        assert [(worker["name"], worker["articles"]) for worker in report["workers"]] == [("one", 2), ("two", 1)]
        assert two.ledger.crawl()
    assert two.ledger.crawl() is None


def test_who_never_took_part_leaves_nothing(enter: Enter) -> None:
    with enter("one").leaving({}, list) as is_last:
        assert not is_last

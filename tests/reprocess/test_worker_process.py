"""The process beside a worker of a cluster: it does what any process does, in whichever thread it was asked for."""

import errno
import os
import pickle
import threading
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path

import pytest
from crawling import given
from reprocess import tasks

from crawler.assemble.outcome import Rejected
from crawler.reprocess import worker_process
from crawler.reprocess.worker_process import Order
from crawler.store.run import Run


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Order]:
    """Of a run whose paths begin in the test's folder."""
    monkeypatch.chdir(tmp_path)
    Path("saved").mkdir()
    yield Order.of(Run(Path("out"), by="month"), given(), [Path("saved")])
    for processes in worker_process._free.values():
        for one in processes:
            one.end()
    worker_process._free.clear()


def _do(order: Order, function: object, batch: object) -> object:
    assert callable(function)
    task = worker_process.packed(function, batch)
    return worker_process.result_of(pickle.loads(worker_process.call(pickle.dumps(order), task)))


def test_it_works_where_the_run_does(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    batch, place, first = _do(order, tasks.where, "batch")  # type: ignore[misc]
    assert (batch, place) == ("batch", "out/_posts/2022/01/2022-01-14-x.md")
    assert _do(order, tasks.where, "next") == ("next", place, first), "it stays"
    other = replace(order, by="one")
    assert _do(other, tasks.where, "next")[1] == "out/_posts/2022-01-14-x.md"  # type: ignore[index]


def test_what_the_work_raises_is_raised(order: Order) -> None:
    with pytest.raises(OSError, match="full") as told:
        _do(order, tasks.disk_is_full, "a.part")
    assert (told.value.errno, told.value.filename) == (errno.ENOSPC, "a.part")


def test_work_in_a_thread_ends_in_time(order: Order) -> None:
    found: list[BaseException] = []

    def work() -> None:
        try:
            _do(order, tasks.never_ends, "")
        except Rejected as error:
            found.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [type(error) for error in found] == [Rejected]


def test_one_that_dies_is_replaced_but_not_for_ever(order: Order, tmp_path: Path) -> None:
    times = tmp_path / "times"
    times.write_bytes(b"xx")
    assert _do(order, tasks.dies, str(times)) == 0
    times.write_bytes(b"xxx")
    with pytest.raises(BrokenProcessPool):
        _do(order, tasks.dies, str(times))


def test_a_machine_that_has_not_what_it_needs_says_so(order: Order, tmp_path: Path) -> None:
    machine = os.uname().nodename
    for changed, told in (
        (replace(order, made_with="rules=0"), f"the worker on {machine} runs another version of this project"),
        (replace(order, paths=("gone",)), f"the worker on {machine} does not see {tmp_path}/gone: "),
        (replace(order, token="/nowhere/token"), f"the worker on {machine} does not see /nowhere/token: "),
    ):
        with pytest.raises(ValueError, match=told):
            _do(changed, tasks.where, "")


def test_no_secret_leaves_the_machine(order: Order) -> None:
    order = Order.of(
        Run(Path("out")), given(FINEWS_NOTIFY="mailto://x:wordless@y", FINEWS_LEDGER_URL="x://wordless"), []
    )
    assert b"wordless" not in pickle.dumps(order)

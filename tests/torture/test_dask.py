"""Reprocessing on Dask, whatever ends on the way: a worker, the command, the scheduler. (The least of it: tests/reprocess/.)"""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from forked_scrapy import ScrapyForker
from full_or_small import size
from reprocess.clusters import (
    LONG,
    Cluster,
    cluster,
    kill_a_worker,
    local,
    marks,
    nobody_is_left,
    nothing_is_done_again,
    said,
    save,
    until,
    watched,
)
from reprocess.running import report, reprocess, start
from torture.output_checks import Tree, check_ledger, differences, leftovers, tree

ARTICLES, MANY = 250, size(250, 10_000)
MOST_MEMORY = 500
"""MB of any process, at 20,000 pages."""
pytestmark = pytest.mark.timeout(size(600, 7200))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save(tmp_path_factory.mktemp("dask") / "saved", ARTICLES)


@pytest.fixture(scope="module")
def wanted(saved: Path) -> Tree:
    """What one process makes of them."""
    assert reprocess(saved.parent / "plain", saved, "--workers", 1).code == 0
    return tree(saved.parent / "plain")


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster") / "of", 2) as made:
        yield made


def test_many_pages_and_a_worker_that_is_killed(tmp_path: Path) -> None:
    """Nobody takes much memory, and a rerun does nothing again."""
    pages, output = save(tmp_path / "saved", MANY), tmp_path / "out"
    plain = reprocess(tmp_path / "plain", pages, "--workers", 2, timeout=LONG)
    assert plain.code == 0
    running = local(output, pages)
    kill_a_worker(running, output)
    ended, most = watched(running, size(0.01, 0.2))
    print(f"{2 * MANY} pages in {ended.seconds:.0f} s, plain in {plain.seconds:.0f} s; MB: {sorted(most.values())}")
    assert (ended.code, ended.err) == (0, "")
    assert differences(tree(output), tree(tmp_path / "plain")) == {}
    assert max(most.values()) < MOST_MEMORY
    nobody_is_left(running)
    check_ledger(output)
    assert leftovers(output) == []
    nothing_is_done_again(output, pages)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_the_command_of_a_local_cluster_is_ended(number: int, saved: Path, wanted: Tree, tmp_path: Path) -> None:
    """Alone, or with all of its group, as Ctrl-C does; what was finished is not done again."""
    output = tmp_path / "out"
    running = local(output, saved)
    until("something is marked", lambda: marks(output), running)
    running.signal(number, group=number == signal.SIGINT)
    ended = running.wait(LONG)
    nobody_is_left(running)
    if number == signal.SIGKILL:
        assert ended.code == -number
    else:
        assert (ended.code, report(output)["exit_code"], ended.err) == (11, 11, "")
    known = {f"spool-{int(key.removeprefix('read-'), 16)}" for key in marks(output) if key.startswith("read-")}
    before = said(output)
    ended = local(output, saved).wait(LONG)
    assert (ended.code, ended.err) == (0, "")
    assert differences(tree(output), wanted) == {}
    after = said(output)
    assert {name: after[name] for name in known} == {name: before[name] for name in known}


def test_workers_come_and_go(two_workers: Cluster, saved: Path, wanted: Tree, tmp_path: Path) -> None:
    output = tmp_path / "out"
    running = start(output, saved, "-q", "--dask", two_workers.address)
    until("something is read", lambda: said(output), running)
    two_workers.add()
    two_workers.workers[0].kill()
    ended = running.wait(LONG)
    assert (ended.code, ended.err) == (0, "")
    assert differences(tree(output), wanted) == {}
    assert leftovers(output) == []


def test_a_cluster_outlives_a_command_that_is_killed(
    two_workers: Cluster, saved: Path, wanted: Tree, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    running = start(output, saved, "-q", "--dask", two_workers.address)
    until("something is marked", lambda: marks(output), running)
    running.signal(signal.SIGKILL)
    running.wait(LONG)
    ended = reprocess(output, saved, "-q", "--dask", two_workers.address, timeout=LONG)
    assert (ended.code, ended.err) == (0, "")
    assert differences(tree(output), wanted) == {}


def test_a_scheduler_without_workers(saved: Path, forker: ScrapyForker, tmp_path: Path) -> None:
    with cluster(tmp_path / "cluster", 0) as made:
        words = ("reprocess", str(saved), "-q", "--dask", made.address)
        soon = {"crawler.reprocess.cluster.PATIENCE": 3}
        ended = forker.start(*words, output=tmp_path / "out", constants=soon).wait()
        assert ended.code == 3
        assert f"the Dask scheduler at {made.address} has no worker" in ended.err


def test_a_scheduler_that_goes(saved: Path, wanted: Tree, tmp_path: Path) -> None:
    output = tmp_path / "out"
    with cluster(tmp_path / "cluster", 1) as made:
        running = start(output, saved, "-q", "--dask", made.address)
        until("something is marked", lambda: marks(output), running)
        made.close()
        ended = running.wait(LONG)
    assert ended.code == report(output)["exit_code"] == 1
    assert f"the Dask scheduler at {made.address} is gone: run again to go on" in ended.err
    assert reprocess(output, saved, "--workers", 2).code == 0
    assert differences(tree(output), wanted) == {}

"""Killed or interrupted at any moment and run again: the same tree as an undisturbed run's, nothing left behind."""

import os
import random
import signal
import time
from pathlib import Path

import pytest
from forked_scrapy import Running
from full_or_small import size
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import report, reprocess, start
from torture.output_checks import Tree, check_ledger, differences, leftovers, mtimes, tree

KILLS, INTERRUPTS = size(4, 200), size(4, 60)
ARTICLES = size(150, 400)
pytestmark = pytest.mark.timeout(size(120, 7200))


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kill") / "saved"
    folder.mkdir()
    for n in range(ARTICLES):
        art = Art(n, medium=f"第{n % 30}日报")
        (folder / f"{n}.html").write_text(makers.desktop(art))
        (folder / f"NW{art.id}.json").write_text(makers.news_text(art))
    return folder


@pytest.fixture(scope="module")
def undisturbed(saved: Path) -> tuple[Tree, float]:
    ended = reprocess(saved.parent / "out", saved, "--workers", 2)
    assert ended.code == 0, ended.err
    found = tree(saved.parent / "out")
    assert len(found) == ARTICLES + 30
    return found, ended.seconds


def _completed(output: Path, saved: Path, wanted: Tree, workers: int) -> None:
    """The next run makes the tree what it should be, and the one after it touches nothing."""
    ended = reprocess(output, saved, "--workers", workers)
    assert ended.code == 0, ended.out + ended.err
    assert differences(tree(output), wanted) == {}
    assert leftovers(output) == []
    assert not list((output / "state").glob("spool*"))
    check_ledger(output)
    times = mtimes(output)
    assert reprocess(output, saved, "--workers", workers).code == 0
    assert mtimes(output) == times
    assert report(output)["unchanged"] == ARTICLES


@pytest.mark.long
def test_killed_at_random_moments(saved: Path, undisturbed: tuple[Tree, float], tmp_path: Path) -> None:
    wanted, seconds = undisturbed
    rng, kills, runs, landed = random.Random(3), 0, 0, 0
    while kills < KILLS:
        runs += 1
        output, workers = tmp_path / str(runs), rng.choice((1, 2, 2, 3))
        for _ in range(rng.randint(*size((1, 3), (5, 15)))):
            running = start(output, saved, "--workers", workers, large=rng.choice((None, 0)))
            time.sleep(rng.uniform(0.05, seconds))
            before = running.alive()
            if before:
                running.signal(signal.SIGKILL)
            ended = running.wait()
            assert ended.code in (0, -signal.SIGKILL), ended.err
            kills += ended.code != 0
            halves = {n for n, data in tree(output).items() if not n.endswith(".part") and data != wanted.get(n)}
            assert halves == set()
            landed += 0 < len(tree(output)) < len(wanted)
            _nobody_left(running, 2)
        _completed(output, saved, wanted, workers)
    print(f"{kills} kills over {runs} folders, {landed} while posts were written; {seconds:.1f} s undisturbed")


def _nobody_left(running: Running, within: float) -> None:
    """Workers end with the process that started them: one that lives on would hold the lock."""
    until = time.monotonic() + within
    while left := running.members():
        assert time.monotonic() < until, left
        time.sleep(0.02)


def test_interrupted_at_random_moments(saved: Path, undisturbed: tuple[Tree, float], tmp_path: Path) -> None:
    wanted, seconds = undisturbed
    rng, slowest = random.Random(4), 0.0
    for number in range(INTERRUPTS):
        output, workers = tmp_path / str(number), rng.choice((1, 2, 3))
        running = start(output, saved, "--workers", workers)
        while running.alive() and not (output / "state/lock").exists():
            time.sleep(0.01)
        time.sleep(rng.uniform(0, seconds / 2))
        begun = time.monotonic()
        running.signal(rng.choice((signal.SIGINT, signal.SIGTERM)), group=bool(number % 2))
        ended = running.wait(20)
        slowest = max(slowest, time.monotonic() - begun)
        assert "Traceback" not in ended.err, ended.err
        if "exit 0: all well" in ended.out:  # it came when all was done and told
            assert ended.code == 0
        else:
            assert ended.code == 11, ended.err
            told = "interrupted: run again to go on" in ended.err  # it came before there was a run to report on
            assert told or report(output)["exit_code"] == 11
        _nobody_left(running, 0.5)
        if number % 4 == 0:
            _completed(output, saved, wanted, workers)
    print(f"{INTERRUPTS} interrupts, the slowest took {slowest:.1f} s")
    assert slowest < size(15, 5)


@pytest.mark.long
def test_a_worker_that_dies_is_told_of(saved: Path, undisturbed: tuple[Tree, float], tmp_path: Path) -> None:
    """What the kernel does to the greediest process when memory ends."""
    wanted, seconds = undisturbed
    for number in range(size(2, 3)):
        output = tmp_path / str(number)
        running = start(output, saved, "--workers", 2)
        while len(running.members()) < 3:
            time.sleep(0.01)
        time.sleep(seconds / 20 * number)
        os.kill(max(running.members()), signal.SIGKILL)
        ended = running.wait(20)
        assert ended.code == report(output)["exit_code"] == 1
        assert "fewer --workers" in ended.err
        assert "Traceback" not in ended.err
        _completed(output, saved, wanted, 2)

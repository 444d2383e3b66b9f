"""Asked to stop, it stops within ten seconds, and the next run completes what is missing."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from forked_scrapy import START, ScrapyForker
from full_or_small import FULL
from torture.output_checks import Tree, check_conservation, check_ledger, leftovers, reports, tree
from world import Fault, World, generated_site

SITE = generated_site(12, 3)
EAGER = ("-s", "AUTOTHROTTLE_ENABLED=False")
SLOW = {
    "headers": Fault("slow-headers", path="GetNewsText", seconds=25),
    "bodies": Fault("slow-body", path="/2022/", seconds=25),
    "lists": Fault("slow-headers", path="^/category/", seconds=25),
    "robots": Fault("slow-headers", path="^/robots.txt", seconds=25),
    "held": Fault("status", path="/2022/", status=429, retry_after=40),
    "retries": Fault("status", path="/2022/", status=500),
}
WHEN = [*SLOW] if FULL else ["headers", "bodies", "robots", "held"]


@pytest.fixture(scope="module")
def wanted(forker: ScrapyForker, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    output = tmp_path_factory.mktemp("wanted")
    with World(SITE) as world:
        assert forker.crawl(*EAGER, output=output, env=world.env()).code == 0
    return tree(output)


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_the_run_in_time(name: str, forker: ScrapyForker, wanted: Tree, tmp_path: Path) -> None:
    """Several worlds at once: all of them do little but wait."""
    with ThreadPoolExecutor(len(WHEN)) as pool:
        for done in [pool.submit(_one, slow, name, forker, wanted, tmp_path / slow) for slow in WHEN]:
            done.result()


def _one(slow: str, name: str, forker: ScrapyForker, wanted: Tree, output: Path) -> None:
    with World(SITE, faults=[SLOW[slow]]) as world:
        running = forker.start("crawl", "finews", *START, output=output, env=world.env(), constants={})
        _until_struck(world)
        begun = time.monotonic()
        running.signal(getattr(signal, name))
        ended = running.wait()
        seconds = time.monotonic() - begun
        world.faults.replace()
        print(f"{name} while {slow}: exit {ended.code} after {seconds:.1f} s")
        assert "Traceback" not in ended.err
        assert ended.code == 11, ended.err + ended.out
        assert seconds < 10
        assert reports(output)[-1]["exit_code"] == 11
        check_ledger(output)
        assert forker.crawl(*EAGER, output=output, env=world.env()).code == 0
    assert tree(output) == wanted
    assert leftovers(output) == []
    check_conservation(reports(output))


def _until_struck(world: World) -> None:
    end = time.monotonic() + 30
    while not any(r.fault for r in world.requests):
        assert time.monotonic() < end
        time.sleep(0.02)
    time.sleep(0.3)  # so that more of them are under way


def test_a_second_signal_ends_it_at_once(forker: ScrapyForker, tmp_path: Path) -> None:
    """An impatient user may lose nothing by it."""
    output = tmp_path / "output"
    with World(SITE, faults=[SLOW["headers"]]) as world:
        running = forker.start("crawl", "finews", *START, output=output, env=world.env())
        _until_struck(world)
        running.signal(signal.SIGINT)
        time.sleep(0.2)
        running.signal(signal.SIGINT)
        ended = running.wait(10)
        assert ended.code in (11, 1, -signal.SIGINT)
        world.faults.replace()
        assert forker.crawl(*EAGER, output=output, env=world.env()).code == 0
    assert len(list((output / "_posts").iterdir())) == len(SITE)
    check_ledger(output)

"""Two runs at once: the second leaves at once, the first does not notice; a dead one's lock holds nobody."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from forked_scrapy import START, ScrapyForker
from full_or_small import size
from torture.measured_crawl import Process
from torture.output_checks import check_ledger, reports, tree
from world import Fault, World, generated_site

SITE = generated_site(8, 2)
STARTS = 2.5
"""How many starts of Scrapy alone the run that leaves may take."""
RUNS = size(3, 6)


def until(holds: object, seconds: float = 60) -> None:
    """Wait until the call says yes."""
    assert callable(holds)
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_the_second_leaves_at_once(forker: ScrapyForker, tmp_path: Path) -> None:
    with World(SITE) as world:
        assert forker.crawl(output=tmp_path / "alone", env=world.env()).code == 0
        world.forget_requests()
        world.faults.replace(Fault("slow-headers", path="GetNewsText", seconds=6, first=1))
        output = tmp_path / "output"
        with Process(output, world.env()) as first:
            until(lambda: any(r.fault for r in world.requests))
            begun, asked = time.monotonic(), len(world.requests)
            seconds: list[tuple[float, float]] = []
            starts = [start_of_scrapy()]
            while len(seconds) < 3 and time.monotonic() < begun + 3:
                with Process(output, world.env()) as second:
                    left = second.wait(60)
                    assert left.code == 6, left.err
                    assert str(output) in left.err
                    assert "Traceback" not in left.err
                    seconds.append((left.cpu, left.seconds))
            starts.append(start_of_scrapy())
            hosts = {r.path for r in world.requests[asked:] if r.path in ("/", "/robots.txt")}
            assert first.wait(60).code == 0
    assert hosts == set(), "the second asked the site for something"
    assert tree(output) == tree(tmp_path / "alone")
    check_ledger(output)
    assert len(reports(output)) == 1
    cpu, clock = min(seconds)
    print(f"the second left after {clock:.2f} s on the clock, {cpu:.2f} s CPU")
    # The CPU that it takes is the time that it would take on a machine with nothing else to do.
    assert min(cpu, clock) < STARTS * max(starts), starts


def start_of_scrapy() -> float:
    """CPU seconds that the imports of a crawl that does nothing take: of ours none."""
    before = os.times()
    subprocess.run([sys.executable, "-c", "import scrapy.cmdline, scrapy.core.engine, sqlalchemy"], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


@pytest.mark.parametrize("content", [b"", b"1\n", b"4194304\n", b"nonsense"])
def test_a_lock_file_without_a_holder_locks_nobody(content: bytes, forker: ScrapyForker, tmp_path: Path) -> None:
    output = tmp_path / "output"
    (output / "state").mkdir(parents=True)
    (output / "state" / "lock").write_bytes(content)
    with World(SITE) as world:
        assert forker.crawl(output=output, env=world.env()).code == 0


def test_death_frees_the_lock(forker: ScrapyForker, tmp_path: Path) -> None:
    output = tmp_path / "output"
    with World(SITE, faults=[Fault("slow-headers", seconds=30)]) as world:
        running = forker.start("crawl", "finews", *START, output=output, env=world.env())
        until(lambda: world.requests)
        held = (output / "state" / "lock").read_bytes()
        os.kill(running.pid, signal.SIGKILL)
        assert running.wait().code == -signal.SIGKILL
        assert int(held) == running.pid
        world.faults.replace()
        assert forker.crawl(output=output, env=world.env()).code == 0


def test_runs_with_one_ledger_and_a_folder_each(forker: ScrapyForker, tmp_path: Path) -> None:
    """They begin, list and book at once, and none meets a row that it did not expect."""
    ledger, outputs = tmp_path / "ledger.sqlite", [tmp_path / f"output{number}" for number in range(RUNS)]
    with World(generated_site(size(24, 300), 3)) as world:
        own = ("-s", f"FINEWS_LEDGER_URL=sqlite:///{ledger}", "-s", "AUTOTHROTTLE_ENABLED=False")
        running = [forker.start("crawl", "finews", *START, *own, output=output, env=world.env()) for output in outputs]
        done = [one.wait(size(100, 1000)) for one in running]
        assert [(one.code, "constraint" in one.err) for one in done] == [(0, False)] * RUNS, [one.err for one in done]
        for output in outputs:  # one of them may have booked as written what another had not asked for yet
            assert forker.crawl(*own, output=output, env=world.env()).code == 0
        made = [tree(output) for output in outputs]
        assert made == [made[0]] * RUNS
        assert sum(name.startswith("_posts") for name in made[0]) == len(world.site)

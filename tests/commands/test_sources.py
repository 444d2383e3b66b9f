"""``scrapy sources`` through the front door: which sources live, are dead or blocked, at the cost of one request each."""

import signal
import time
from pathlib import Path

import pytest
from run_scrapy import forker
from sources.asking import SHARE, sources, states
from world import Fault, World


def test_a_table_for_people(world: World, tmp_path: Path) -> None:
    done = sources(world, tmp_path)
    head, first, *lines = done.out.splitlines()
    assert (done.code, head.split(), first.split()[:2]) == (
        0,
        ["source", "state", "newest", "age", "reason"],
        ["finews", "live"],
    )
    (column,) = (line for line in lines if line.startswith("cgnjj"))
    assert column.split()[1:5] == ["国内经济", "live", *str(world.site.newest[0].date).split()]


@pytest.mark.parametrize("lost", ["finews", "share", "one share host"])
def test_without_what_a_crawl_needs_the_table_is_told_all_the_same(lost: str, world: World, tmp_path: Path) -> None:
    host = {"finews": "finews.withounder.com", "share": "*", "one share host": SHARE[0]}[lost]
    path = "/" if lost == "finews" else "GetNewsText"
    world.faults.replace(Fault("status", status=404, host=host, path=path))
    done = sources(world, tmp_path, "--json")
    found = states(done)
    assert done.code == (0 if lost == "one share host" else 3)
    assert found["cgnjj 国内经济"]["state"] == "live"
    live = {name for name in SHARE if found[name]["state"] == "live"}
    assert live == {"finews": {*SHARE}, "share": set(), "one share host": {*SHARE[1:]}}[lost]
    if lost == "finews":
        assert (found["finews-page"]["state"], found["finews-page"]["reason"]) == ("dead", "finews names no article")


@pytest.mark.parametrize(("seconds", "grace"), [(20, 0.2), (1, 20)], ids=["that does not wait", "that waits"])
def test_an_interrupt_ends_it(seconds: float, grace: float, world: World, tmp_path: Path) -> None:
    world.faults.replace(Fault("slow-headers", host="wap.*", seconds=seconds))
    soon = {"crawler.extensions.prompt_stop.GRACE": grace}
    running = forker().start("sources", output=tmp_path, env=world.env(), constants=soon)
    while not any(record.host == SHARE[0] for record in world.requests):
        time.sleep(0.05)
        assert running.alive()
    running.signal(signal.SIGINT)
    done = running.wait(20)
    assert (done.code, done.out) == (11, "")


def test_wrong_use_is_told(world: World, tmp_path: Path) -> None:
    done = sources(world, tmp_path, "cgnjj")
    assert (done.code, "cgnjj" in done.err, world.requests) == (2, True, [])

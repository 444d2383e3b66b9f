"""A PostgreSQL that stops and starts while workers open, join or leave a crawl: waited for, and not for ever."""

import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from forked_scrapy import START, Running, ScrapyForker
from full_or_small import size
from postgres_server import new_database, restart, stop
from sqlalchemy import NullPool, create_engine, text
from torture.held_hosts import at_work, held
from torture.output_checks import Tree, differences, reports, tree
from world import Site, World, generated_site

from crawler.store.shared_ledger import SharedLedger

pytestmark = pytest.mark.timeout(size(300, 1200))
FAST = ("-s", "AUTOTHROTTLE_ENABLED=False")
SITE = "finews.withounder.com"
Begin = Callable[..., Running]


@pytest.fixture(scope="module")
def site() -> Site:
    return generated_site(12, 3)


@pytest.fixture(scope="module")
def alone(site: Site, forker: ScrapyForker, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """What one process makes of it."""
    output = tmp_path_factory.mktemp("alone")
    with World(site) as world:
        assert forker.crawl(*FAST, output=output, env=world.env()).code == 0
    return tree(output)


@pytest.fixture
def ledger() -> str:
    address = new_database()
    SharedLedger(address).close()  # makes the tables
    return address


@pytest.fixture
def world(site: Site) -> Iterator[World]:
    with World(site) as made:
        yield made


@pytest.fixture
def begin(forker: ScrapyForker, world: World, ledger: str, tmp_path: Path) -> Begin:
    """Have one more worker begin."""

    def start(**constants: float) -> Running:
        shared = ("-s", f"FINEWS_LEDGER_URL={ledger}", "-s", "FINEWS_SHARED=1", "-s", "FINEWS_LEASE_TERM=10")
        output, named = tmp_path / "output", {f"crawler.store.shared_ledger.{name}": n for name, n in constants.items()}
        return forker.start("crawl", "finews", *START, *FAST, *shared, output=output, env=world.env(), constants=named)

    return start


def says(running: Running, words: str) -> None:
    """Wait until the worker says so."""
    err = running.folder / "err"
    while not err.exists() or words not in err.read_text():
        assert running.alive(), err.read_text()
        time.sleep(0.05)


@contextmanager
def blocked(ledger: str, lock: str) -> Iterator[Callable[[], bool]]:
    """The lock is held, or until the server is stopped; whether somebody who is alone waits for it."""
    stuck = """SELECT EXISTS (SELECT FROM meta WHERE name = 'alone') AND EXISTS
        (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"""
    with create_engine(ledger, poolclass=NullPool).connect() as holder:
        holder.execute(text(lock))
        with create_engine(ledger, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as watch:
            yield lambda: bool(watch.execute(text(stuck)).scalar_one())
        holder.invalidate()


ALONE = {
    "opens": "LOCK TABLE wanted IN ACCESS EXCLUSIVE MODE",
    "joins": "LOCK TABLE workers IN ACCESS EXCLUSIVE MODE",
    "leaves": "SELECT FROM meta WHERE name = 'crawl' FOR UPDATE",
}


@pytest.mark.parametrize("what", ALONE)
def test_it_is_started_again_while_a_worker(
    what: str, begin: Begin, world: World, ledger: str, alone: Tree, tmp_path: Path
) -> None:
    """Who was alone when the server was lost is so again, and there is one crawl, with one report."""
    working = list[Running]()
    with ExitStack() as while_held:
        own = while_held.enter_context(held(ledger, SITE))
        if what != "opens":
            working.append(begin())
            at_work(own, *working)
        with blocked(ledger, ALONE[what]) as is_stuck:
            if what == "leaves":
                while_held.close()
            else:
                working += [begin(), begin()]
            while not is_stuck():
                assert all(one.alive() for one in working)
                time.sleep(0.05)
            restart()
        if what != "leaves":
            at_work(own, *working)
    done = [one.wait() for one in working]
    assert [one.code for one in done] == [0] * len(working), [one.err + one.out for one in done]
    assert differences(tree(tmp_path / "output"), alone) == {}
    (report,) = reports(tmp_path / "output")
    assert (report["found"], len(report["workers"])) == (len(world.site), len(working))
    assert max(Counter(r.path for r in world.requests if "GetNewsText" in r.path).values()) == 1


def test_it_is_away_when_a_worker_begins(begin: Begin, alone: Tree, tmp_path: Path) -> None:
    stop()
    working = begin(OPENING=600.0)
    try:
        says(working, "waiting up to 600 s: FINEWS_LEDGER_URL cannot be reached")
    finally:
        restart()
    assert working.wait().code == 0
    assert differences(tree(tmp_path / "output"), alone) == {}


def test_it_never_comes_back_for_a_worker_that_begins(begin: Begin) -> None:
    stop()
    try:
        done = begin(OPENING=1.0).wait()
    finally:
        restart()
    assert done.code == 7
    assert "FINEWS_LEDGER_URL cannot be reached" in done.err.splitlines()[-1]


@pytest.mark.parametrize("is_interrupted", [False, True])
def test_it_never_comes_back_for_one_in_the_middle(
    begin: Begin, ledger: str, alone: Tree, tmp_path: Path, *, is_interrupted: bool
) -> None:
    """It ends, with a sentence; the next one goes on with the crawl, when its term is over."""
    with held(ledger, SITE) as own:
        working = begin() if is_interrupted else begin(PATIENCE=1.0)
        at_work(own, working)
        stop()
        try:
            says(working, "waiting up to")
            if is_interrupted:
                working.signal(signal.SIGTERM)
            done = working.wait()
        finally:
            restart()
        assert done.code == 1
        assert "scrapy crawl: the ledger postgresql" in done.err
    assert begin().wait().code == 0
    assert differences(tree(tmp_path / "output"), alone) == {}

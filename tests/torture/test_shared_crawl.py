"""Several workers of one crawl, with a real PostgreSQL: the same bytes as one process, and nothing asked twice."""

import random
import signal
import time
from collections import Counter
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from forked_scrapy import START, Running, ScrapyForker
from full_or_small import size
from postgres_server import new_database, restart
from sqlalchemy import Select, select
from torture.held_hosts import held, takes_part
from torture.output_checks import Tree, check_conservation, differences, leftovers, reports, tree
from warcio.archiveiterator import ArchiveIterator
from world import Fault, Site, World, generated_site

from crawler.store.shared_ledger import SharedLedger
from crawler.store.tables import hosts

ARTICLES, CATEGORIES, WORKERS = size(80, 5000), size(6, 40), size(3, 4)
pytestmark = pytest.mark.timeout(size(300, 7200))
SITE, SHARE = "finews.withounder.com", "finews.zning.xyz"
FAST = ("-s", "AUTOTHROTTLE_ENABLED=False")


def worker(forker: ScrapyForker, world: World, output: Path, ledger: str, *more: str) -> Running:
    shared = ("-s", f"FINEWS_LEDGER_URL={ledger}", "-s", "FINEWS_SHARED=1")
    return forker.start("crawl", "finews", *START, *FAST, *shared, *more, output=output, env=world.env())


def together(ledger: str, *working: Running) -> None:
    """The site is not to be asked before all of these take part in one crawl."""
    with closing(SharedLedger(ledger)) as own:
        while len(own.at_work()) < len(working):
            assert all(one.alive() for one in working)
            own.hold(SITE, 2)
            time.sleep(0.1)


def rows(ledger: str, query: Select[Any]) -> list[Any]:
    """The first column of what the ledger says."""
    with closing(SharedLedger(ledger)) as own, own._transaction() as db:
        return list(db.execute(query).scalars())


def asked(world: World) -> Counter[str]:
    """How often each page and each article JSON was asked for."""
    return Counter(r.host + r.path for r in world.requests if r.path != "/robots.txt")


def _kept(output: Path) -> list[str]:
    """The addresses of all responses in the archive: one that two wrote into one file could not be read."""
    found = []
    for path in (output / "archive").glob("*.warc.gz"):
        with path.open("rb") as file:
            records = [record for record in ArchiveIterator(file) if record.rec_type == "response"]
            found += [record.rec_headers.get_header("WARC-Target-URI") for record in records]
    return found


@pytest.fixture(scope="module")
def alone(forker: ScrapyForker, tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Tree, Counter[str]]:
    """The site, what one process makes of it, and what that asked for."""
    site, output = generated_site(ARTICLES, CATEGORIES), tmp_path_factory.mktemp("alone")
    with World(site) as world:
        done = forker.crawl(*FAST, timeout=size(100, 3600), output=output, env=world.env())
        assert done.code == 0, done.err
        return site, tree(output), asked(world)


def test_workers_share_a_crawl(alone: tuple[Site, Tree, Counter[str]], forker: ScrapyForker, tmp_path: Path) -> None:
    site, wanted, needed = alone
    ledger, output = new_database(), tmp_path / "output"
    with World(site) as world:
        gauges = [tmp_path / f"{number}.prom" for number in range(WORKERS)]
        working = [
            worker(forker, world, output, ledger, "-s", "FINEWS_ARCHIVE=1", "-s", f"FINEWS_METRICS_FILE={file}")
            for file in gauges
        ]
        together(ledger, *working)
        done = [one.wait(size(100, 3600)) for one in working]
        assert [one.code for one in done] == [0] * WORKERS, [one.err + one.out for one in done]
        assert differences(tree(output), wanted) == {}
        assert asked(world) == needed
        (report,) = reports(output)
        assert (report["exit_code"], report["written"], report["found"]) == (0, len(site), len(site))
        shares = [one["articles"] for one in report["workers"]]
        assert (len(shares), sum(shares)) == (WORKERS, len(site))
        print(f"articles by worker: {shares}")
        assert ARTICLES < 1000 or max(shares) < 1.3 * min(shares)
        check_conservation([report])
        assert leftovers(output) == []
        assert len(_kept(output)) == len(world.requests)
        (told,) = (file.read_text() for file in gauges if file.exists())  # by the last alone
        assert f'finews_articles{{state="written"}} {len(site)}.0' in told
        world.forget_requests()
        late = worker(forker, world, output, ledger).wait()
        assert late.code == 0
        assert reports(output)[-1]["written"] == 0
        assert not [one for one in asked(world) if "/2022/" in one or "GetNewsText" in one]


KILLS, BATCH = size(4, 10), 4
TERMS = ("-s", "FINEWS_LEASE_TERM=5", "-s", f"FINEWS_LEASE_BATCH={BATCH}")


def test_workers_that_are_killed(alone: tuple[Site, Tree, Counter[str]], forker: ScrapyForker, tmp_path: Path) -> None:
    """At random moments, others leave and join, and the server is started again: what they held is done by others.

    It is asked for once more at most, and nothing of theirs is left behind.
    """
    site, wanted, needed = alone
    ledger, output, rng = new_database(), tmp_path / "output", random.Random(7)
    events = rng.sample(["kill"] * KILLS + ["leave", "restart"], KILLS + 2)
    moments = sorted(rng.uniform(0, 0.8) * ARTICLES for _ in events)
    with World(site, faults=[Fault("slow-headers", path="GetNewsText", seconds=0.5)]) as world:
        working, left = [worker(forker, world, output, ledger, *TERMS) for _ in range(WORKERS)], list[Running]()
        together(ledger, *working)
        for event, moment in zip(events, moments, strict=True):
            while sum("GetNewsText" in r.path for r in world.requests) < moment:
                time.sleep(0.02)
                assert any(one.alive() for one in working), "the crawl came to its end before that"
            if event == "restart":
                restart()
                continue
            victim = working.pop(rng.randrange(WORKERS))
            if event == "leave":
                left.append(victim)
            victim.signal(signal.SIGKILL if event == "kill" else signal.SIGTERM)
            working.append(takes_part(ledger, SHARE, worker(forker, world, output, ledger, *TERMS)))
        done = [one.wait(size(100, 3600)) for one in working]
        more = asked(world) - needed
        gone = [one.wait() for one in left]
    assert [one.code for one in gone] == [11], [one.err + one.out for one in gone]
    assert {one.code for one in done} == {0}, [one.err + one.out for one in done]
    assert differences(tree(output), wanted) == {}
    (report,) = reports(output)
    assert (report["exit_code"], report["found"]) == (0, len(site))
    check_conservation([report])
    assert leftovers(output) == []
    again = sum(number for name, number in more.items() if "GetNewsText" in name)
    print(
        f"{events} cost {again} bodies and {more.total() - again} pages more than {needed.total()}; {report['workers']}"
    )
    assert again <= (KILLS + 1) * BATCH
    assert more.total() <= 3 * (KILLS + 1) * BATCH


def test_crawl_delay_is_the_hosts(forker: ScrapyForker, tmp_path: Path) -> None:
    """However many workers there are, a second lies between two requests."""
    ledger, output = new_database(), tmp_path / "output"
    with World(generated_site(8, 2), robots={SITE: "User-agent: *\nCrawl-delay: 1\n"}) as world:
        working = [worker(forker, world, output, ledger) for _ in range(4)]
        together(ledger, *working)
        done = [one.wait(size(100, 3600)) for one in working]
        times = [r.time for r in world.requests if r.host == SITE and r.path != "/robots.txt"]
    assert {one.code for one in done} == {0}, [one.err + one.out for one in done]
    assert reports(output)[0]["written"] == 8
    gaps = [after - before for before, after in pairwise(times)]
    print(f"{len(times)} requests, gaps {min(gaps):.2f} to {max(gaps):.2f} s")
    assert min(gaps) >= 0.95


def test_retry_after_holds_all(forker: ScrapyForker, tmp_path: Path) -> None:
    """One worker is told to wait: the others ask that host for nothing either, but what was under way."""
    ledger, output, wait = new_database(), tmp_path / "output", 6
    refusal = Fault("status", host=SHARE, path="GetNewsText", status=429, retry_after=wait, first=1)
    with World(generated_site(40, 4), faults=[refusal]) as world:
        working = [worker(forker, world, output, ledger) for _ in range(3)]
        together(ledger, *working)
        done = [one.wait(size(100, 3600)) for one in working]
        requests = world.requests
    assert {one.code for one in done} == {0}, [one.err + one.out for one in done]
    assert reports(output)[0]["written"] == 40
    (until,) = rows(ledger, select(hosts.c.held).where(hosts.c.name == SHARE))
    end = until - time.time() + time.monotonic()  # on the clock of the world's log
    during = [r for r in requests if r.host == SHARE and end - wait < r.time < end and r.path != "/robots.txt"]
    assert len(during) <= len(working) * 4  # as many as are under way at once


def test_a_worker_that_is_interrupted_gives_back_what_it_has(
    alone: tuple[Site, Tree, Counter[str]], forker: ScrapyForker, tmp_path: Path
) -> None:
    """The other goes on at once, and not when a term is over; who leaves last tells of both."""
    site, wanted, needed = alone
    ledger, output = new_database(), tmp_path / "output"
    with World(site, faults=[Fault("slow-headers", path="GetNewsText", seconds=0.2)]) as world:
        leaving, staying = (worker(forker, world, output, ledger, "-s", "FINEWS_LEASE_TERM=3600") for _ in range(2))
        together(ledger, leaving, staying)
        while sum("GetNewsText" in r.path for r in world.requests) < 30:
            time.sleep(0.05)
            assert leaving.alive()
        leaving.signal(signal.SIGTERM)
        assert leaving.wait().code == 11
        done = staying.wait()
        more = asked(world) - needed
    assert done.code == 0, done.err + done.out
    assert differences(tree(output), wanted) == {}
    (report,) = reports(output)
    assert (report["exit_code"], report["found"], len(report["workers"])) == (0, len(site), 2)
    assert sum(number for name, number in more.items() if "GetNewsText" in name) <= 8


def test_a_server_that_is_started_again_is_waited_for(
    alone: tuple[Site, Tree, Counter[str]], forker: ScrapyForker, tmp_path: Path
) -> None:
    site, wanted, needed = alone
    ledger, output = new_database(), tmp_path / "output"
    with World(site) as world:
        working = [worker(forker, world, output, ledger) for _ in range(2)]
        together(ledger, *working)
        while sum("GetNewsText" in r.path for r in world.requests) < 20:
            time.sleep(0.05)
            assert all(one.alive() for one in working)
        with closing(SharedLedger(ledger)) as own:
            own.hold(SHARE, 4)  # lest it be all over before that
        restart()
        done = [one.wait(size(100, 3600)) for one in working]
        assert asked(world) == needed
    assert [one.code for one in done] == [0, 0], [one.err + one.out for one in done]
    assert differences(tree(output), wanted) == {}
    assert reports(output)[0]["found"] == len(site)


@pytest.mark.parametrize("first", ["shared", "alone"])
def test_shared_and_other_runs_keep_each_other_out(first: str, forker: ScrapyForker, tmp_path: Path) -> None:
    ledger, output = new_database(), tmp_path / "output"
    with World(generated_site(4, 2), faults=[Fault("slow-headers", path="GetNewsText", seconds=3)]) as world:

        def other() -> Running:
            return forker.start("crawl", "finews", *START, *FAST, output=output, env=world.env())

        def shared() -> Running:
            return worker(forker, world, output, ledger)

        begin, late = (shared, other) if first == "shared" else (other, shared)
        running = begin()
        while not world.requests:
            time.sleep(0.05)
        refused = late().wait()
        assert refused.code == 6
        assert "another run holds the lock" in refused.err
        assert running.wait().code == 0


def test_who_would_put_posts_elsewhere_is_kept_out(forker: ScrapyForker, tmp_path: Path) -> None:
    """Two that had an article in turn would make two files of it."""
    ledger, output = new_database(), tmp_path / "output"
    with World(generated_site(4, 2)) as world, closing(SharedLedger(ledger)) as own:
        running = worker(forker, world, output, ledger, "-s", "FINEWS_POST_FOLDERS=month")
        together(ledger, running)
        other = worker(forker, world, output, ledger)
        while other.alive():
            own.hold(SITE, 2)  # lest it be all over before that
            time.sleep(0.1)
        assert other.wait().code == 6
        assert "other settings" in other.wait().err
        assert running.wait().code == 0
    assert len(list((output / "_posts/2022/01").iterdir())) == len(list((output / "_posts").rglob("*.md"))) == 4


@pytest.mark.parametrize("args", [(), ("-a", "since=2022-01-01")])
def test_a_crawl_whose_workers_all_died_is_gone_on_with(
    args: tuple[str, ...], alone: tuple[Site, Tree, Counter[str]], forker: ScrapyForker, tmp_path: Path
) -> None:
    """By a worker of its kind; one with other arguments begins another crawl, and is not kept out for ever."""
    site, wanted, needed = alone
    ledger, output = new_database(), tmp_path / "output"
    with World(site) as world:
        first = worker(forker, world, output, ledger, *TERMS)
        while sum("GetNewsText" in r.path for r in world.requests) < 20:
            time.sleep(0.05)
            assert first.alive()
        with held(ledger, SHARE) as own:
            refused = worker(forker, world, output, ledger, *TERMS, "-a", "since=2022-01-11").wait()
            first.signal(signal.SIGKILL)
            first.wait()
            while own.at_work():
                time.sleep(0.1)
        done = worker(forker, world, output, ledger, *TERMS, *args).wait()
        more = asked(world) - needed
    assert done.code == 0, done.err + done.out
    assert differences(tree(output), wanted) == {}
    (report,) = reports(output)
    assert (report["exit_code"], report["found"], len(report["workers"])) == (0, len(site), 1 if args else 2)
    assert sum(number for name, number in more.items() if "GetNewsText" in name) <= BATCH
    assert (refused.code, "another crawl is open" in refused.err) == (6, True)


def test_a_mistyped_category_ends_the_crawl_for_the_next(forker: ScrapyForker, tmp_path: Path) -> None:
    ledger, output, site = new_database(), tmp_path / "output", generated_site(8, 2)
    (category, *_) = {one.category for one in site.newest if one.category != "emnews"}
    with World(site) as world:
        mistyped = worker(forker, world, output, ledger, "-a", f"category={category}x").wait()
        assert mistyped.code == 2
        assert f"did you mean {category}?" in mistyped.err
        done = worker(forker, world, output, ledger, "-a", f"category={category}").wait()
    assert done.code == 0, done.err + done.out
    assert len(reports(output)) == 1
    assert reports(output)[0]["written"] == sum(one.category == category for one in site.newest)

"""Killed at any moment, and run again: the same bytes as a run that nobody disturbed; wherever posts are put."""

import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import pytest
from forked_scrapy import START, ScrapyForker
from full_or_small import size
from torture.output_checks import Tree, check_conservation, check_ledger, differences, leftovers, reports, tree
from world import Site, World, generated_site

KILLS = size(30, 1000)
ARTICLES, CATEGORIES = size(48, 500), size(4, 20)
SEEDS = range(size(3, 6))
FOLDERS = (("one",), ("month",), ("month", "one"))
"""Where posts are put, in turns of the crawls of a seed: the last changes it between a kill and what comes after."""
FAST = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=2")
Turns = Sequence[tuple[str, str]]
pytestmark = pytest.mark.timeout(size(120, 7200))


def _undisturbed(forker: ScrapyForker, site: Site, output: Path, turns: Turns) -> tuple[Tree, Counter[str], float]:
    with World(site) as world:
        done = forker.crawl(*FAST, *turns[0], output=output, env=world.env())
        assert done.code == 0, done.err
        return _tree(output, turns), _asked(world), done.seconds


def _tree(output: Path, turns: Turns) -> Tree:
    """What is there, by path; where the turns differ, posts by their names, of each of which there is one."""
    found = tree(output)
    named = {name if len(turns) == 1 else f"{name.partition('/')[0]}/{Path(name).name}": name for name in found}
    assert len(named) == len(found), f"a second copy: {sorted(found)}"
    return {name: found[path] for name, path in named.items()}


def _asked(world: World) -> Counter[str]:
    """How often each article page and article JSON was asked for."""
    return Counter(r.host + r.path for r in world.requests if "/2022/" in r.path or "GetNewsText" in r.path)


@pytest.mark.parametrize("seed", SEEDS)
def test_killed_at_random_moments(seed: int, forker: ScrapyForker, tmp_path: Path) -> None:
    """The moments lie anywhere between start and end; after some kills a run may end, and a new crawl begins."""
    rng = random.Random(seed)
    site = generated_site(ARTICLES, CATEGORIES)
    turns = [("-s", f"FINEWS_POST_FOLDERS={by}") for by in FOLDERS[seed % len(FOLDERS)]]
    wanted, needed, seconds = _undisturbed(forker, site, tmp_path / "undisturbed", turns)
    kills, crawls = 0, 0
    while kills < KILLS // len(SEEDS):
        crawls += 1
        kills += _kill_until_done(forker, site, tmp_path / str(crawls), rng, seconds, wanted, needed, turns)
    print(f"{kills} kills over {crawls} crawls of {ARTICLES} articles, {seconds:.1f} s each")


def _kill_until_done(
    forker: ScrapyForker,
    site: Site,
    output: Path,
    rng: random.Random,
    seconds: float,
    wanted: Tree,
    needed: Counter[str],
    turns: Turns,
) -> int:
    kills, planned, turn = 0, rng.randint(3, 12), cycle(turns)
    with World(site) as world:
        while kills < planned:
            running = forker.start("crawl", "finews", *START, *FAST, *next(turn), output=output, env=world.env())
            time.sleep(rng.uniform(0.2, 0.3 + seconds / 3))
            if running.poll() is None:
                running.signal(signal.SIGKILL)
                kills += 1
            ended = running.wait()
            assert ended.code in (0, -signal.SIGKILL), ended.err
            _nothing_half(_tree(output, turns), wanted)
            if ended.code == 0:
                break
        done = forker.crawl(*FAST, *next(turn), output=output, env=world.env())
        assert done.code == 0, done.err + done.out
        asked = _asked(world)
    assert differences(_tree(output, turns), wanted) == {}
    assert leftovers(output) == []
    check_ledger(output)
    check_conservation(reports(output))
    _asked_for_little(asked, needed, kills)
    return kills


def _nothing_half(found: Tree, wanted: Tree) -> None:
    """At no moment is there a file that is not whole."""
    halves = {n for n, data in found.items() if not n.endswith(".part") and data != wanted.get(n)}
    assert halves == set()


def _asked_for_little(asked: Counter[str], needed: Counter[str], kills: int) -> None:
    """A kill may cost one more request for each page of an article that was under way, no page two."""
    assert asked.keys() == needed.keys()
    more = {name: asked[name] - needed[name] for name in asked}
    assert max(more.values()) <= kills
    print(f"{kills} kills cost {sum(more.values())} requests more than the {sum(needed.values())} that were needed")

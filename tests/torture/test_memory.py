"""The memory of a crawl does not grow with the site."""

import re
import signal
import time
from pathlib import Path

import pytest
from full_or_small import FULL, size
from torture.measured_crawl import Process
from world import Fault, World, generated_site

from crawler.middlewares.queue import AHEAD

ARTICLES, CATEGORIES = size(600, 20_000), size(10, 100)
EAGER = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "CONCURRENT_REQUESTS=32")
LIMIT = 250 * 2**20
# After so much of the crawl the memory is as large as it gets: a tenth of 20,000 articles.
WARM = 0.4 if not FULL else 0.1
GROWTH = size(30, 25) * 2**20
ARTICLE = re.compile("/2022/|GetNewsText")
pytestmark = pytest.mark.timeout(size(120, 7200))


@pytest.mark.parametrize("kind", ["endless-headers", "huge", "chunked-cut", "bad-status-line"])
def test_one_bad_answer_costs_no_memory(kind: str, tmp_path: Path) -> None:
    fault = Fault(kind, path="GetNewsText", first=1, size=400_000_000)
    limited = ("-s", "DOWNLOAD_TIMEOUT=5")
    with (
        World(generated_site(4, 2), faults=[fault]) as world,
        Process(tmp_path / "output", world.env(), *limited, sample=0.05) as process,
    ):
        done = process.wait(60)
    assert done.code == 0, done.err
    peak = max(resident for _, resident in done.rss)
    print(f"{kind}: {peak / 2**20:.0f} MB at most, {done.cpu:.1f} s CPU")
    assert peak < LIMIT


def test_posts_do_not_run_ahead_of_their_json(tmp_path: Path) -> None:
    """A slow share host: post pages that wait for their JSON take memory, and are lost when the run is killed."""
    fault = Fault("slow-headers", path="GetNewsText", seconds=0.5)
    with (
        World(generated_site(400, 4), faults=[fault]) as world,
        Process(tmp_path / "output", world.env(), *EAGER) as process,
    ):
        time.sleep(8)
        process.signal(signal.SIGKILL)
        process.wait(10)
        kinds = ["post" if "/2022/" in r.path else "json" for r in world.requests if ARTICLE.search(r.path)]
    ahead = [kinds[:n].count("post") - kinds[:n].count("json") for n in range(len(kinds))]
    assert "json" in kinds
    print(f"{max(ahead)} of 400 posts ahead of their JSON")
    assert max(ahead) <= AHEAD + 2 * 32  # what waits, and what is on its way in either direction


def test_memory_stays_flat(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with (
        World(generated_site(ARTICLES, CATEGORIES)) as world,
        Process(output, world.env(), *EAGER, sample=0.1) as process,
    ):
        done = process.wait(size(100, 7000))
    assert done.code == 0, done.err
    end = done.rss[-1][0]
    warm = [resident for at, resident in done.rss if at > end * WARM]
    early, late = max(warm[: len(warm) // 5]), max(warm[-len(warm) // 5 :])
    peak = max(resident for _, resident in done.rss)
    print(
        f"{ARTICLES} articles in {done.seconds:.0f} s: {peak / 2**20:.0f} MB at most, {(late - early) / 2**20:+.1f} MB once warm"
    )
    assert peak < LIMIT
    assert late - early < GROWTH

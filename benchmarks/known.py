"""A run that finds nothing new, beside ever more articles that are known from earlier ones."""

import os
from collections import deque
from pathlib import Path

from archives import make
from crawling import START
from harness import Done, Found, cpu, finews, interleaved, scratch
from world import World, generated_site


def measure(found: Found) -> None:
    sizes = (300, 3_000) if found.quick else (1_000, 10_000, 100_000)
    seen: dict[int, list[Done]] = {size: [] for size in sizes}
    with scratch() as top, World(generated_site(60, 3)) as world:

        def again(size: int) -> float:
            seen[size].append(finews("crawl", "finews", *START, output=top / str(size), env=world.env()))
            return seen[size][-1].cpu

        for size in sizes:
            make(top / str(size), size)
            again(size)  # the lists and their validators
            _has(top / str(size), size + 60)
        tasks = {str(size): lambda size=size: again(size) for size in sizes}
        took = interleaved(tasks | {"look": lambda: cpu(_look, [(top / str(sizes[-1]) / "_posts",)])}, found.size(5, 1))
    least = sizes[0]
    for size in sizes[1:]:
        name = f"{size:,} known / {least:,}"
        found.ratio(f"re-run, CPU: {name}", took[str(size)], took[str(least)])
        found.ratio(f"re-run, memory: {name}", _peak(seen[size]), _peak(seen[least]))
    found.figure(
        "re-run, an article known", (took[str(sizes[-1])] - took[str(least)]) / (sizes[-1] - least) * 1e6, "µs"
    )
    found.figure("a bare look at a file (scandir, stat)", took["look"] / sizes[-1] * 1e6, "µs")


def _look(posts: Path) -> None:
    """What every run does with each file, and nothing else."""
    handle = os.open(posts, os.O_RDONLY)
    with os.scandir(handle) as entries:
        deque((entry.stat() for entry in entries), 0)
    os.close(handle)


def _peak(runs: list[Done]) -> float:
    return max(done.peak for done in runs[1:])


def _has(output: Path, number: int) -> None:
    there = sum(1 for _ in (output / "_posts").iterdir())
    assert there == number, f"{there} posts, not {number}: the archive and the site share some"

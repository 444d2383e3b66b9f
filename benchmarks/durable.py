"""For how long the main thread of a crawl waits for the disk, against writing its posts durably one by one."""

import sys
from itertools import count
from pathlib import Path

from crawling import AT_ONCE, START
from harness import HERE, Found, finews, interleaved, run, scratch
from world import World, generated_site

_OFTEN = 0.001
"""Seconds between two looks at the thread."""


def measure(found: Found) -> None:
    number = found.size(300, 60)
    engine = [word for name, value in AT_ONCE.items() for word in ("-s", f"{name}={value}")]
    with scratch() as top, World(generated_site(number, 8)) as world:
        names, posts = (top / str(n) for n in count()), top / "posts"
        writing = sys.executable, HERE / "plain.py", "write", posts / "_posts"

        def crawl(output: Path) -> float:
            return finews("crawl", "finews", *START, *engine, output=output, env=world.env(), sample=_OFTEN).waited

        crawl(posts)
        took = interleaved(
            {
                "crawl": lambda: crawl(next(names)),
                "one by one": lambda: run(*writing, next(names), sample=_OFTEN).waited,
            },
            found.size(5, 1),
        )
    found.ratio("crawl, waiting for the disk / durable writes", took["crawl"], took["one by one"])
    found.figure("durable write of a post", took["one by one"] / number * 1000, "ms")

"""What is asked of each ratio. A name that begins with ``gain`` is to be at least that, any other at most."""

ASKED = {
    "page 5 KB / lxml": 3.0,
    "page 112 KB / lxml": 0.40,
    "pair 17 KB / lxml": 3.0,
    "chart ms": 3,
    "crawl / bare spider": 1.0,
    "crawl / bare spider, same engine settings": 1.35,
    "crawl with nothing to do / empty spider": 1.3,
    "re-run, CPU: 100,000 known / 1,000": 1.15,
    "re-run, memory: 100,000 known / 1,000": 1.1,
    "reprocess again / first": 0.12,
    "reprocess, memory: 100,000 files / 10,000": 1.3,
    "gain of 2 workers, files / of 2 plain processes": 0.95,
    "gain of 2 workers, one WARC / of 2 plain processes": 0.95,
    "warc / fastwarc": 2,
    "crawl, waiting for the disk / durable writes": 0.4,
}


def is_reached(name: str, value: float) -> bool:
    """Whether a ratio is as asked, or nothing is asked of it."""
    asked = ASKED.get(name)
    return asked is None or (value >= asked if name.startswith("gain") else value <= asked)

"""What sharing costs: one worker of a shared crawl against the plain crawl, both with the ledger in PostgreSQL.

Processor time of the crawls' own processes, interleaved; the least of each counts, since a busy machine only adds to it.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ |= {"FINEWS_ORIGINS": "share,finews-page", "FINEWS_SHARE_HOSTS": "finews.zning.xyz"}

from postgres_server import new_database
from torture.measured_crawl import Process
from world import Site, World, generated_site

MOST = 1.1


def cpu(site: Site, output: Path, *args: str) -> float:
    """Seconds of processor time for one crawl of the site."""
    ledger = ("-s", f"FINEWS_LEDGER_URL={new_database()}", "-s", "AUTOTHROTTLE_ENABLED=False")
    with World(site) as world, Process(output, world.env(), *ledger, *args) as process:
        done = process.wait(3600)
    assert done.code == 0, done.err
    return done.cpu


def main() -> None:
    """Arguments: how many articles, how many rounds."""
    number, rounds = map(int, sys.argv[1:] or ("300", "5"))
    site, seconds = generated_site(number, 20), dict[str, list[float]]()
    with tempfile.TemporaryDirectory() as top:
        for round_ in range(rounds):
            for name, args in (("plain", ()), ("shared", ("-s", "FINEWS_SHARED=1"))):
                seconds.setdefault(name, []).append(cpu(site, Path(top) / f"{name}{round_}", *args))
                print(f"{name} {seconds[name][-1]:.2f} s", flush=True)
    ratio = min(seconds["shared"]) / min(seconds["plain"])
    print(f"one shared worker: {ratio:.2f} of the plain crawl's processor time (at most {MOST})")


if __name__ == "__main__":
    main()

"""`python benchmarks/costs.py [SMALL LARGE]`: what an article costs, as the difference between a crawl of few and one of more.

Requests, bytes, processor time, rows and writes of PostgreSQL, files; then what a run costs that finds nothing new, by how
much is known; and what reprocessing costs. Each figure is of whole processes. docs/scale.md tells what follows.
"""

import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]
os.environ |= {"FINEWS_ORIGINS": "share,finews-page", "FINEWS_SHARE_HOSTS": "finews.zning.xyz", "LC_ALL": "C.UTF-8"}

import exporting
import psycopg
from corpus import page
from postgres_server import new_database, server
from run_scrapy import SCRAPY
from torture.measured_crawl import Process
from world import World, generated_site

from crawler.demo.messages import Request, Response
from crawler.store.atomic import make_folder
from crawler.store.differing import differing
from crawler.store.places import FOLDERS, place

TABLES = ("articles", "securities", "versions", "pages", "wanted", "said")
KNOWN = (5_000, 25_000)
PAGES = (200, 800)
FILES = 100_000
ROUNDS, TIMES = 3, {"cpu ms", "server cpu ms"}
TICK = os.sysconf("SC_CLK_TCK")


class Counting(World):
    """The world, and how many bytes of bodies it sent."""

    sent = 0

    def answer(self, request: Request) -> Response:
        """Answer, and count."""
        response = super().answer(request)
        self.sent += len(response.body)
        return response


def server_cpu() -> float:
    """Seconds of processor time of PostgreSQL, the ended processes' too."""
    top, total = int((Path(server().pgdata) / "postmaster.pid").read_text().split()[0]), 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, told = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if pid == top:
            total += sum(map(int, told[11:15]))
        elif int(told[1]) == top:
            total += sum(map(int, told[11:13]))
    return total / TICK


def database(url: str) -> Counter[str]:
    """What PostgreSQL tells of the database, and of what it wrote ahead for all."""
    with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as db:
        columns = "xact_commit, tup_inserted, tup_updated, tup_deleted"
        query = f"SELECT {columns}, pg_database_size(datname) FROM pg_stat_database WHERE datname = current_database()"
        row = db.execute(query).fetchone()
        (wal,) = db.execute("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn").fetchone()
        found = Counter(dict(zip(("commits", "inserted", "updated", "deleted", "size"), row, strict=True)))
        found["wal"] = int(wal)
        for table in TABLES if db.execute("SELECT to_regclass('articles')").fetchone()[0] else ():
            found[f"rows {table}"] = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def crawl(number: int, top: Path, *args: str, ledger: str = "") -> Counter[str]:
    """What a crawl of so many articles costs. Without a ``ledger`` it is in SQLite."""
    output = top / f"{number}-{sum(1 for _ in top.iterdir())}"
    more = ("-s", f"FINEWS_LEDGER_URL={ledger}") if ledger else ()
    before, cpu = database(ledger) if ledger else Counter(), server_cpu() if ledger else 0
    with Counting(generated_site(number, 20)) as world:
        with Process(output, world.env(), "-s", "AUTOTHROTTLE_ENABLED=False", *more, *args) as process:
            done = process.wait(3600)
        assert done.code == 0, done.err
        found = Counter(requests=len(world.requests), bytes=world.sent)
    found["cpu ms"] = round(done.cpu * 1000)
    if ledger:
        found["server cpu ms"] = round((server_cpu() - cpu) * 1000)
        found.update(Counter(database(ledger)) - before)
    posts = [path for path in (output / "_posts").rglob("*") if path.is_file()]
    found["files"], found["bytes of posts"] = len(posts), sum(path.stat().st_size for path in posts)
    return found


def difference(few: Counter[str], many: Counter[str], number: int) -> dict[str, float]:
    return {name: (many[name] - few[name]) / number for name in many}


def table(title: str, rows: dict[str, dict[str, float]]) -> None:
    names = list(dict.fromkeys(name for row in rows.values() for name in row))
    print(f"\n{title}\n{'':22}" + "".join(f"{name:>20}" for name in rows))
    for name in names:
        print(f"{name:22}" + "".join(f"{row[name]:20.2f}" if name in row else f"{'':20}" for row in rows.values()))
    sys.stdout.flush()


def articles(small: int, large: int, top: Path) -> None:
    """What one more article costs, with each ledger; of processor time the least of some rounds, taken in turns."""
    ways = {"SQLite": None, "PostgreSQL": (), "PostgreSQL, shared": ("-s", "FINEWS_SHARED=1")}
    least: dict[tuple[str, int], Counter[str]] = {}
    for _ in range(ROUNDS):
        for (name, args), number in product(ways.items(), (small, large)):
            found = crawl(number, top, *(args or ()), ledger="" if args is None else new_database())
            before = least.setdefault((name, number), found)
            least[name, number] = found | {time: min(before[time], found[time]) for time in TIMES & found.keys()}
    rows = {name: difference(least[name, small], least[name, large], large - small) for name in ways}
    table(f"one more article ({small} against {large})", rows)


def nothing_new(top: Path) -> None:
    """What a run costs that finds three articles, by how many are known."""
    rows = {}
    for known in KNOWN:
        output = top / f"known-{known}"
        exporting.make(output, known)
        with World(generated_site(3, 1)) as world:
            for run in ("first", "second"):
                with Process(output, world.env(), "-s", "AUTOTHROTTLE_ENABLED=False", sample=0.02) as process:
                    done = process.wait(3600)
                assert done.code == 0, done.err + done.out
                peak = max(resident for _, resident in done.rss)
                rows[f"{known}, {run}"] = Counter({"cpu ms": round(done.cpu * 1000), "memory KB": peak // 1000})
    table("a run with three articles on the site", rows)
    few, many = (rows[f"{known}, second"] for known in KNOWN)
    told = {name: f"{(many[name] - few[name]) / (KNOWN[1] - KNOWN[0]):.4f}" for name in many}
    print(f"each known article costs a run that finds nothing: {told}")


def reprocessing(top: Path) -> None:
    """What one more saved page costs, with one worker."""
    used = []
    for number in PAGES:
        folder = top / f"pages-{number}"
        folder.mkdir()
        for seed in range(number):
            found = page(seed)
            (folder / found.url.rpartition("/")[2]).write_bytes(found.body)
        command = [str(SCRAPY), "reprocess", str(folder), "--workers", "1", "-q"]
        pid = os.posix_spawn(command[0], command, {**os.environ, "FINEWS_OUTPUT_DIR": f"{top}/out-{number}"})
        _, status, usage = os.wait4(pid, 0)
        assert os.waitstatus_to_exitcode(status) == 0
        used.append(usage.ru_utime + usage.ru_stime)
    print(f"\none more saved page: {(used[1] - used[0]) / (PAGES[1] - PAGES[0]) * 1000:.2f} ms of processor time")


def folders(top: Path) -> None:
    """What it costs to find so many posts as they were, by where they lie."""
    for by in FOLDERS:
        posts = top / f"files-{by}" / "_posts"
        posts.mkdir(parents=True)
        for number in range(FILES):
            month, day = 1 + number % 12, 1 + number // 12 % 28
            path = place(posts, f"2022-{month:02}-{day:02}-NW2022{month:02}{day:02}{number:010}.md", by)
            make_folder(path.parent)
            path.write_bytes(b"x")
        known = differing(posts, tuple, []).items()
        assert len(known) == FILES
        begun = time.process_time()
        assert differing(posts, lambda known=known: known, []) == {}
        print(f"{FILES} posts, {by}: compared in {time.process_time() - begun:.2f} s of processor time")
        shutil.rmtree(posts)


def main() -> None:
    small, large = map(int, sys.argv[1:] or ("100", "500"))
    with tempfile.TemporaryDirectory(prefix="costs-") as top:
        for part in ("crawls", "known", "pages", "files"):
            (Path(top) / part).mkdir()
        articles(small, large, Path(top, "crawls"))
        nothing_new(Path(top, "known"))
        reprocessing(Path(top, "pages"))
        folders(Path(top, "files"))


if __name__ == "__main__":
    main()

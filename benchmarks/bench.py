"""`make bench`: what things cost, as ratios measured in one run, interleaved so that a busy machine strikes all alike."""

import gc
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import lxml.etree
import lxml.html

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent)]
from corpus import busy_page, page

from crawler import body, pages
from crawler.assemble.assembler import Assembler
from crawler.items import Page
from crawler.reprocess import reprocess
from crawler.store.atomic import write_atomic
from crawler.store.run import Run

HERE = Path(__file__).parent
LAST = HERE / "last.json"
SETTINGS = {
    "FINEWS_CLEANING": "standard",
    "FINEWS_KLINE_IMAGES": "remote",
    "FINEWS_KLINE_CHARTS": False,
    "FINEWS_SHARE_HOST": "finews.zning.xyz",
    "USER_AGENT": "bench",
}
Task = Callable[[Page], object]


def convert(found: Page) -> bytes:
    """Page to post text: what one page costs on its way."""
    (assembled,) = _ASSEMBLER(pages.read(found).articles)
    return assembled.data


_FORK = get_context("fork")
_ASSEMBLER = Assembler(SETTINGS)
_PARSER = lxml.etree.HTMLParser(encoding="utf-8")
_CLEAN = {name: body.profile(name) for name in ("source", "standard")}
_BODIES: dict[str, str] = {}


def _body(found: Page) -> str:
    if found.url not in _BODIES:
        _BODIES[found.url] = pages.read(found).articles[0].text or ""
    return _BODIES[found.url]


def _parse(found: Page) -> object:
    return lxml.etree.fromstring(found.body, _PARSER)


@cache
def _busy(found: Page) -> Page:
    """The page of the same number that has as much to clean as the site's own."""
    return busy_page(int(found.url.rsplit("/", 1)[-1][-10:-5]))


def tasks() -> dict[str, Task]:
    """What is measured: ours, and those of the others that are installed (extra ``bench``)."""
    known: dict[str, Task] = {
        "lxml parse of the page": _parse,
        "finews: page to post text": convert,
        "lxml parse of a page with much to clean": lambda p: _parse(_busy(p)),
        "finews: page with much to clean": lambda p: convert(_busy(p)),
        "finews: clean the body (source)": lambda p: body.clean(_body(p), _CLEAN["source"]),
        "finews: clean the body (standard)": lambda p: body.clean(_body(p), _CLEAN["standard"]),
    }
    try:
        import gne
        import newspaper
        import readability
        import trafilatura
    except ImportError as missing:
        print(f"not measured: {missing.name} is not installed (pip install '.[bench]')")
        return known
    known["trafilatura: markdown, metadata"] = lambda p: trafilatura.extract(
        p.body.decode(), output_format="markdown", with_metadata=True, url=p.url
    )
    known["newspaper4k"] = lambda p: newspaper.article(p.url, input_html=p.body.decode(), language="zh")
    known["gne"] = lambda p: gne.GeneralNewsExtractor().extract(p.body.decode())
    known["readability-lxml"] = lambda p: readability.Document(p.body.decode()).summary()
    return known


def measure(size: int, rounds: int) -> dict[str, dict[str, float]]:
    """CPU milliseconds a page: median and quartiles over interleaved rounds, each on pages that were not seen before."""
    known = tasks()
    times: dict[str, list[float]] = {name: [] for name in known}
    for name, task in list(known.items()):
        try:
            task(page(0))
        except Exception as error:
            print(f"not measured: {name}: {type(error).__name__}: {error}")
            del known[name]
    gc.disable()
    for number in range(rounds):
        corpus = [page(number * size + seed + 1) for seed in range(size)]
        for found in corpus:  # made before anything is timed
            _busy(found)
            _body(found)
        for name, task in known.items():
            slow = not name.startswith(("finews", "lxml"))
            pages_now = corpus[:2] if slow else corpus
            if slow and number % 3:
                continue
            begin = time.process_time()
            for found in pages_now:
                task(found)
            times[name].append((time.process_time() - begin) / len(pages_now) * 1000)
        _busy.cache_clear()
        _BODIES.clear()
        gc.collect()
    gc.enable()
    return {name: _spread(values) for name, values in times.items() if values}


def _spread(values: list[float]) -> dict[str, float]:
    low, median, high = statistics.quantiles(values, n=4) if len(values) > 1 else values * 3
    return {"median": median, "low": low, "high": high}


def disk(corpus: list[Page], rounds: int, top: Path) -> dict[str, dict[str, float]]:
    """Wall milliseconds a page: read, convert and write, against a loop that only reads and atomically writes."""
    folder = top / "disk"
    folder.mkdir()
    for number, found in enumerate(corpus):
        (folder / f"{number}.html").write_bytes(found.body)
    results: dict[str, list[float]] = {"bare read + atomic write of the post": [], "read, convert, atomic write": []}
    posts = [convert(found) for found in corpus]
    for round_ in range(rounds):
        begin = time.perf_counter()
        for number, data in enumerate(posts):
            (folder / f"{number}.html").read_bytes()
            write_atomic(folder / f"bare-{round_}" / f"{number}.md", data)
        middle = time.perf_counter()
        for number, found in enumerate(corpus):
            data = (folder / f"{number}.html").read_bytes()
            write_atomic(folder / f"ours-{round_}" / f"{number}.md", convert(Page(url=found.url, body=data)))
        end = time.perf_counter()
        for name, span in zip(results, (middle - begin, end - middle), strict=True):
            results[name].append(span / len(corpus) * 1000)
    return {name: _spread(values) for name, values in results.items()}


def _reprocessed(
    folder: Path, output: Path, workers: int, wanted: int, told: "SimpleQueue[tuple[float, float]]"
) -> None:
    begin = time.perf_counter()
    with Run(output) as run:
        report = reprocess([folder], run, SETTINGS, workers=workers)
    assert report["written"] == wanted, report["reasons"]
    told.put((time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _converted(corpus: list[Page], share: int) -> None:
    for found in corpus[:: -1 if share else 1][: len(corpus) // 2]:
        convert(found)


def bare_scaling(corpus: list[Page]) -> float:
    """What two processes get here that only convert pages in memory: seconds of all by one / of half by each of two.

    No pool can do better; on a restless machine it is far from 2.
    """
    spans = []
    for shares in (((0, 1),), ((0,), (1,))):
        begin = time.perf_counter()
        children = [
            _FORK.Process(target=lambda mine=mine: [_converted(corpus, share) for share in mine]) for mine in shares
        ]
        for child in children:
            child.start()
        for child in children:
            child.join()
        spans.append(time.perf_counter() - begin)
    return spans[0] / spans[1]


def scaling(number: int, rounds: int, top: Path) -> dict[str, dict[str, float]]:
    """Seconds of a whole reprocessing of ``number`` pages by one and by two workers, their ratio, and peak memory in MB.

    Every run is a process of its own, as a user's is. Nothing is deleted before all are done: ext4 takes new files
    unkindly for seconds after many were deleted.
    """
    folder = top / "pages"
    folder.mkdir()
    for seed in range(number):
        found = page(seed)
        (folder / f"{found.url.rsplit('/', 1)[-1]}").write_bytes(found.body)
    context = get_context("spawn")
    results: dict[str, list[float]] = {"1 worker": [], "2 workers": [], "1 / 2": [], "peak memory MB": []}
    results["1 / 2 of the bare conversion"] = []
    corpus = [page(seed) for seed in range(min(number, 600))]
    for found in corpus[:20]:
        convert(found)
    for round_ in range(rounds):
        results["1 / 2 of the bare conversion"].append(bare_scaling(corpus))
        seconds = []
        for workers in (1, 2):
            told: SimpleQueue[tuple[float, float]] = context.SimpleQueue()
            process = context.Process(
                target=_reprocessed, args=(folder, top / f"{round_}-{workers}", workers, number, told)
            )
            process.start()
            process.join()
            took, memory = told.get()
            seconds.append(took)
            results["peak memory MB"].append(memory)
        for name, value in zip(results, (*seconds, seconds[0] / seconds[1]), strict=False):
            results[name].append(value)
    return {name: _spread(values) for name, values in results.items()}


def _table(title: str, rows: dict[str, dict[str, float]], base: str) -> None:
    print(f"\n{title}\n{'':44} {'median':>9} {'quartiles':>17} {'ratio':>8}")
    for name, row in rows.items():
        ratio = row["median"] / rows[base]["median"]
        print(f"{name:44} {row['median']:9.3f} {row['low']:8.3f}-{row['high']:<8.3f} {ratio:8.2f}")


def main() -> None:
    """Measure everything, print tables, compare with the last run."""
    quick = "--quick" in sys.argv
    corpus = [page(seed) for seed in range(5 if quick else 20)]
    sizes = f"{len(corpus[0].body) // 1000} KB page, {len(_body(corpus[0]).encode()) // 1000} KB body"
    print(f"python {sys.version.split()[0]}, {sizes}")
    cpu = measure(len(corpus), 5 if quick else 30)
    _table("CPU ms a page", cpu, "lxml parse of the page")
    ours, busy = cpu["finews: page to post text"]["median"], cpu["finews: page with much to clean"]["median"]
    print(f"with much to clean: {busy / cpu['lxml parse of a page with much to clean']['median']:.2f} of lxml's parse")
    for name, row in cpu.items():
        if not name.startswith(("finews", "lxml")):
            print(f"finews is {row['median'] / ours:6.1f} times as fast as {name}")
    with tempfile.TemporaryDirectory(prefix="bench-") as top:
        wall = disk(corpus, 3 if quick else 15, Path(top))
        scale = scaling(100 if quick else 1500, 2 if quick else 7, Path(top))
    _table("wall ms a page, with fsync", wall, "bare read + atomic write of the post")
    print(f"\n{'reprocess, seconds':44} {'median':>9} {'quartiles':>17}")
    for name, row in scale.items():
        print(f"{name:44} {row['median']:9.2f} {row['low']:8.2f}-{row['high']:<8.2f}")
    now = {"cpu": cpu, "wall": wall, "scale": scale}
    if LAST.exists():
        before = json.loads(LAST.read_text())["cpu"]
        base = "lxml parse of the page"
        print("\nratio to lxml: this run, last run")
        for name, row in cpu.items():
            if name in before:
                print(
                    f"{name:44} {row['median'] / cpu[base]['median']:8.2f} {before[name]['median'] / before[base]['median']:8.2f}"
                )
    LAST.write_text(json.dumps(now, indent=1))


if __name__ == "__main__":
    main()

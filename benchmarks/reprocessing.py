"""`reprocess` of folders: a page by differences of counts, the same again, memory, two workers."""

import os
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

from conversion import KINDS, parse
from corpus import page
from harness import HERE, ROOT, Done, Found, Timed, cpu, finews, interleaved, run, scratch

from crawler.items import Page

_KINDS = ("pair 17 KB", "page 5 KB", "page 112 KB")
_names = count()


def fill(folder: Path, found: Iterable[tuple[Page, ...]]) -> Path:
    """Save the pages as a browser would, the JSON of an article beside its page."""
    folder.mkdir()
    for some in found:
        stem = some[0].url.rpartition("/")[2].removesuffix(".html")
        for each in some:
            (folder / f"{stem}{'.json' if each.body[:1] == b'{' else '.html'}").write_bytes(each.body)
    return folder


def again(*paths: Path, top: Path, workers: int = 1, output: Path | None = None, tree: Path = ROOT) -> Done:
    """A reprocessing of the paths, into a new output folder where none is named."""
    into = output or top / f"output-{next(_names)}"
    return finews("reprocess", *paths, "--workers", workers, output=into, tree=tree)


def measure(found: Found) -> None:
    with scratch() as top:
        _a_page(found, top)
        _again(found, top)
    with scratch() as top:
        _memory(found, top)
    with scratch() as top:
        files = fill(top / "files", ((page(seed),) for seed in range(found.size(3_000, 200))))
        gains(found, "files", files, top, found.size(3, 1))


def _a_page(found: Found, top: Path) -> None:
    """`AGAINST=` names another checkout: the same pages cost so much there."""
    trees = {"ours": ROOT} | ({"before": Path(os.environ["AGAINST"])} if os.environ.get("AGAINST") else {})
    few, many = found.size(60, 20), found.size(360, 120)
    for name in _KINDS:
        _, make = KINDS[name]
        some = [make(seed) for seed in range(many)]
        folders = {number: fill(top / f"{name} {number}", some[:number]) for number in (few, many)}
        tasks: dict[str, Timed] = {"lxml": lambda some=some: cpu(parse, [each[:1] for each in some])}
        for tree, number in [(tree, number) for tree in trees for number in folders]:
            tasks[f"{tree} {number}"] = lambda tree=trees[tree], folder=folders[number]: (
                again(folder, top=top, tree=tree).cpu
            )
        took = interleaved(tasks, found.size(3, 1))
        a_page = {tree: (took[f"{tree} {many}"] - took[f"{tree} {few}"]) / (many - few) for tree in trees}
        found.ratio(f"reprocess, {name} / lxml", a_page["ours"], took["lxml"] / many)
        found.figure(f"reprocess, {name}", a_page["ours"] * 1000, "ms")
        if "before" in trees:
            found.ratio(f"reprocess, {name} / AGAINST", a_page["ours"], a_page["before"])


def _again(found: Found, top: Path) -> None:
    """Unchanged files once more, into the same output; of both the start of the command is taken off."""
    _, make = KINDS["page 5 KB"]
    files = fill(top / "unchanged", (make(seed) for seed in range(found.size(1500, 400))))
    one, output = fill(top / "one", [make(0)]), top / "done"
    again(files, top=top, output=output)
    took = interleaved(
        {
            "start": lambda: again(one, top=top, output=top / "one done").cpu,
            "first": lambda: again(files, top=top).cpu,
            "again": lambda: again(files, top=top, output=output).cpu,
        },
        found.size(3, 1),
    )
    found.ratio("reprocess again / first", took["again"] - took["start"], took["first"] - took["start"])


def _memory(found: Found, top: Path) -> None:
    few, many = found.size(10_000, 500), found.size(100_000, 2_500)
    _, make = KINDS["page 5 KB"]
    peaks = {
        number: again(fill(top / str(number), map(make, range(number))), top=top, workers=2).peak
        for number in (few, many)
    }
    found.ratio(f"reprocess, memory: {many:,} files / {few:,}", peaks[many], peaks[few])
    found.figure(f"reprocess, memory of {many:,} files", peaks[many], "MB")


def gains(found: Found, name: str, path: Path, top: Path, rounds: int) -> None:
    """What a second worker gains, against what two processes do that only convert pages in memory."""
    halves = [(sys.executable, HERE / "plain.py", "convert", half) for half in ("all", "even", "odd")]
    took = interleaved(
        {
            "1 worker": lambda: again(path, top=top).seconds,
            "2 workers": lambda: again(path, top=top, workers=2).seconds,
            "1 plain": lambda: together(halves[:1]),
            "2 plain": lambda: together(halves[1:]),
        },
        rounds,
    )
    gain, plain = took["1 worker"] / took["2 workers"], took["1 plain"] / took["2 plain"]
    found.ratio(f"gain of 2 workers, {name} / of 2 plain processes", gain, plain)
    found.figure(f"gain of 2 workers, {name}", gain, "times")
    found.figure("gain of 2 plain processes", plain, "times")


def together(commands: Iterable[tuple[object, ...]]) -> float:
    """Seconds until all have ended."""
    with ThreadPoolExecutor() as pool:
        return max(done.seconds for done in pool.map(lambda command: run(*command), commands))

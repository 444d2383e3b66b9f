"""The way through: walk, read, spool, assemble, store; with one process or several, and the same bytes either way."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from crawler import exits, interrupts, sites
from crawler.archive import InputFile, ReadResult, input_files
from crawler.assemble.assembler import Assembler
from crawler.assemble.outcome import Assembled, Rejected
from crawler.items import Article, OnDisk
from crawler.pictures import picture_stage
from crawler.reprocess.pool import BATCH, Pool, batches
from crawler.reprocess.progress import Progress
from crawler.reprocess.reading import ReportLine, read, to_share, weight
from crawler.reprocess.spool import ArticleIndex, Spool
from crawler.store.outcomes import Record
from crawler.store.posts import PostStore
from crawler.store.run import Run
from crawler.time_limit import time_limit

T = TypeVar("T")
_Line: TypeAlias = tuple[ReportLine, list[tuple[str, int]]]
"""A line of the report, with the code of each article that it tells of and the address of what it says."""
_Work: TypeAlias = tuple[list[int], list[Record]]
"""Addresses of what is said of an article, and what is known of its posts."""

STORED_AT_ONCE = 128
"""Posts that are stored together, if they come within a second; a killed run loses these at most."""


@dataclass(frozen=True, slots=True)
class _Tools:
    """What every process has."""

    spool: Spool
    assembler: Assembler
    posts: PostStore
    known: sites.Sites


def reprocess(
    paths: Iterable[Path], run: Run, settings: Mapping[str, Any], *, workers: int = 1, online: bool = False
) -> dict[str, Any]:
    """Turn everything below the paths into posts; returns the report, which lists every input once.

    The network is asked for nothing, and for pictures only when ``online`` (then by one process, politely). An
    interrupt leaves what is written, and the next run goes on from there. Raises RunError when the disk refuses.
    """
    assembler = Assembler(settings, picture_stage(run.output, settings, online=online))
    spool = Spool(run.output / "state")
    inputs: list[ReportLine] = []
    index = ArticleIndex()
    exit_code = exits.OK
    with run.writing():
        spool.clear()
    run.compare()
    pool = Pool(_Tools(spool, assembler, run.posts, sites.Sites.from_settings(settings)), 1 if online else workers)
    progress = Progress()
    try:
        with run.writing():
            found = to_share(
                place for path in _outermost(paths, run.output) for place in input_files(path, skip=run.output)
            )
            read_in = chain.from_iterable(pool.each(_read, batches(found, weight)))
            for line, said in _numbered(read_in):
                inputs.append(line)
                if line.outcome != "quarantined":
                    run.page_recovered(line.path)
                elif not line.missing:
                    run.lost_page(line.path, line.reason, line.named())
                for code, address in said:
                    index.add(code, address)
                progress.read(len(inputs))
            _miss_articles(run, inputs)
            progress.articles = len(index)
            made = pool.each(_assemble, _with_records(run, batches(index, most=1 if online else BATCH)))
            _store_all(run, made, inputs, progress)
        interrupts.ignore()
    except KeyboardInterrupt:
        exit_code = exits.INTERRUPTED
    except BrokenProcessPool:
        exit_code = exits.INTERNAL_ERROR
        print(
            "a worker process died (killed, out of memory?): run again to go on, with fewer --workers", file=sys.stderr
        )
    finally:
        progress.end()
        pool.close(at_once=exit_code != exits.OK)
        spool.clear()
    return _report(run, inputs, exit_code)


def _miss_articles(run: Run, inputs: list[ReportLine]) -> None:
    """Put aside the lines that miss an article: it is lost, unless other lines tell of it."""
    missing = [line for line in inputs if line.missing]
    known = {sites.digits(code) for line in inputs for code in line.codes} if missing else set()
    for line in missing:
        digits = sites.digits(line.missing)
        if digits in known:
            if line.outcome == "quarantined":
                run.lost_page(line.path, line.reason, line.named())
        elif line.withdrawn:
            run.withdrawn(line.withdrawn, line.missing, sites.other_spelling(line.missing))
        else:
            line.outcome = "quarantined"
            run.lost_article(line.missing, line.reason, line.named())


def _numbered(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Number those that stand at the same place of a container, so that each has a name of its own."""
    times: Counter[str] = Counter()
    for line, said in lines:
        times[line.path] += 1
        if times[line.path] > 1:
            line.path = f"{line.path} ({times[line.path]})"
        yield line, said


def _outermost(paths: Iterable[Path], output: Path) -> Iterator[Path]:
    """The paths without those that others hold, so that no file is read twice; what lies in the output is not held."""
    inside = Path(os.path.realpath(output))
    real: dict[Path, Path] = {}
    for path in paths:
        real.setdefault(Path(os.path.realpath(path)), path)
    for place, path in real.items():
        if place.is_relative_to(inside) or not any(parent in real for parent in place.parents):
            yield path


def _read(tools: _Tools, batch: list[InputFile | ReadResult]) -> list[_Line]:
    """Read files and pages: the line of each, and where what it says of which article is kept."""
    return [
        (line, list(zip([article.code for article in articles], tools.spool.add(articles), strict=True)))
        for item in batch
        for line, articles in read(item, tools.known)
    ]


def _with_records(run: Run, batches: Iterable[list[tuple[str, list[int]]]]) -> Iterator[list[_Work]]:
    """Add to each article what is known of its posts, under both spellings of its code."""
    for batch in batches:
        records = run.earlier.records([code for digits, _ in batch for code in (digits, f"NW{digits}")])
        yield [
            (addresses, [records[code] for code in (digits, f"NW{digits}") if code in records])
            for digits, addresses in batch
        ]


def _assemble(tools: _Tools, batch: list[_Work]) -> list[Assembled]:
    """Assemble articles, each told by what lies at some addresses, and prepare their posts; they are not stored yet."""
    made = []
    for addresses, records in batch:
        said = [tools.spool.get(address) for address in addresses]
        made += _articles(tools, said, tools.posts.look(records))
    for one in made:
        tools.posts.prepare(one)
    return made


def _articles(tools: _Tools, said: list[Article], on_disk: list[OnDisk]) -> list[Assembled]:
    try:
        with time_limit(Rejected):
            return tools.assembler(said, on_disk)
    except Rejected as rejected:
        return [Assembled(said[0].code, rejected.outcome, str(rejected))]


def _store_all(run: Run, made: Iterable[list[Assembled]], inputs: list[ReportLine], progress: Progress) -> None:
    """Store what became of the articles; with a rejection, the file that told of it.

    This process does it for all: workers need not wait for the disk, and it waits for many at once.
    """
    told_by = {sites.digits(code): line for line in reversed(inputs) for code in line.codes}
    lost = {sites.digits(code) for code in run.outcomes}
    waiting: list[Assembled] = []
    since = time.monotonic()
    try:
        for batch in made:
            for one in batch:
                digits = sites.digits(one.code)
                if digits in lost:
                    continue  # a list alone may name it
                if one.reason and digits in told_by:
                    one.page = told_by[digits].named()
                waiting.append(one)
            progress.wrote(len(batch))
            if len(waiting) >= STORED_AT_ONCE or time.monotonic() - since > 1:
                together, waiting, since = waiting, [], time.monotonic()
                run.store(together)  # interrupted in here, the next run books them
    except KeyboardInterrupt:
        run.store(waiting)
        raise
    run.store(waiting)


def _report(run: Run, inputs: list[ReportLine], exit_code: int) -> dict[str, Any]:
    _tell_outcomes(run, inputs)
    lost = any(line.outcome == "quarantined" for line in inputs)
    tally = run.tally()
    if exit_code == exits.OK and not any(line.is_page or line.outcome == "quarantined" for line in inputs):
        exit_code = exits.NOTHING_FETCHED
    if exit_code == exits.OK and (lost or tally["quarantined"]):
        exit_code = exits.IN_QUARANTINE
    lines = [{"path": line.path, "outcome": line.outcome, "reason": line.reason} for line in inputs]
    inputs.clear()  # there may be very many
    return run.report(exit_code, {"inputs": lines})


def _tell_outcomes(run: Run, inputs: list[ReportLine]) -> None:
    """Put into each line that told of an article what became of it."""
    booked = {sites.digits(code): code for code in sorted(run.outcomes)}
    for line in inputs:
        if line.codes:
            code = line.codes[0] if line.codes[0] in run.outcomes else booked.get(sites.digits(line.codes[0]), "")
            line.outcome = run.outcomes.get(code, "read")
            line.reason = line.reason or run.article_reasons.get(code, "")


def default_workers() -> int:
    """One worker a core."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

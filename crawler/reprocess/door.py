"""The way through: walk, read, spool, write, book; with one process or several, and the same bytes either way."""

import ctypes
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from crawler import exits, interrupts, sources
from crawler.archive import Found, open_path
from crawler.items import Article
from crawler.reprocess.pictures import picture_stage
from crawler.reprocess.progress import Progress
from crawler.reprocess.reading import Input, read_input
from crawler.reprocess.spool import Spool
from crawler.reprocess.writing import Ended, Writer
from crawler.stages import stages
from crawler.store.run import Run

T = TypeVar("T")
R = TypeVar("R")

BATCH = 32
"""Pages or articles that travel to a worker at once: enough that the journey costs little."""
IN_FLIGHT = 3
"""Batches per worker that are under way: enough to keep it busy, few enough to bound memory."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h

_writer: Writer | None = None


def reprocess(
    paths: Iterable[Path], run: Run, settings: Mapping[str, Any], *, workers: int = 1, online: bool = False
) -> dict[str, Any]:
    """Turn everything below the paths into posts; returns the report, which lists every input once.

    The network is asked for nothing, and for pictures only when ``online`` (then by one process, politely). An
    interrupt leaves what is written, and the next run goes on from there. Raises RunError when the disk refuses.
    """
    steps = (*stages(settings), picture_stage(run.output, settings, online=online))
    writer = Writer(run.output, steps, settings["FINEWS_SHARE_HOST"])
    inputs: list[Input] = []
    exit_code = exits.OK
    pool = _pool(writer, 1 if online else workers)
    progress = Progress()
    spool = Spool(run.output / "state" / "spool.sqlite")
    try:
        with run.writing():
            found = _told_apart(page for path in _once(paths, run.output) for page in open_path(path, skip=run.output))
            for line, articles in _each(pool, workers, _read, writer, found):
                inputs.append(line)
                if line.outcome == "quarantined":
                    run.lost_page(line.path, line.reason, source=line.path)
                else:
                    run.page_recovered(line.path)
                for article in articles:
                    spool.add(article)
                progress.read(len(inputs))
            progress.articles = len(spool)
            ended = _each(pool, workers, _write, writer, spool)
            _book_all(run, (end for ends in ended for end in ends), inputs, progress)
        interrupts.no_more()
    except KeyboardInterrupt:
        exit_code = exits.INTERRUPTED
    except BrokenProcessPool:
        exit_code = exits.INTERNAL_ERROR
        print(
            "a worker process died (killed, out of memory?): run again to go on, with fewer --workers", file=sys.stderr
        )
    finally:
        progress.end()
        if pool:
            pool.shutdown(wait=True, cancel_futures=True)
        spool.close()
    return _report(run, inputs, exit_code)


def _told_apart(found: Iterable[Found]) -> Iterator[Found]:
    """Number those that stand at the same place of a container, so that each has a line of its own."""
    times: Counter[str] = Counter()
    for page in found:
        times[page.source] += 1
        yield page if times[page.source] == 1 else replace(page, source=f"{page.source} ({times[page.source]})")


def _once(paths: Iterable[Path], output: Path) -> Iterator[Path]:
    """The paths without those that others hold, so that no file is read twice; what lies in the output is not held."""
    inside = Path(os.path.realpath(output))
    real: dict[Path, Path] = {}
    for path in paths:
        real.setdefault(Path(os.path.realpath(path)), path)
    for place, path in real.items():
        if place.is_relative_to(inside) or not any(parent in real for parent in place.parents):
            yield path


def _pool(writer: Writer, workers: int) -> ProcessPoolExecutor | None:
    if workers <= 1:
        return None
    return ProcessPoolExecutor(workers, get_context("fork"), initializer=_begin, initargs=(writer, os.getpid()))


def _begin(writer: Writer, parent: int) -> None:
    """A worker: it leaves interrupts to the process that started it, and ends with it."""
    global _writer  # noqa: PLW0603 - the one thing that a worker process holds
    interrupts.leave_to_parent()
    _end_with(parent)
    _writer = writer


def _end_with(parent: int) -> None:
    """Die when the parent does, however it dies: a worker left behind would hold the run's lock for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:  # where the kernel does not see to it, and for a parent that died before it was asked to
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _read(_writer: Writer, batch: list[Any]) -> list[tuple[Input, tuple[Article, ...]]]:
    return [read_input(found) for found in batch]


def _write(writer: Writer, batch: list[list[Article]]) -> list[list[Ended]]:
    return [writer.write(said) for said in batch]


def _call(function: Callable[[Writer, list[T]], list[R]], batch: list[T]) -> list[R]:
    assert _writer
    return function(_writer, batch)


def _each(
    pool: ProcessPoolExecutor | None,
    workers: int,
    function: Callable[[Writer, list[T]], list[R]],
    writer: Writer,
    work: Iterable[T],
) -> Iterator[R]:
    """The results in the order of the work, whoever does it."""
    if pool is None:
        for item in work:
            yield from function(writer, [item])
        return
    under_way: list[Future[list[R]]] = []
    for batch in _batches(work):
        under_way.append(pool.submit(_call, function, batch))
        if len(under_way) >= workers * IN_FLIGHT:
            yield from under_way.pop(0).result()
    for future in under_way:
        yield from future.result()


def _batches(work: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(work)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _book_all(run: Run, ended: Iterable[Ended], inputs: list[Input], progress: Progress) -> None:
    """Book what became of each article, a batch at a time, with the file that told of it."""
    told_by = {sources.digits(code): line.path for line in reversed(inputs) for code in line.codes}
    for batch in _batches(ended):
        _book(run, batch, told_by)
        progress.wrote(len(batch))


def _book(run: Run, ended: list[Ended], told_by: Mapping[str, str]) -> None:
    for end in ended:
        run.counts.update(end.counts)
        run.counts["merge/disagreeing"] += end.disagreeing
        if end.outcome == "quarantined":
            run.quarantined(end.code, end.reason, source=told_by.get(sources.digits(end.code), ""))
        elif end.outcome == "out_of_scope":
            run.out_of_scope(end.code, end.reason)
            run.article_reasons[end.code] = end.reason
    run.booked([(e.code, e.post, e.file, e.sha256, e.outcome) for e in ended if e.post])


def _report(run: Run, inputs: list[Input], exit_code: int) -> dict[str, Any]:
    _tell_outcomes(run, inputs)
    lost = any(line.outcome == "quarantined" for line in inputs)
    tally = run.tally()
    if exit_code == exits.OK and (lost or tally["quarantined"]):
        exit_code = exits.IN_QUARANTINE
    lines = [{"path": line.path, "outcome": line.outcome, "reason": line.reason} for line in inputs]
    inputs.clear()  # there may be very many
    return run.report(exit_code, {"inputs": lines})


def _tell_outcomes(run: Run, inputs: list[Input]) -> None:
    """Put into each line that told of an article what became of it."""
    booked = {sources.digits(code): code for code in sorted(run.outcomes)}
    for line in inputs:
        if line.codes:
            code = line.codes[0] if line.codes[0] in run.outcomes else booked.get(sources.digits(line.codes[0]), "")
            line.outcome = run.outcomes.get(code, "read")
            line.reason = line.reason or run.article_reasons.get(code, "")


def default_workers() -> int:
    """One worker a core."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""The way through: walk, read, spool, assemble, store; with one process or several, and the same bytes either way."""

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler import exits, interrupts, sites
from crawler.exits import RunError
from crawler.pictures.stage import picture_stage
from crawler.progress import Progress
from crawler.reprocess.batching import LONGEST, of_articles
from crawler.reprocess.ending import report_of, store_all
from crawler.reprocess.finished import Finished
from crawler.reprocess.noted import Noted
from crawler.reprocess.pool import Pool, Processes
from crawler.reprocess.reader import Reader
from crawler.reprocess.spool import Spool
from crawler.reprocess.steps import Line, WorkerTools, assemble
from crawler.reprocess.worker_process import Order, spool_folder
from crawler.store.atomic import clear
from crawler.store.fingerprint import made_with
from crawler.store.run import Run
from crawler.words import translated

_DIED = "a worker died (killed, out of memory?): run again to go on, with fewer --workers"


@dataclass(frozen=True, slots=True)
class Engine:
    """Who does the work."""

    workers: int = 1
    """Processes of this machine."""
    online: bool = False
    """Whether the network is asked for pictures: by one process, politely."""
    again: bool = False
    """Whether files are opened that have not changed since an earlier run."""
    dask: str = ""
    """The address of a Dask scheduler whose workers do it, or ``local`` for processes of Dask on this machine."""


def reprocess(paths: Sequence[Path], run: Run, settings: Mapping[str, Any], engine: Engine) -> dict[str, Any]:
    """Turn everything below the paths into posts; returns the report, which lists every input once, read from disk.

    What an interrupt or a refusing disk (``run.fatal``) leaves, the next run goes on from. Raises RunError without a
    report, and ValueError when workers of a cluster have not what they need.
    """
    exit_code = exits.INTERNAL_ERROR
    used: Collection[int] | None = None
    spool = Spool(spool_folder(run.output) if engine.dask else run.output / "state", durable=bool(engine.dask))
    finished = Finished(run, settings, spool, paths, again=engine.again)
    pictures = picture_stage(run.output, settings, run.figures if engine.online else None)
    run.made_with, run.asked = made_with(settings), "saved"
    run.compare()
    with run.writing():
        spool.begin()
        order = Order.of(run, settings, paths) if engine.dask else None
        noted = Noted(run.output / "state")
    pool = _pool(WorkerTools.of(spool, run.posts, settings, pictures), engine, order)
    progress = Progress(run, settings["FINEWS_VERBOSITY"], lambda: noted.articles)
    try:
        with run.writing():
            reader = Reader(pool, finished, paths, run)
            for lines in reader.lines():
                _note(run, lines, noted, progress)
            _miss_articles(run, noted)
            progress.all_is_found()
            works = reader.works(of_articles(noted.said(), 1 if engine.online else LONGEST))
            store_all(run, pool.each(assemble, works, finished.made), noted, progress, finished)
            finished.tidy()
            used = finished.batches
            if order:  # workers that died meanwhile may have left half-written files
                clear(run.output)
        interrupts.ignore()
        exit_code = exits.OK
    except KeyboardInterrupt:
        exit_code = exits.INTERRUPTED
    except RunError as error:
        run.fatal = run.fatal or error
        exit_code = error.exit_code
    except BrokenProcessPool:
        print(translated(_DIED), file=sys.stderr)
    except BaseException:  # without a report
        noted.close()
        raise
    finally:
        progress.end()
        pool.close(at_once=exit_code != exits.OK)
        spool.end(used)
    with closing(noted):
        return report_of(run, noted, exit_code, finished.remembered)


def _pool(tools: WorkerTools, engine: Engine, order: Order | None) -> Pool[WorkerTools]:
    """Whoever does the work, on a cluster by the order. Raises RunError where nobody is at its address."""
    if order:
        from crawler.reprocess.cluster import Cluster  # noqa: PLC0415 - an extra

        return Cluster(engine.dask, order, tools, engine.workers)
    return Processes(tools, engine.workers) if engine.workers > 1 and not engine.online else Pool(tools)


def _note(run: Run, lines: list[Line], noted: Noted, progress: Progress) -> None:
    """Note lines of the report, and where which article is told of."""
    noted.add(lines)
    for line, _ in lines:
        if line.outcome != "quarantined":
            run.resolved(line.path)
        elif not line.missing:
            run.lost_page(line.path, line.reason, line.named())
    progress.tick(noted.lines)


def _miss_articles(run: Run, noted: Noted) -> None:
    """Put aside the lines that miss an article: it is lost, unless other lines tell of it, or earlier runs did."""
    for some in noted.missing():
        codes = sites.spellings(line.missing for _, line in some)
        there = {sites.digits(one.code) for one in run.posts.look(run.earlier.records(codes).values())}
        kept = {
            sites.digits(code)
            for code, articles in run.ledger.kept(codes).items()
            if noted.names(code) and any(article.origin != "list" for article in articles)
        }
        for number, line in some:
            digits = sites.digits(line.missing)
            if digits in kept or noted.teller(digits) or (digits in there and not line.withdrawn):
                if line.outcome == "quarantined":
                    run.lost_page(line.path, line.reason, line.named())
            elif line.withdrawn:
                run.withdrawn(line.withdrawn, line.missing, sites.other_spelling(line.missing))
            else:
                line.outcome = "quarantined"
                noted.change(number, line)
                run.lost_article(line.missing, line.reason, line.named())


def most_workers() -> int:
    """More only wait for a core, and may be more than the machine can hold."""
    return 16 * default_workers()


def default_workers() -> int:
    """One worker a core."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

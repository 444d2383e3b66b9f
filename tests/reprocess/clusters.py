"""Reprocessing on Dask: clusters as users start them, on a free port of the loopback, ended by their own ids; and looks at them."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from forked_scrapy import ROOT, Done, Running
from reprocess import makers
from reprocess.makers import Art
from reprocess.running import report, start
from torture.output_checks import mtimes, rows

ENVIRONMENT = {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
LONG = 3000.0
"""Seconds until a test gives up."""


class Cluster:
    """A scheduler, and workers that come and go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self.workers: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        where = ("--host", "127.0.0.1", "--port", "0", "--scheduler-file", file)
        self._scheduler = self._start("scheduler", *where)
        until("it listens", lambda: file.exists() and '"address"' in file.read_text())
        found = re.search(r'"(tcp://[^"]+)"', file.read_text())
        assert found
        self.address = found[1]

    def add(self) -> None:
        """One more worker; it comes when it is there."""
        local = self._folder / f"worker-{len(self.workers)}"
        self.workers.append(self._start("worker", self.address, "--nthreads", "1", "--local-directory", local))

    def close(self) -> None:
        for process in (*self.workers, self._scheduler):
            process.terminate()
        for process in (*self.workers, self._scheduler):
            process.wait(60)

    def _start(self, *args: object) -> "subprocess.Popen[bytes]":
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *map(str, args), "--no-dashboard"],
                cwd=self._folder,
                env={**os.environ, **ENVIRONMENT},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A cluster that ends with the block."""
    made = Cluster(folder)
    try:
        for _ in range(workers):
            made.add()
        yield made
    finally:
        made.close()


def save(folder: Path, articles: int) -> Path:
    """Two pages an article."""
    folder.mkdir()
    for n in range(articles):
        art = Art(n, medium=f"第{n % 30}日报")
        (folder / f"{n}.html").write_text(makers.desktop(art))
        (folder / f"NW{art.id}.json").write_text(makers.news_text(art))
    return folder


def local(output: Path, saved: Path) -> Running:
    return start(output, saved, "--dask", "local", "--workers", 2, "-q")


def until(what: str, is_so: Callable[[], object], running: Running | None = None) -> None:
    """Wait for it, as long as the command runs, if one does it."""
    end = time.monotonic() + LONG
    while not is_so():
        assert running is None or running.alive(), f"it ended before {what}"
        assert time.monotonic() < end, f"never {what}"
        time.sleep(0.01)


def nobody_is_left(running: Running) -> None:
    until("nobody is left", lambda: not running.members())


def said(output: Path) -> dict[str, int]:
    """When each file of what batches say was written, by name."""
    return {path.name: path.stat().st_mtime_ns for path in (output / "state" / "read").glob("spool-*")}


def marks(output: Path) -> list[str]:
    """The keys of what is done."""
    if not (output / "state" / "ledger.sqlite").exists():
        return []
    tables = rows(output, "SELECT name FROM sqlite_master WHERE name = 'marks'")
    return [key for (key,) in rows(output, "SELECT key FROM marks ORDER BY key")] if tables else []


def kill_a_worker(running: Running, output: Path) -> None:
    """As soon as something is read; its command hears of it when it is over."""
    until("something is read", lambda: said(output) and _workers(running), running)
    running.signal(signal.SIGSTOP)
    os.kill(_workers(running)[0], signal.SIGKILL)
    running.signal(signal.SIGCONT)


def watched(running: Running, every: float) -> tuple[Done, dict[int, int]]:
    """The command at its end, and the most memory (MB) that each of its processes had, by its id."""
    most: dict[int, int] = {}
    while running.alive():
        for pid in running.members():
            most[pid] = max(most.get(pid, 0), int(_status(pid, "VmHWM") or 0) >> 10)
        time.sleep(every)
    return running.wait(LONG), most


def nothing_is_done_again(output: Path, saved: Path) -> None:
    """Not even a worker is started."""
    before, first, done = (said(output), mtimes(output)), report(output), marks(output)
    assert len(done) > 2
    running = local(output, saved)
    ended, processes = watched(running, 0.01)
    again = report(output)
    print(f"a rerun: {ended.seconds:.1f} s")
    assert (ended.code, ended.err, set(processes)) == (0, "", {running.pid})
    assert (said(output), mtimes(output), marks(output)) == (*before, done)
    assert again["unchanged"] == again["found"] == first["found"]
    assert len(again["inputs"]) == len(first["inputs"])


def _workers(running: Running) -> list[int]:
    """Dask's own processes that do work: each has one of ours beside it."""
    members = running.members()
    processes = [pid for pid in members if "reprocess.worker_process" in _words(pid)]
    return sorted({int(_status(pid, "PPid") or 0) for pid in processes} & {*members})


def _words(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def _status(pid: int, name: str) -> str:
    try:
        found = re.search(rf"^{name}:\s*(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except OSError:
        return ""
    return found[1] if found else ""

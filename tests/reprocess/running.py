"""Reprocessing as a user runs it, measured; and what it leaves behind."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from run_scrapy import ROOT, SCRAPY

from crawler import post_format
from crawler.items import Post

_OPENED_BY_ONE = """
from crawler.reprocess import reading
from scrapy.cmdline import execute
reading.LARGE = {}
execute()
"""


@dataclass(frozen=True)
class Ended:
    """A command that ended: its code (negative: the signal), time, and the most memory one of its processes had."""

    code: int
    out: str
    err: str
    seconds: float
    peak: int


class Running:
    """``scrapy reprocess``, in a process group of its own, as a terminal starts it."""

    def __init__(
        self, output: Path, *args: object, env: Mapping[str, str] | None = None, large: int | None = None
    ) -> None:
        """``large``: from how many bytes on a file is opened by the process that walks, and its pages are shared out."""
        start = [str(SCRAPY)] if large is None else [sys.executable, "-c", _OPENED_BY_ONE.format(large)]
        command = [*start, "reprocess", *map(str, args), "-s", f"FINEWS_OUTPUT_DIR={output}"]
        self._out, self._err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - closed in wait
        self._begun = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=self._out, stderr=self._err,
            start_new_session=True,
        )  # fmt: skip

    def signal(self, number: int, *, group: bool = False) -> None:
        """Signal the process alone, or all of its group, as Ctrl-C does."""
        (os.killpg if group else os.kill)(self.process.pid, number)

    def alive(self) -> bool:
        return self.process.returncode is None and os.waitid(
            os.P_PID, self.process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT
        ) is None  # fmt: skip

    def members(self) -> list[int]:
        """Processes of the group that still run."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, group = path.read_text().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            if int(group) == self.process.pid and state != "Z":
                found.append(int(path.parent.name))
        return found

    def wait(self, timeout: float = 100) -> Ended:
        until, peak = time.monotonic() + timeout, 0
        while True:
            peak = max(peak, self._most_memory())
            pid, status = os.waitpid(self.process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > until:
                self.signal(signal.SIGKILL, group=True)
                os.waitpid(self.process.pid, 0)
                raise TimeoutError(f"still running after {timeout} s: {self._read(self._err)[-2000:]}")
            time.sleep(0.01)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - self._begun
        with self._out, self._err:
            out, err = self._read(self._out), self._read(self._err)
        return Ended(self.process.returncode, out, err, seconds, peak)

    def _most_memory(self) -> int:
        """The most that the process or one of its workers ever had; not `ru_maxrss`, which begins with the parent's."""
        own = Path(f"/proc/{self.process.pid}")
        try:
            workers = (own / f"task/{self.process.pid}/children").read_text().split()
        except OSError:
            return 0
        return max(map(_high_water, [own, *(Path("/proc", worker) for worker in workers)]))

    @staticmethod
    def _read(file: Any) -> str:
        file.seek(0)
        return str(file.read().decode("utf-8", "replace"))


def _high_water(process: Path) -> int:
    try:
        found = re.search(r"VmHWM:\s*(\d+) kB", (process / "status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def reprocess(
    output: Path,
    *args: object,
    env: Mapping[str, str] | None = None,
    large: int | None = None,
    timeout: float = 100,
) -> Ended:
    return Running(output, *args, env=env, large=large).wait(timeout)


def report(output: Path) -> dict[str, Any]:
    newest = max((output / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    found: dict[str, Any] = json.loads(newest.read_bytes())
    return found


def posts(output: Path) -> dict[str, Post]:
    folder = output / "_posts"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: post_format.parse(path.read_bytes(), path.name) for path in files}

"""A crawl as a user starts it, interpreter and all, where its own time, CPU or memory is what is measured."""

import os
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from forked_scrapy import ROOT, START
from run_scrapy import SCRAPY


@dataclass
class Measured:
    """An ended process: `cpu` seconds of user and system time, `seconds` on the clock."""

    code: int
    out: str
    err: str
    seconds: float
    cpu: float
    rss: list[tuple[float, int]] = field(default_factory=list)
    """(seconds since the start, bytes resident), sampled."""


class Process:
    """`with Process(output, env, …) as process: process.wait()`; ended at the latest when the block is left."""

    def __init__(self, output: Path, env: Mapping[str, str], *args: str, sample: float = 0) -> None:
        self._folder = output.parent / f"{output.name}-{time.monotonic_ns()}"
        self._folder.mkdir(parents=True)
        self._sample = sample
        self._rss: list[tuple[float, int]] = []
        command = [str(SCRAPY), "crawl", "finews", *START, *args, "-s", f"FINEWS_OUTPUT_DIR={output}"]
        self.started = time.monotonic()
        with (self._folder / "out").open("wb") as out, (self._folder / "err").open("wb") as err:
            self._popen = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=err)
        self.pid = self._popen.pid
        if sample:
            threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._popen.returncode is None:
            self._popen.kill()
            self._popen.wait()

    def signal(self, number: int) -> None:
        """Send a signal to this process."""
        self._popen.send_signal(number)

    def wait(self, timeout: float) -> Measured:
        """Wait for the end; raises TimeoutError when there is none in time."""
        until = time.monotonic() + timeout
        while True:
            pid, status, usage = os.wait4(self.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > until:
                raise TimeoutError(f"still running after {timeout} s: {self._text('err')[-2000:]}")
            time.sleep(0.005)
        seconds = time.monotonic() - self.started
        self._popen.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        return Measured(self._popen.returncode, self._text("out"), self._text("err"), seconds, cpu, self._rss)

    def _text(self, name: str) -> str:
        return (self._folder / name).read_text("utf-8", "replace")

    def _watch(self) -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        while self._popen.returncode is None:
            try:
                resident = int(Path(f"/proc/{self.pid}/statm").read_text("ascii").split()[1]) * page
            except (OSError, IndexError):
                return
            self._rss.append((time.monotonic() - self.started, resident))
            time.sleep(self._sample)

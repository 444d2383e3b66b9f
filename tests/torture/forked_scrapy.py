"""Crawls in processes of their own, forked from one that has the imports behind it: a second saved for each.

What runs is `scrapy` itself, with its arguments, environment and folder; only the interpreter's start is shared. An
order may also alter constants of modules, have writes fail (failing_writes.py), or record them (recorded_writes.py).
"""

import contextlib
import importlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[2]
START = ("-a", "start=http://finews.withounder.com/")
PRELOADED = (
    "scrapy.cmdline",
    "scrapy.core.engine",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.pqueues",
    "scrapy.squeues",
    "scrapy.extensions.throttle",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.downloadermiddlewares.httpproxy",
    "scrapy.downloadermiddlewares.redirect",
    "scrapy.downloadermiddlewares.robotstxt",
    "sqlalchemy.dialects.sqlite",
    "crawler.commands.crawl",
    "crawler.commands.reprocess",
    "crawler.spiders.finews",
    "crawler.pipelines.merge",
    "crawler.pipelines.klines",
    "crawler.pipelines.write",
)


@dataclass(frozen=True)
class Ended:
    """What a command left behind; a code below zero is the signal that ended it."""

    code: int
    out: str
    err: str
    seconds: float


@dataclass
class Running:
    """A command at work."""

    forker: "ScrapyForker"
    pid: int
    folder: Path
    started: float = field(default_factory=time.monotonic)
    code: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        if self.code is None:  # once told, the pid may be another's
            self.code = self.forker.ask({"poll": self.pid})
        return self.code

    def signal(self, number: int) -> None:
        """Send a signal to this very process, which is not waited for yet and so cannot be another by now."""
        os.kill(self.pid, number)

    def wait(self, timeout: float = 100) -> Ended:
        """Wait for the end; after the timeout the process is killed and the test fails."""
        while (code := self.poll()) is None:
            if time.monotonic() - self.started > timeout:
                self.signal(signal.SIGKILL)
                raise TimeoutError(f"still running after {timeout} s:\n{self._text('err')[-3000:]}")
            time.sleep(0.01)
        return Ended(code, self._text("out"), self._text("err"), time.monotonic() - self.started)

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8", "replace")


ONE_HOST_OF_BODIES = {"FINEWS_ORIGINS": "share,finews-page", "FINEWS_SHARE_HOSTS": "finews.zning.xyz"}
"""Where these tests break a host, its bodies are to be missed; the chain of origins has tests of its own."""


class ScrapyForker:
    """The process that crawls are forked from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._numbers = count(1)
        self._process = subprocess.Popen(
            [sys.executable, __file__], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, order: Mapping[str, Any]) -> Any:
        """One order, one answer, whichever thread asks."""
        assert self._process.stdin
        assert self._process.stdout
        with self._lock:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())

    def start(
        self,
        *args: str,
        output: Path,
        env: Mapping[str, str],
        constants: Mapping[str, float] | None = None,
        failing: Mapping[str, Any] | None = None,
        recording: Mapping[str, Any] | None = None,
    ) -> Running:
        """Start `scrapy` with the arguments; `constants` maps dotted names to values."""
        folder = self._folder / str(next(self._numbers))
        folder.mkdir(parents=True)
        order = {
            "argv": ["scrapy", *args, "-s", f"FINEWS_OUTPUT_DIR={output}"],
            "env": {**os.environ, **ONE_HOST_OF_BODIES, **env},
            "folder": str(folder),
            "constants": dict(constants or {}),
            "failing_writes": dict(failing or {}),
            "recorded_writes": dict(recording or {}),
        }
        return Running(self, self.ask(order), folder)

    def crawl(self, *args: str, timeout: float = 100, **kwargs: Any) -> Ended:
        """Crawl the world's finews site to the end."""
        return self.start("crawl", "finews", *START, *args, **kwargs).wait(timeout)

    def close(self) -> None:
        """End the forker; commands still at work go on to their own end."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()


# --- the other side


def serve() -> None:
    """Read orders from stdin, one JSON a line, until it closes."""
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    for name in PRELOADED:
        importlib.import_module(name)
    assert "twisted.internet.reactor" not in sys.modules, "a reactor must not be shared"
    for line in sys.stdin:
        order = json.loads(line)
        if "poll" in order:
            pid, status = os.waitpid(order["poll"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        elif not (answer := os.fork()):
            _become(order)
        print(json.dumps(answer), flush=True)


def _become(order: Mapping[str, Any]) -> NoReturn:
    """In the child: be the command, from its first line to its exit code."""
    code = 1
    try:
        _set_up(order)
        code = _scrapy(order["argv"])
    except BaseException:  # noqa: BLE001 - what the interpreter itself would print
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _set_up(order: Mapping[str, Any]) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{order['folder']}/{name}", os.O_WRONLY | os.O_CREAT, 0o644), number)
    os.environ.clear()
    os.environ.update(order["env"])
    random.seed()
    for name, value in order["constants"].items():
        module, _, constant = name.rpartition(".")
        setattr(importlib.import_module(module), constant, value)
    for name in ("failing_writes", "recorded_writes"):
        if order[name]:
            importlib.import_module(name).install(**order[name])


def _scrapy(argv: Sequence[str]) -> int:
    try:
        importlib.import_module("scrapy.cmdline").execute(list(argv))
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return end.code or 0
    return 0


if __name__ == "__main__":
    serve()

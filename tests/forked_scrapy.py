"""Commands in processes of their own, forked from one that has the imports behind it: a second saved for each.

What runs is `scrapy` or `finews` itself, with its arguments, environment and folder; only the interpreter's start is
shared. An order may also alter constants of modules, have writes fail (failing_writes.py), or record them (recorded_writes.py).
"""

import contextlib
import importlib
import json
import os
import pkgutil
import random
import re
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

ROOT = Path(__file__).parents[1]
START = ("-a", "start=http://finews.withounder.com/")
QUICK = {"crawler.middlewares.retry.BACKOFF": 0.02, "crawler.middlewares.host_state.LONGEST_PAUSE": 0.1}
"""What hosts fail is asked for again after no wait: where the wait is the point, constants are given, be it none."""
PRELOADED = (
    "scrapy.commands",
    "scrapy.core",
    "scrapy.downloadermiddlewares",
    "scrapy.extensions",
    "scrapy.spidermiddlewares",
    "sqlalchemy.dialects.sqlite",
    "crawler",
)
"""With all that is in them."""
APART = re.compile(
    r"crawler\.(?:demo|settings\w*|command_\w+|__main__)|scrapy.*\.(?:_?http2?|contracts|statsmailer|telnet)"
).fullmatch
"""The stand-in, which no crawl knows; what reads the environment; what is optional, old, or brings a reactor with it."""


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    """Below zero: the signal that ended it."""
    out: str
    err: str
    output: Path
    seconds: float = 0.0
    peak: int = 0
    """The most bytes of memory that one of its processes had."""

    def posts(self) -> dict[str, bytes]:
        folder = self.output / "_posts"
        return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


@dataclass
class Running:
    """A command at work, in a process group of its own, as a terminal starts it."""

    forker: "ScrapyForker"
    pid: int
    folder: Path
    output: Path
    started: float = field(default_factory=time.monotonic)
    code: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        if self.code is None:  # once told, the pid may be another's
            self.code = self.forker.ask({"poll": self.pid})
        return self.code

    def alive(self) -> bool:
        return self.poll() is None

    def signal(self, number: int, *, group: bool = False) -> None:
        """Signal this very process, which is not waited for yet, or all of its group, as Ctrl-C does."""
        (os.killpg if group else os.kill)(self.pid, number)

    def members(self) -> list[int]:
        """Processes of the group that still run."""
        found = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                state, _, group = path.read_text().rpartition(")")[2].split()[:3]
            except OSError:
                continue
            if int(group) == self.pid and state != "Z":
                found.append(int(path.parent.name))
        return found

    def wait(self, timeout: float = 100) -> Done:
        """Wait for the end; after the timeout the group is killed and the test fails."""
        peak = 0
        while (code := self.poll()) is None:
            peak = max(peak, self._most_memory())
            if time.monotonic() - self.started > timeout:
                self.signal(signal.SIGKILL, group=True)
                raise TimeoutError(f"still running after {timeout} s:\n{self._text('err')[-3000:]}")
            time.sleep(0.01)
        return Done(code, self._text("out"), self._text("err"), self.output, time.monotonic() - self.started, peak)

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8", "replace")

    def _most_memory(self) -> int:
        """The most that the process or one of its workers ever had; not `ru_maxrss`, which begins with the parent's."""
        own = Path(f"/proc/{self.pid}")
        try:
            workers = (own / f"task/{self.pid}/children").read_text().split()
        except OSError:
            return 0
        return max(map(_high_water, [own, *(Path("/proc", worker) for worker in workers)]))


def _high_water(process: Path) -> int:
    try:
        found = re.search(r"VmHWM:\s*(\d+) kB", (process / "status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


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
        env: Mapping[str, str] | None = None,
        constants: Mapping[str, float] | None = None,
        failing: Mapping[str, Any] | None = None,
        recording: Mapping[str, Any] | None = None,
        finews_in: Path | None = None,
    ) -> Running:
        """Start `scrapy` with the arguments, or `finews` in that folder; `constants` maps dotted names to values (QUICK)."""
        folder = self._folder / str(next(self._numbers))
        folder.mkdir(parents=True)
        order = {
            "argv": ["finews", *args] if finews_in else ["scrapy", *args, "-s", f"FINEWS_OUTPUT_DIR={output}"],
            "in": str(finews_in or ""),
            "env": {**os.environ, **(env or {})},
            "folder": str(folder),
            "constants": dict(QUICK if constants is None else constants),
            "failing_writes": dict(failing or {}),
            "recorded_writes": dict(recording or {}),
        }
        return Running(self, self.ask(order), folder, output)

    def crawl(self, *args: str, timeout: float = 100, **kwargs: Any) -> Done:
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
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    for name in PRELOADED:
        _load(name)
    assert not {"twisted.internet.reactor", "crawler.settings"} & sys.modules.keys(), "these must not be shared"
    for line in sys.stdin:
        order = json.loads(line)
        if "poll" in order:
            pid, status = os.waitpid(order["poll"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if pid else None
        elif not (answer := os.fork()):
            _become(order)
        else:
            with contextlib.suppress(OSError):  # it has done so itself, and may have ended
                os.setpgid(answer, 0)
        print(json.dumps(answer), flush=True)


def _load(name: str) -> None:
    """Import a module, and all those in it."""
    if not APART(name):
        module = importlib.import_module(name)
        for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
            _load(f"{name}.{found.name}")


def _become(order: Mapping[str, Any]) -> NoReturn:
    """In the child: be the command, from its first line to its exit code."""
    code = 1
    try:
        _set_up(order)
        code = _command(order["argv"])
    except BaseException:  # noqa: BLE001 - what the interpreter itself would print
        traceback.print_exc()
    finally:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _set_up(order: Mapping[str, Any]) -> None:
    os.setpgid(0, 0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(f"{order['folder']}/{name}", os.O_WRONLY | os.O_CREAT, 0o644), number)
    os.environ.clear()
    os.environ.update(order["env"])
    if order["in"]:
        os.chdir(order["in"])
    random.seed()
    for name, value in order["constants"].items():
        module, _, constant = name.rpartition(".")
        setattr(importlib.import_module(module), constant, value)
    for name in ("failing_writes", "recorded_writes"):
        if order[name]:
            importlib.import_module(f"torture.{name}").install(**order[name])


def _command(argv: Sequence[str]) -> int:
    try:
        if argv[0] == "finews":
            sys.argv = list(argv)
            importlib.import_module("crawler.__main__").main()
        else:
            importlib.import_module("scrapy.cmdline").execute(list(argv))
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return end.code or 0
    return 0


if __name__ == "__main__":
    serve()

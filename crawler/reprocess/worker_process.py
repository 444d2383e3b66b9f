"""A process beside a worker of a cluster, which does its work: a worker's threads know no signals, so no time limits.

What goes to and fro is packed by whoever sent it: the worker passes it on, and has none of it in memory for long.
"""

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Self

from crawler import interrupts
from crawler.pictures.stage import picture_stage
from crawler.reprocess.keys import made_with, settings_of
from crawler.reprocess.pool import end_with
from crawler.reprocess.spool import Spool
from crawler.reprocess.steps import WorkerTools
from crawler.store.atomic import make_folder
from crawler.store.posts import PostStore
from crawler.store.run import Run

IDLE: Final = 60.0
"""Seconds without work after which it ends: a cluster may stay for long, and nobody tells it that a run is over."""
_TRIES: Final = 3
_START: Final = (
    "import sys; sys.path[:] = sys.argv[3:]; from crawler.reprocess.worker_process import serve; serve(*sys.argv[1:3])"
)
_lock = threading.Lock()
_free: dict[bytes, list["WorkerProcess"]] = {}
"""Those that have nothing to do, by the order that they follow."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a process on any machine must know to have the tools of a run."""

    folder: str
    """Where paths begin that are not absolute."""
    output: str
    token: str
    """A file in the output folder, called as no other: whoever sees it sees the same folder."""
    paths: tuple[str, ...]
    """What is to be read."""
    settings: Mapping[str, Any]
    made_with: str
    keep_edited: bool
    by: str
    """Where posts are put (store/places.py)."""

    @classmethod
    def of(cls, run: Run, settings: Mapping[str, Any], paths: Iterable[Path]) -> Self:
        """That of the run. Raises OSError when the disk refuses the token."""
        folder = spool_folder(run.output).absolute()
        make_folder(folder)
        token = next(folder.glob("folder-*"), folder / f"folder-{os.urandom(8).hex()}")
        token.touch()
        return cls(
            folder=str(Path.cwd()),
            output=str(run.output.absolute()),
            token=str(token),
            paths=tuple(map(str, paths)),
            settings=settings_of(settings),
            made_with=made_with(settings),
            keep_edited=run.posts.keep_edited,
            by=run.posts.by,
        )

    def tools(self) -> WorkerTools:
        """The tools. Raises ValueError where this machine has not what it needs."""
        machine = os.uname().nodename
        for path in (self.folder, self.token, *(os.path.join(self.folder, path) for path in self.paths)):  # noqa: PTH118
            if not os.path.lexists(path):
                raise ValueError(f"the worker on {machine} does not see {path}: it must be there under the same path")
        if made_with(self.settings) != self.made_with:
            raise ValueError(f"the worker on {machine} runs another version of this project")
        os.chdir(self.folder)
        output = Path(self.output)
        posts = PostStore(output, keep_edited=self.keep_edited, by=self.by)
        spool = Spool(spool_folder(output), durable=True)
        return WorkerTools.of(spool, posts, self.settings, picture_stage(output, self.settings))


def spool_folder(output: Path) -> Path:
    """Where articles wait that later runs may need, too."""
    return output / "state" / "read"


class WorkerProcess:
    """The worker's side of it."""

    def __init__(self, order: bytes) -> None:
        self._pipe, theirs = Pipe()
        with theirs:
            words = [sys.executable, "-c", _START, str(theirs.fileno()), str(os.getpid()), *sys.path]
            self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])  # noqa: S603
        self._pipe.send_bytes(order)

    def do(self, task: bytes) -> bytes:
        """What comes of the task. Raises OSError and EOFError when the process is no more."""
        self._pipe.send_bytes(task)
        return self._pipe.recv_bytes()

    def end(self) -> None:
        """End the process."""
        self._pipe.close()
        self._process.kill()
        self._process.wait()


def work(order: bytes, task: bytes) -> bytes:
    """Have the task done; runs in a worker, in any thread. Raises BrokenProcessPool when whoever does it dies of it."""
    for _ in range(_TRIES):
        with _lock:
            waiting = _free.get(order, [])
            process = waiting.pop() if waiting else None
        process = process or WorkerProcess(order)
        try:
            answer = process.do(task)
        except (OSError, EOFError):  # killed, or at its end for having had nothing to do
            process.end()
            continue
        except BaseException:
            process.end()
            raise
        with _lock:
            _free.setdefault(order, []).append(process)
        return answer
    raise BrokenProcessPool


class _Call:
    """What is no object, but comes of a function when it is unpacked."""

    def __init__(self, function: Callable[..., bytes], *args: bytes) -> None:
        self._of = function, args

    def __reduce__(self) -> tuple[Callable[..., bytes], tuple[bytes, ...]]:
        return self._of


def call(order: bytes, task: bytes) -> bytes:
    """To be unpacked by a worker, which thereby has the task done: so nobody on the way has to know this project."""
    return pickle.dumps(_Call(work, order, task), pickle.HIGHEST_PROTOCOL)


def packed(function: Callable[[WorkerTools, Any], Any], batch: object) -> bytes:
    """The task."""
    return pickle.dumps((function, batch), pickle.HIGHEST_PROTOCOL)


def result_of(answer: bytes) -> Any:
    """What came of it; raises what the work raised."""
    is_well, result = pickle.loads(answer)  # noqa: S301 - from workers, whom the client has run its code anyway
    if not is_well:
        raise result
    return result


def serve(handle: str, parent: str) -> None:
    """Do tasks until the worker ends, or has none for some time."""
    interrupts.leave_to_parent()
    end_with(int(parent))
    with Connection(int(handle)) as pipe:
        order: Order = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from the client, whose code this runs
        tools: WorkerTools | None = None
        while pipe.poll(IDLE):
            try:
                task = pipe.recv_bytes()
            except EOFError:
                return
            try:
                tools = tools or order.tools()
                function, batch = pickle.loads(task)  # noqa: S301 - the same
                answer = True, function(tools, batch)
            except Exception as error:  # noqa: BLE001 - it is raised where the result is wanted
                answer = False, error
            pipe.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))

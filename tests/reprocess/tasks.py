"""Work for a process beside a worker: its functions must be importable there."""

import errno
import os
import signal
from pathlib import Path
from typing import NoReturn

from crawler.assemble.outcome import Rejected
from crawler.reprocess.steps import WorkerTools
from crawler.time_limit import time_limit


def where(tools: WorkerTools, batch: str) -> tuple[str, str, int]:
    return batch, str(tools.posts.place("2022-01-14-x.md").relative_to(Path.cwd())), os.getpid()


def dies(_: WorkerTools, times: str) -> int:
    """So many times: each leaves one byte less in the file."""
    left = Path(times).stat().st_size
    if left:
        os.truncate(times, left - 1)
        os.kill(os.getpid(), signal.SIGKILL)
    return left


def never_ends(_: WorkerTools, batch: str) -> None:
    with time_limit(Rejected, 0.2):
        while True:
            pass


def disk_is_full(_: WorkerTools, batch: str) -> NoReturn:
    raise OSError(errno.ENOSPC, "full", batch)

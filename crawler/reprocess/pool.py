"""Does work in batches, in this process or in several; the results come in the order of the work either way."""

import ctypes
import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import active_children, get_context
from typing import Any, Generic, TypeVar

from crawler import interrupts

S = TypeVar("S")
T = TypeVar("T")
R = TypeVar("R")

BATCH = 32
"""Files, pages or articles that travel to a worker at once: enough that the journey costs little."""
BATCH_BYTES = 4 << 20
"""What they may weigh together: few enough to bound memory."""
IN_FLIGHT = 3
"""Batches per worker that are under way: enough to keep it busy, few enough to bound memory."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h

_tools: Any = None


def batches(work: Iterable[T], weigh: Callable[[T], int] = lambda _: 0, most: int = BATCH) -> Iterator[list[T]]:
    """Give the work in batches: of ``most`` pieces, or of fewer that weigh more than BATCH_BYTES."""
    batch: list[T] = []
    heavy = 0
    for item in work:
        batch.append(item)
        heavy += weigh(item)
        if len(batch) == most or heavy > BATCH_BYTES:
            yield batch
            batch, heavy = [], 0
    if batch:
        yield batch


class Pool(Generic[S]):
    """Processes that have the same tools; with one worker, this process.

    ``each`` raises what the work raises, and ``BrokenProcessPool`` when a worker was killed.
    """

    def __init__(self, tools: S, workers: int) -> None:
        self._tools, self._workers = tools, workers
        self._processes: ProcessPoolExecutor | None = None
        if workers > 1:
            gc.freeze()  # what is there is not collected, so that workers share its memory for as long as they live
            self._processes = ProcessPoolExecutor(
                workers, get_context("fork"), initializer=_begin, initargs=(tools, os.getpid())
            )
            with interrupts.blocked():
                self._processes.submit(_nothing)  # starts them all

    def each(self, function: Callable[[S, list[T]], R], batches: Iterable[list[T]]) -> Iterator[R]:
        """The results, batch by batch."""
        if self._processes is None:
            for batch in batches:
                interrupts.check()
                yield function(self._tools, batch)
            return
        under_way: deque[Future[R]] = deque()
        for batch in batches:
            interrupts.check()
            under_way.append(self._processes.submit(_call, function, batch))
            if len(under_way) >= self._workers * IN_FLIGHT:
                yield under_way.popleft().result()
        while under_way:
            interrupts.check()
            yield under_way.popleft().result()

    def close(self, *, at_once: bool) -> None:
        """End the processes; what is under way is finished, unless ``at_once``, and what is not begun is not."""
        if self._processes:
            for process in active_children() if at_once else ():
                process.terminate()
            self._processes.shutdown(wait=True, cancel_futures=True)
            gc.unfreeze()


def _begin(tools: object, parent: int) -> None:
    """A worker: it leaves interrupts to the process that started it, and ends with it."""
    global _tools  # noqa: PLW0603 - the one thing that a worker process holds
    interrupts.leave_to_parent()
    _end_with(parent)
    _tools = tools


def _end_with(parent: int) -> None:
    """Die when the parent does, however it dies: a worker left behind would hold the run's lock for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:  # where the kernel does not see to it, and for a parent that died before it was asked to
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _nothing() -> None:
    pass


def _call(function: Callable[[Any, list[T]], R], batch: list[T]) -> R:
    return function(_tools, batch)

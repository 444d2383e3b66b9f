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
from typing import Any, Generic, Protocol, TypeVar

from crawler import interrupts

S = TypeVar("S")
T = TypeVar("T")
B = TypeVar("B")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

BATCH = 32
"""Files, pages or articles that travel to a worker at once: enough that the journey costs little."""
BATCH_BYTES = 4 << 20
"""What they may weigh together: few enough to bound memory."""
IN_FLIGHT = 3
"""Batches per worker that are under way: enough to keep it busy, few enough to bound memory."""

_PR_SET_PDEATHSIG = 1  # linux/prctl.h

_tools: Any = None


def batches(
    work: Iterable[T],
    weigh: Callable[[T], int] = lambda _: 0,
    most: int = BATCH,
    ends: Callable[[T], bool] = lambda _: False,
) -> Iterator[list[T]]:
    """Give the work in batches: of ``most`` pieces, of fewer that weigh more than BATCH_BYTES, or to one that ends."""
    batch: list[T] = []
    heavy = 0
    for item in work:
        batch.append(item)
        heavy += weigh(item)
        if len(batch) == most or heavy > BATCH_BYTES or ends(item):
            yield batch
            batch, heavy = [], 0
    if batch:
        yield batch


class Awaited(Protocol[R_co]):
    """What comes of a batch."""

    def result(self) -> R_co:
        """Wait for it; raises what the work raises."""
        ...


class Pool(Generic[S]):
    """Whoever does the work, with the same tools: this process."""

    most = 1
    """Batches that are under way, before the first of them is waited for."""

    def __init__(self, tools: S) -> None:
        self._tools = tools

    def each(
        self, function: Callable[[S, B], R], batches: Iterable[B], known: Callable[[B], R | None] = lambda _: None
    ) -> Iterator[tuple[B, R]]:
        """Each batch with its result, which ``known`` may have: then nothing is done. Raises what the work raises."""
        under_way: deque[tuple[B, Awaited[R]]] = deque()
        for batch in batches:
            interrupts.check()
            found = known(batch)
            under_way.append((batch, self._submit(function, batch) if found is None else _done(found)))
            if len(under_way) >= self.most:
                yield _first(under_way)
        while under_way:
            interrupts.check()
            yield _first(under_way)

    def _submit(self, function: Callable[[S, B], R], batch: B) -> Awaited[R]:
        return _done(function(self._tools, batch))

    def close(self, *, at_once: bool) -> None:
        """End whoever works; what is under way is finished, unless ``at_once``, and what is not begun is not."""


class Processes(Pool[S]):
    """Processes of this machine, which share what is in memory. Work raises BrokenProcessPool when one was killed."""

    def __init__(self, tools: S, workers: int) -> None:
        super().__init__(tools)
        self.most = workers * IN_FLIGHT
        gc.freeze()  # what is there is not collected, so that workers share its memory for as long as they live
        self._processes = ProcessPoolExecutor(
            workers, get_context("fork"), initializer=_begin, initargs=(tools, os.getpid())
        )
        with interrupts.blocked():
            self._processes.submit(os.getpid)  # starts them all

    def _submit(self, function: Callable[[S, B], R], batch: B) -> Awaited[R]:
        return self._processes.submit(_call, function, batch)

    def close(self, *, at_once: bool) -> None:
        """End the processes."""
        for process in active_children() if at_once else ():
            process.terminate()
        self._processes.shutdown(wait=True, cancel_futures=True)
        gc.unfreeze()


def end_with(parent: int) -> None:
    """Die when the parent does, however it dies: a worker left behind would hold the run's lock for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)

    def watch() -> None:  # where the kernel does not see to it, and for a parent that died before it was asked to
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _first(under_way: deque[tuple[B, Awaited[R]]]) -> tuple[B, R]:
    """Wait for the first, and let go of it."""
    batch, awaited = under_way.popleft()
    return batch, awaited.result()


def _done(result: R) -> Awaited[R]:
    done: Future[R] = Future()
    done.set_result(result)
    return done


def _begin(tools: object, parent: int) -> None:
    """A worker: it leaves interrupts to the process that started it, and ends with it."""
    global _tools  # noqa: PLW0603 - the one thing that a worker process holds
    interrupts.leave_to_parent()
    end_with(parent)
    _tools = tools


def _call(function: Callable[[Any, B], R], batch: B) -> R:
    return function(_tools, batch)

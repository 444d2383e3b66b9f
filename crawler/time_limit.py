"""A bound for work on foreign text, should any of it take longer than its length allows for."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType
from typing import Final

SECONDS: Final = 20.0
"""Of processor time for one page or one step of an article: ordinary ones take milliseconds."""


class _Late(BaseException):
    """No handler of errors on the way may take it for one of its own."""


class _Clock:
    runs = False


@contextmanager
def time_limit(raising: Callable[[str], Exception], seconds: float = SECONDS) -> Iterator[None]:
    """Raise ``raising(reason)`` from what still runs after so much processor time; in the main thread only.

    Patterns are interrupted, too: they look for signals from time to time.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _listen()
    _Clock.runs = True
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)  # again, where a finalizer swallowed it
    try:
        yield
    except _Late:
        raise raising(f"takes longer than {seconds:.0f} s: no page of news does") from None
    finally:
        _Clock.runs = False
        signal.setitimer(signal.ITIMER_PROF, 0)


@cache
def _listen() -> None:
    """Once in a process: to set a handler costs as much as all else here, and there are six limits an article."""
    signal.signal(signal.SIGPROF, _late)


def _late(_number: int, _frame: FrameType | None) -> None:
    if _Clock.runs:
        raise _Late

"""Ctrl-C and SIGTERM while a command starts, and for those without an engine: the first one ends the work.

No later one disturbs the end.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from crawler import exits
from crawler.words import translated

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_came = 0


def end_at_once(program: str) -> None:
    """From here on a signal ends the process at once, with words and exit code: nothing that has an end is begun."""

    def end(_number: int, _frame: FrameType | None) -> NoReturn:
        try:
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_IGN)
            tell(program)
        finally:
            os._exit(exits.INTERRUPTED)

    for number in _SIGNALS:
        signal.signal(number, end)


def as_ever() -> None:
    """From here on signals do what Python has them do: a shell has ways of its own."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def tell(program: str) -> None:
    """Say that the command was interrupted."""
    print(f"{program}: {translated(exits.WORDS[exits.INTERRUPTED])}", file=sys.stderr, flush=True)


def install() -> None:
    """From here on the first signal raises KeyboardInterrupt where the main thread is; those after it do nothing."""
    for number in _SIGNALS:
        signal.signal(number, _interrupt)


def ignore() -> None:
    """What was to be interrupted is done: from here on no signal does anything. It undoes nothing but ``install``."""
    for number in _SIGNALS:
        if signal.getsignal(number) is _interrupt:
            signal.signal(number, signal.SIG_IGN)


def check() -> None:
    """Raise KeyboardInterrupt again when one came and got lost: finalizers and callbacks swallow what is raised."""
    if _came:
        raise KeyboardInterrupt


def again() -> None:
    """Have the process get the signal once more that came and got lost, for whoever handles it by now."""
    if _came:
        os.kill(os.getpid(), _came)


@contextmanager
def blocked() -> Iterator[None]:
    """Signals wait meanwhile, also in processes that are started: what runs at a fork would swallow an interrupt."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_to_parent() -> None:
    """In a worker process: an interrupt from the terminal is for the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def _interrupt(number: int, _frame: FrameType | None) -> NoReturn:
    global _came  # noqa: PLW0603 - signals are the process's
    ignore()
    _came = number
    raise KeyboardInterrupt

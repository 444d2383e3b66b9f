"""Ctrl-C and SIGTERM for the commands without an engine: the first one ends the work, no later one disturbs the end."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_SIGNALS = (signal.SIGINT, signal.SIGTERM)

_came = False


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


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    global _came  # noqa: PLW0603 - signals are the process's
    ignore()
    _came = True
    raise KeyboardInterrupt

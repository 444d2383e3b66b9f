"""Ctrl-C and SIGTERM for the commands without an engine: the first one ends the work, no later one disturbs the end."""

import signal
from types import FrameType
from typing import NoReturn

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def heed() -> None:
    """From here on the first signal raises KeyboardInterrupt where the main thread is; those after it do nothing."""
    for number in _SIGNALS:
        signal.signal(number, _interrupt)


def no_more() -> None:
    """What was to be interrupted is done: from here on no signal does anything. Without ``heed`` all stays as it is."""
    for number in _SIGNALS:
        if signal.getsignal(number) is _interrupt:
            signal.signal(number, signal.SIG_IGN)


def leave_to_parent() -> None:
    """In a worker process: an interrupt from the terminal is for the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    no_more()
    raise KeyboardInterrupt

"""Output that may go nowhere: a closed pipe, a full device, a closed descriptor end no run and cause no traceback."""

import os
import sys
from contextlib import suppress
from typing import Any, TextIO, cast


class _Tolerant:
    """A text stream that, once it cannot be written to, swallows what it is given."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except (OSError, ValueError):
            self._to_nowhere()
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except (OSError, ValueError):
            self._to_nowhere()

    def _to_nowhere(self) -> None:
        """Lead the descriptor away: what is still in buffers is written when the interpreter ends."""
        with suppress(OSError, ValueError):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, self._stream.fileno())
            os.close(nothing)


def tolerate() -> None:
    """From here on standard output and standard error may fail."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller: else the next file that is opened would take its number
            stream = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
        if not isinstance(stream, _Tolerant):
            setattr(sys, name, cast("TextIO", _Tolerant(stream)))

"""Output that may go nowhere: a closed pipe, a full device, a closed descriptor end no run and cause no traceback.

And standard error for programs: one JSON object a line.
"""

import atexit
import errno
import io
import json
import logging
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TextIO, cast

from crawler.printable import printable


class _Tolerant:
    """A text stream that, once it cannot be written to, swallows what it is given."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.lost = ""
        """Why something did not get where it was to be; "" also where nobody listens any more."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except (OSError, ValueError) as error:
            self._to_nowhere(error)
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except (OSError, ValueError) as error:
            self._to_nowhere(error)

    def _to_nowhere(self, error: OSError | ValueError) -> None:
        """Lead the descriptor away: what is still in buffers is written when the interpreter ends."""
        if isinstance(error, OSError) and error.errno != errno.EPIPE:
            self.lost = self.lost or error.strerror or str(error)
        with suppress(OSError, ValueError):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, self._stream.fileno())
            os.close(nothing)


def speak_utf8() -> None:
    """Begin anew in Python's UTF-8 mode, where the locale has another encoding: words and names of files are UTF-8.

    ``LANG=zh_CN`` alone means GB2312, and a word that was typed in UTF-8 would be found nowhere. Python itself
    has that mode from 3.15 on. ``PYTHONUTF8=0`` keeps the locale's encoding.
    """
    if sys.getfilesystemencoding() == "utf-8" or "PYTHONUTF8" in os.environ or not sys.executable:
        return
    os.environ["PYTHONUTF8"] = "1"
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - the same program again


def tolerate() -> None:
    """From here on standard output and standard error may fail."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller: else the next file that is opened would take its number
            stream = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
        if isinstance(stream, io.TextIOWrapper):  # a sign that the terminal has not is spelled out
            stream.reconfigure(errors="backslashreplace")
        if not isinstance(stream, _Tolerant):
            setattr(sys, name, cast("TextIO", _Tolerant(stream)))


def lost() -> str:
    """Why some of what was said on standard output is lost, though somebody wants it; else ""."""
    sys.stdout.flush()
    return sys.stdout.lost if isinstance(sys.stdout, _Tolerant) else ""


class _JsonLines(_Tolerant):
    """Makes an object of each line that is none yet."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._begun = ""
        atexit.register(self._end)

    def write(self, text: str) -> int:
        *lines, self._begun = f"{self._begun}{text}".split("\n")
        for line in filter(str.strip, lines):
            super().write((line if line.startswith('{"time":') else _object(line.strip())) + "\n")
        return len(text)

    def isatty(self) -> bool:
        """No: whoever reads it is no person."""
        return False

    def _end(self) -> None:
        self.write("\n")


def tell_in_json() -> None:
    """From here on every line on standard error is a JSON object, whoever writes it."""
    tolerate()
    if not tells_in_json():
        sys.stderr = cast("TextIO", _JsonLines(sys.stderr))


def tells_in_json() -> bool:
    """Whether ``tell_in_json`` was called."""
    return isinstance(sys.stderr, _JsonLines)


class JsonFormatter(logging.Formatter):
    """A record of the log, with its traceback, as one object."""

    def format(self, record: logging.LogRecord) -> str:
        """The object, on one line."""
        traceback = self.formatException(record.exc_info) if record.exc_info else ""
        told = {"level": record.levelname, "logger": record.name} | ({"traceback": traceback} if traceback else {})
        return _object(record.getMessage(), **told)


def _object(message: str, **more: str) -> str:
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    told = {"time": time, **more, "message": message}
    plain = {name: "\n".join(map(printable, text.split("\n"))) for name, text in told.items()}
    return json.dumps(plain, ensure_ascii=False)

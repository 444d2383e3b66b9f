"""A part of a file as a stream, and where such parts may be cut."""

import io
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

_PIECE = 1 << 16
_SEAM = 64
"""Bytes that are looked at again, for a mark may have been read in part."""


class _Stretch(io.RawIOBase):
    def __init__(self, file: BinaryIO, start: int, end: int, behind: bytes) -> None:
        self._file, self._end, self._behind = file, end, behind
        file.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(place, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._file.read(max(0, min(len(view), self._end - self._file.tell())))
        if not data:
            data, self._behind = self._behind[: len(view)], self._behind[len(view) :]
        view[: len(data)] = data
        return len(data)


def stretch(file: BinaryIO, start: int, end: int, behind: bytes = b"") -> "io.BufferedReader[Any]":
    """Give the bytes of a file from ``start`` up to ``end``; places in it are those of the file.

    ``behind``: what is read once behind them.
    """
    return io.BufferedReader(_Stretch(file, start, end, behind), _PIECE)


def ends(file: BinaryIO, mark: re.Pattern[bytes], size: int) -> Iterator[int]:
    """Give where stretches of at least so many bytes end: before the next mark each, the last with the file.

    Nothing for a file that would be one.
    """
    last = 0
    while place := _next(file, mark, last + size):
        yield place
        last = place
    if last:
        yield file.seek(0, io.SEEK_END)


def _next(file: BinaryIO, mark: re.Pattern[bytes], place: int) -> int:
    """Give the place of the first mark that begins there or later; 0 for none."""
    file.seek(start := max(0, place - _SEAM))
    held = b""
    while data := file.read(_PIECE):
        held += data
        for found in mark.finditer(held):
            if start + found.start() >= place:
                return start + found.start()
        start += max(0, len(held) - _SEAM)
        held = held[-_SEAM:]
    return 0

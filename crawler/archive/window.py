"""The bytes of a stream from a mark on: held until what begins there has proved whole, so that one can go back."""

import re
from typing import Any

from crawler.archive.model import Gap

_PIECE = 1 << 16
_SEAM = 1 << 12
"""Bytes that are looked at again where what is searched for may have been read in part."""


class Window:
    """What was read of a stream and is not yet done with; ``at`` is where the mark is in ``held``.

    :param limit: bytes that may be held behind the mark.
    :param seekable: whether it is a file to move about in: then ``piece`` gives more than may be held, too.
    """

    def __init__(self, stream: Any, limit: int, *, seekable: bool = False) -> None:
        self._stream, self._limit, self._seekable = stream, limit + 2 * _SEAM, seekable
        self.read = stream.tell() if seekable else 0
        """Where in the stream what is held ends."""
        self.held, self.at = bytearray(), 0
        self.last = b""
        """The last bytes that were read."""
        self.gap: Gap | None = None
        """What is lost behind the bytes that are held."""
        self.error: Exception | None = None
        """Why nothing more can be read."""
        self.ended = False

    def fill(self, size: int) -> bool:
        """Hold so many bytes from the mark on; tell whether there are so many, and may be held."""
        while len(self.held) - self.at < size <= self._limit - min(0, self.at) and not (self.gap or self.ended):
            self._read()
        return len(self.held) - self.at >= size

    def piece(self, place: int, size: int = _PIECE) -> bytes:
        """Give some bytes from a place behind the mark on; b"" at the end, and at what cannot be held."""
        if self._seekable and self.at + place >= self._limit:
            del self.held[: self.at + place]
            self.at = -place
        self.fill(place + 1)
        return self.bytes_at(self.at + place, self.at + place + size)

    def bytes_at(self, start: int, end: int) -> bytes:
        """Copy what is held between two places of it, once."""
        with memoryview(self.held) as view:
            return bytes(view[start:end])

    def back(self) -> None:
        """Go back to the mark when it is no longer held."""
        if self.at < 0:
            self.read += self.at - len(self.held)
            self._stream.seek(self.read)
            self.held.clear()
            self.at, self.ended, self.error = 0, False, None

    def move(self, size: int) -> None:
        """Be done with so many bytes: the mark is behind them."""
        self.at += size
        if self.at > 2 * _PIECE:  # of more the memory is another each time, and none of it in the processor's cache
            del self.held[: self.at]
            self.at = 0

    def find(self, mark: re.Pattern[bytes], skip: int = 0) -> bool:
        """Move to where something begins, at least so many bytes on; tell whether it does."""
        self.back()
        self.move(min(skip, len(self.held) - self.at))
        while not (found := mark.search(self.held, self.at)):
            if self.gap:
                self.held.clear()
                self.at, self.gap = 0, None
            self.move(max(0, len(self.held) - self.at - _SEAM))
            if not self.fill(len(self.held) - self.at + 1) and not self.gap:
                self.move(len(self.held) - self.at)
                return False
        self.move(found.start() - self.at)
        return True

    def _read(self) -> None:
        try:
            data = self._stream.read1(_PIECE)  # a full read loses what came before an error
        except Gap as gap:
            self.gap = gap
        except Exception as error:  # noqa: BLE001 - it is raised when what came before it is read
            self.error, self.ended = error, True
        else:
            self.ended = not data
            self.read += len(data)
            self.held += data
            self.last = (self.last + data)[-8:]

"""The bytes of a WARC file from a record on: held until the record has proved whole, so that one can go back in it."""

from typing import Any

from crawler.archive.model import Gap

_PIECE = 1 << 16
_SEAM = 1 << 12
"""Bytes that are looked at again where the first line of a record may have been read in part."""


class Window:
    """What was read of a stream and is not yet done with; ``at`` is where the next record begins in ``held``."""

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream = stream
        self._limit = limit + 2 * _SEAM
        self.held, self.at = bytearray(), 0
        self.last = b""
        """The last bytes of the file, as far as it was read."""
        self.gap: Gap | None = None
        """What is lost behind the bytes that are held."""
        self.error: Exception | None = None
        """Why nothing more can be read."""
        self.ended = False

    def fill(self, size: int) -> bool:
        """Hold so many bytes from the record on; tell whether there are so many, and may be held."""
        while len(self.held) - self.at < size <= self._limit and not (self.gap or self.ended):
            self._read()
        return len(self.held) - self.at >= size

    def piece(self, place: int) -> bytes:
        """Give some bytes from a place behind the record's beginning on; b"" at the end, and at what cannot be held."""
        self.fill(place + 1)
        return bytes(self.held[self.at + place : self.at + place + _PIECE])

    def move(self, size: int) -> None:
        """Be done with so many bytes."""
        self.at += size
        if self.at > 16 * _PIECE:
            del self.held[: self.at]
            self.at = 0

    def find(self, mark: Any, skip: int = 0) -> bool:
        """Move to the first line of a record, at least so many bytes on; tell whether there is one."""
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
            self.held += data
            self.last = (self.last + data)[-8:]

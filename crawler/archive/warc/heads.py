"""Reads a WARC file line by line and block by block, and takes back what a record took that was not its own."""

import logging
import re
from typing import Any

from crawler.archive.model import MIB

logging.getLogger("warcio").setLevel(logging.ERROR)  # it warns of blanks in addresses, which it mends

MOST = 1 << 20
"""Bytes of one record's head and of the blank lines before it: real ones have some KiB, a long ``data:`` address more.

Payloads are not read by lines: they may be as long as they like without one.
"""
_PIECE = 1 << 16
_WINDOW = 2 * MIB
"""Bytes of a record that are kept until it has proved whole: the last ones."""
_SEAM = 1 << 12
"""Bytes that are looked at again where a head may have been read in part."""


class TooLong(ValueError):
    """A head does not end."""


class WrongLength(ValueError):
    """The block of a record goes far beyond the head of another."""


class Heads:
    """A reader for warcio whose heads have an end; ``mark`` is the first line of a record.

    warcio's own reader joins a long line from blocks of 16 KiB, each time anew, and keeps every line of a head: a file
    of zeros cost time by the square of its size, and one that is all head was held in memory.
    """

    def __init__(self, stream: Any, mark: re.Pattern[bytes]) -> None:
        self._stream, self._mark = stream, mark
        self._ahead, self._place = b"", 0
        self._kept: list[bytes] = []
        self._size = self._total = self._again = 0
        self._left = MOST
        self.last = b""
        """The last bytes of the file, as far as it was read."""

    @property
    def ended(self) -> bool:
        """Whether the whole file was read."""
        return not self._stream.peek(1)

    def begin(self) -> None:
        """Keep what is read from here on: the first line of a record was read."""
        self._kept.clear()
        self._size = 0

    def allow(self) -> None:
        """Allow a whole head again."""
        self._left = MOST

    def tell(self) -> int:
        """Tell how many bytes of the record were read."""
        return self._size

    @property
    def kept(self) -> bytes:
        """What was read of the record behind its first line: all of a head, the end of a block."""
        return b"".join(self._kept)

    def read(self, length: int = _PIECE) -> bytes:
        """Read some bytes, up to ``length``; b"" at the end. Raises WrongLength."""
        if self._place < len(self._ahead):
            data = self._ahead[self._place : self._place + min(length, _PIECE)]
            self._place += len(data)
        else:
            data = self._fresh(self._stream.read1(min(length, _PIECE)))  # a full read loses what came before an error
        self._keep(data)
        if self._size > _WINDOW:
            kept = b"".join(self._kept)
            if self._mark.search(kept):
                raise WrongLength("its length is wrong: another record begins inside it")
            self._kept, self._size = [kept[-_SEAM:]], _SEAM
        return data

    def readline(self, length: int | None = None) -> bytes:
        """Read a line, up to ``length`` bytes of it; raises TooLong when the head has become too long."""
        room = self._left if length is None else min(length, self._left)
        line = b""
        if self._place < len(self._ahead):
            end = self._ahead.find(b"\n", self._place, self._place + room) + 1
            line = self._ahead[self._place : end or self._place + room]
            self._place += len(line)
        if len(line) < room and not line.endswith(b"\n"):
            line += self._fresh(self._stream.readline(room - len(line)))
        self._keep(line)
        self._left -= len(line)
        if self._left <= 0:
            raise TooLong(f"what should be the head of a record does not end within {MOST >> 10} KiB")
        return line

    def go_back(self) -> bool:
        """Go back to the head of another record in what was kept, or to where one may begin; tell whether one is there.

        Of data that asks for it again and again no more is read a second time.
        """
        kept = b"".join(self._kept)
        found = self._mark.search(kept)
        if self._again <= 64 * MIB + 8 * self._total:
            again = kept[found.start() if found else -_SEAM :]
            self._again += len(again)
            self._put_back(again)
        self.begin()
        return found is not None

    def find(self) -> bool:
        """Move to the head of another record; tell whether there is one."""
        seen = b""
        while data := self.read():
            self.begin()
            seen += data
            if found := self._mark.search(seen):
                self._put_back(seen[found.start() :])
                return True
            seen = seen[-_SEAM:]
        return False

    def _put_back(self, data: bytes) -> None:
        self._ahead, self._place = data + self._ahead[self._place :], 0

    def _keep(self, data: bytes) -> None:
        self._kept.append(data)
        self._size += len(data)

    def _fresh(self, data: bytes) -> bytes:
        self._total += len(data)
        self.last = (self.last + data)[-512:] if len(data) < 512 else data[-512:]
        return data

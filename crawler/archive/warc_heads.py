"""Reads the heads of WARC records line by line, and gives up on what is no head after a while."""

import logging
from typing import Any

from warcio.bufferedreaders import DecompressingBufferedReader

logging.getLogger("warcio").setLevel(logging.ERROR)  # it warns of blanks in addresses, which it mends

MOST = 1 << 20
"""Bytes of one record's head and of the blank lines before it: real ones have some KiB, a long ``data:`` address more.

Payloads are not read by lines: they may be as long as they like without one.
"""
_PIECE = 1 << 14


class Heads(DecompressingBufferedReader):  # type: ignore[misc]
    """A reader for warcio whose heads have an end.

    warcio's own joins a long line from blocks of 16 KiB, each time anew, and keeps every line of a head: a file of
    zeros cost time by the square of its size, and one that is all head was held in memory.
    """

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self._left = MOST

    def begin(self) -> None:
        """Allow a whole head again: another record begins."""
        self._left = MOST

    def readline(self, length: int | None = None) -> bytes:
        """Read a line, up to ``length`` bytes of it; raises ValueError when the head has become too long."""
        room = self._left if length is None else min(length, self._left)
        pieces = []
        while room > 0 and (piece := super().readline(min(room, _PIECE))):
            pieces.append(piece)
            room -= len(piece)
            self._left -= len(piece)
            if piece.endswith(b"\n"):
                break
        if self._left <= 0:
            raise ValueError(f"what should be the head of a record does not end within {MOST >> 10} KiB")
        return b"".join(pieces)

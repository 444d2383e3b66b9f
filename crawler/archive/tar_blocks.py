"""The blocks of a tar file as a stream: where an archive begins, whether it has ended, and what stands behind it."""

import contextlib
import io
import tarfile
from typing import Any

from crawler.archive.found import TrailingGarbage

_BLOCK = tarfile.BLOCKSIZE
_CHUNK = 1 << 16


def is_header(block: bytes) -> bool:
    """Tell whether a block is the header of a member: its checksum says so."""
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


class Blocks:
    """A stream for ``tarfile`` that only goes forward, so that what follows the end of an archive can be read, too.

    tarfile's own reader of streams reads ahead, and what it has read ahead is lost with it.
    """

    def __init__(self, stream: "io.BufferedReader[Any]") -> None:
        self._stream = stream
        self._at = 0
        self._held = b""
        self._last = b""
        self.late = False
        """Whether empty blocks stand where the first archive should begin."""

    def begin(self) -> bool:
        """Go to where an archive begins; False at the end of the file. Raises for what is no archive."""
        first = self._at == 0
        with contextlib.suppress(TrailingGarbage):
            while (block := self.read(_BLOCK)) and not block.strip(b"\0"):
                self.late = self.late or first
        if not block or not block.strip(b"\0"):
            return False
        if first and len(block) < _BLOCK:
            raise EOFError("its first header is not whole")
        if not is_header(block):
            raise ValueError(f"{'its beginning is' if first else 'what stands behind its end is'} no tar archive")
        self._held, self._at = block, self._at - _BLOCK
        return True

    def check_end(self) -> None:
        """Raise when the archive that was read last has no end of its own: tarfile is silent about it."""
        if len(self._last) < _BLOCK:
            raise EOFError("the archive's own end is not there")
        if self._last.strip(b"\0"):
            raise ValueError("a header is not one: what stands behind it is not read")

    def tell(self) -> int:
        """Tell how many bytes were read."""
        return self._at

    def seekable(self) -> bool:
        """Say that it cannot go back."""
        return False

    def seek(self, position: int) -> int:
        """Read on up to a position, or to the end."""
        if position < self._at:
            raise ValueError("its members stand in no order")
        while self._at < position and self.read(min(position - self._at, _CHUNK)):
            pass
        return self._at

    def read(self, size: int) -> bytes:
        """Read so many bytes, less at the end."""
        pieces, self._held = [self._held[:size]], self._held[size:]
        missing = size - len(pieces[0])
        while missing > 0 and (piece := self._stream.read1(missing)):  # a full read loses what came before an error
            pieces.append(piece)
            missing -= len(piece)
        data = b"".join(pieces)
        self._at += len(data)
        self._last = data[-_BLOCK:]
        return data

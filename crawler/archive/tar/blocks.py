"""The blocks of a tar file as a stream: where an archive begins, whether it has ended, and what stands behind it."""

import contextlib
import io
import tarfile
from typing import Any

from crawler.archive.model import Gap, TrailingGarbage

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

    def __init__(self, stream: "io.BufferedReader[Any]", lost: Gap | None) -> None:
        self._stream = stream
        self._at = 0
        self._held = b""
        self._last = b""
        self._stopped = False
        self.damage: Exception | None = lost
        """The first thing that was wrong, behind which it went on; None when nothing was."""
        self.late = False
        """Whether empty blocks stand where the first archive should begin."""

    def begin(self) -> bool:
        """Go to where an archive begins, or goes on behind what is damaged; False at the end of the file."""
        first, block = self._at == 0, b""
        self._stopped = False
        with contextlib.suppress(TrailingGarbage):
            while (block := self._block()) and not block.strip(b"\0"):
                self.late = self.late or first
            if block and first and len(block) < _BLOCK:
                raise EOFError("its first header is not whole")
            if block and not is_header(block):
                self.note(
                    ValueError(f"{'its beginning is' if first else 'what stands behind its end is'} no tar archive")
                )
                while (block := self._block()) and not is_header(block):
                    pass
        if not is_header(block):
            return False
        self._held, self._at = block, self._at - _BLOCK
        return True

    def _block(self) -> bytes:
        while True:
            try:
                return self.read(_BLOCK)
            except Gap:  # noted where it was met
                self._stopped = False

    def note(self, damage: Exception) -> None:
        """Remember damage, unless there was some before."""
        self.damage = self.damage or damage

    def check_end(self, error: Exception | None) -> None:
        """Look at how the archive that was read last has ended: raises for a cut, and remembers damage.

        ``error`` is what tarfile raised; mostly it is silent.
        """
        if self._stopped:
            return
        if error and self._stream.peek(1):
            self.note(error)
        elif error:
            raise error
        elif len(self._last) < _BLOCK:
            raise EOFError("the archive's own end is not there")
        elif self._last.strip(b"\0"):
            self.note(ValueError("a header of it is not one"))

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
        """Read so many bytes, less at the end and where something is lost."""
        if self._stopped:
            return b""
        pieces, self._held = [self._held[:size]], self._held[size:]
        missing = size - len(pieces[0])
        try:
            while missing > 0 and (piece := self._stream.read1(missing)):  # a full read loses what came before an error
                pieces.append(piece)
                missing -= len(piece)
        except Gap as gap:
            self.note(gap)
            self._stopped = True
            raise
        data = b"".join(pieces)
        self._at += len(data)
        self._last = data[-_BLOCK:]
        return data

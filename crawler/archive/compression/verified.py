"""Gives what is compressed when its checksum was right: characters out of damaged data must not reach a post."""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from crawler.archive.compression.decoders import DAMAGE, Decoder
from crawler.archive.model import MIB, Gap, Limits, TrailingGarbage
from crawler.archive.rewindable import RewindableReader

_HELD = 8 * MIB
"""Bytes that are held until their checksum is right; of more, the first reading is for the checksum alone."""
_PIECE = 1 << 18
_LONGEST = 10
"""Bytes of the longest beginning of a stream."""


class Coding(NamedTuple):
    """How a compression is written, as one stream (a gzip member, a zstd frame) or several behind each other."""

    new: Callable[[], Decoder]
    """Makes the decoder of one stream."""
    follows: re.Pattern[bytes]
    """How another stream begins behind the end of one."""
    begins: re.Pattern[bytes]
    """How a stream begins in the midst of anything: longer, for that comes up by chance, too."""
    ended: Callable[[bytes, int], bool] = lambda _last, _size: False
    """Whether such last bytes are an end, which a decoder that gave ``size`` bytes has not seen: it went astray."""
    blocks: bool = False
    """Whether all that a decoder gives until it needs more is checked: bzip2 has a checksum for every block."""


class Verified(io.RawIOBase):
    """What a compressed stream holds; in place of what is damaged a Gap is raised.

    Who goes on reading behind a Gap gets what stands behind it. A stream that is cut off is given as far as it goes,
    for a cut leaves right bytes; then EOFError is raised. ``check`` counts what is read for that alone.
    """

    def __init__(
        self, stream: Any, coding: Coding, limits: Limits, check: Callable[[int], bool], *, seekable: bool
    ) -> None:
        chunk = 1 << 10 if coding.blocks else 1 << 14  # a KiB of bzip2 may be many blocks
        self._source = RewindableReader(stream, chunk, limits.container_bytes, seekable=seekable)
        self._coding, self._check = coding, check
        self._pieces = self._everything()
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill the buffer with decompressed bytes; raises Gap, EOFError, TrailingGarbage."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._ready:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            if isinstance(piece, Exception):
                raise piece
            self._ready = memoryview(piece)
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _everything(self) -> Iterator[bytes | Exception]:
        """Give the data of all streams and what is wrong with them: a generator that raises could not go on."""
        source, lost, between = self._source, False, False
        first = True
        while self._find() if lost else self._go_to_next():
            if not lost and not first and not self._coding.follows.match(self._next()):
                lost = between = True
                continue
            source.mark()
            first, told, lost = False, lost and not between, False
            for piece in self._stream(whole=told or between):
                lost = isinstance(piece, Gap)
                if between and not lost:
                    yield Gap("something else stands between the compressed data")
                    between = False
                if not (lost and (told or between)):
                    yield piece
                told = lost
            if lost:
                source.back(1)
        if between:
            yield TrailingGarbage("something else stands behind the compressed data")

    def _next(self) -> bytes:
        """Look at the next bytes."""
        data = b""
        while len(data) < _LONGEST and (more := self._source.read()):
            data += more
        self._source.put_back(data)
        return data

    def _go_to_next(self) -> bool:
        """Move behind zeros, which fill the last block of a tape; tell whether something is there."""
        while data := self._source.read():
            if data := data.lstrip(b"\0"):
                self._source.put_back(data)
                return True
        return False

    def _find(self) -> bool:
        """Move to where another stream may begin; tell whether there is one, and whether it is worth a try."""
        seen = b""
        while not self._source.gave_up and (data := self._source.read()):
            seen += data
            if match := self._coding.begins.search(seen):
                self._source.put_back(seen[match.start() :])
                return True
            seen = seen[1 - _LONGEST :]
        return False

    def _stream(self, *, whole: bool) -> Iterator[bytes | Exception]:
        """Give what one stream from the mark on holds, or a Gap for it: for one that is cut off, too, if told so."""
        held: list[bytes] = []
        size, cut = 0, None
        try:
            for piece in self._decoded():
                size += len(piece)
                if self._coding.blocks:
                    yield piece
                elif size <= _HELD:
                    held.append(piece)
                elif not self._check(len(piece)):  # it will be read to no end, and is not checked to one
                    break
        except Gap as gap:
            yield gap
            return
        except EOFError as error:
            if whole or self._went_astray(size):
                yield Gap("the compressed data does not come to the end that it has")
                return
            cut = error
        if self._coding.blocks or size <= _HELD:
            yield b"".join(held)
        else:
            held.clear()
            self._source.back()
            yield from self._decoded()
        if cut:
            yield cut

    def _went_astray(self, size: int) -> bool:
        """Tell whether a decoder came to the end of the file because it was led past the end of its data by damage."""
        source, begins = self._source, self._coding.begins
        if not source.last.strip(b"\0"):  # what a disk gives that lost its power: no more the data than a flipped bit
            return True
        return self._coding.ended(source.last, size) or begins.search(source.kept, 1) is not None

    def _decoded(self) -> Iterator[bytes]:
        """Decode one stream; raises Gap where it cannot be, EOFError where it is cut off."""
        decoder, source = self._coding.new(), self._source
        held: list[bytes] = []
        while not decoder.eof:
            data = source.read() if decoder.needs_input else b""
            if decoder.needs_input and not data:
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            try:
                held.append(decoder.decompress(data, _PIECE))
            except DAMAGE as error:
                raise Gap(str(error)) from error
            if not self._coding.blocks or decoder.needs_input or decoder.eof or len(held) * _PIECE > _HELD:
                yield b"".join(held)
                held.clear()
                if self._coding.blocks:
                    source.mark()
        source.put_back(decoder.unused_data)

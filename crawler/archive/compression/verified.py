"""Gives what is compressed when its checksum was right: characters out of damaged data must not reach a post."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from crawler.archive.compression.decoders import DAMAGE, Decoder
from crawler.archive.model import MIB, Exceeded, Gap, Limits, TrailingGarbage
from crawler.archive.window import Window
from crawler.patterns import compiled

_HELD = 8 * MIB
"""Bytes that are held until their checksum is right; of more, the first reading is for the checksum alone."""
_PIECE = 1 << 18
_CHUNK, _LARGEST_CHUNK = 1 << 10, 1 << 16
"""Compressed bytes that a decoder is given: what is behind the end of its stream was copied in vain."""
_LONGEST = 10
"""Bytes of the longest beginning of a stream."""
_ZEROS = compiled(rb"\0*")


class Coding(NamedTuple):
    """How a compression is written, as one stream (a gzip member, a zstd frame) or several behind each other."""

    new: Callable[[], Decoder]
    """Makes the decoder of one stream."""
    follows: re.Pattern[bytes] = compiled(rb"(?!)")
    """How another stream begins behind the end of one."""
    begins: re.Pattern[bytes] = compiled(rb"(?!)")
    """How a stream begins in the midst of anything: longer, for that comes up by chance, too."""
    ended: Callable[[bytes, int], bool] = lambda _last, _size: False
    """Whether such last bytes are an end, which a decoder that gave ``size`` bytes has not seen: it went astray."""
    blocks: bool = False
    """Whether all that a decoder gives until it needs more is checked: bzip2 has a checksum for every block."""


class Verified:
    """What a compressed stream holds; in place of what is damaged a Gap is raised.

    Who goes on reading behind a Gap gets what stands behind it. A stream that is cut off is given as far as it goes,
    for a cut leaves right bytes; then EOFError is raised. ``check`` counts what is read for that alone.
    """

    def __init__(
        self, stream: Any, coding: Coding, limits: Limits, check: Callable[[int], bool], *, seekable: bool
    ) -> None:
        self._most = _HELD if seekable else limits.container_bytes
        self._window = Window(stream, self._most, seekable=seekable)
        self._coding, self._check = coding, check
        self._place = self._again = 0
        self._pieces = self._everything()
        self._ready = memoryview(b"")

    def read1(self, size: int) -> memoryview:
        """Give some of the decompressed bytes, at most so many; raises Gap, EOFError, TrailingGarbage."""
        while not self._ready:
            piece = next(self._pieces, None)
            if piece is None:
                break
            if isinstance(piece, Exception):
                raise piece
            self._ready = memoryview(piece)
        data, self._ready = self._ready[:size], self._ready[size:]
        return data

    def _everything(self) -> Iterator[bytes | Exception]:
        """Give the data of all streams and what is wrong with them: a generator that raises could not go on."""
        window, coding, first, lost, between = self._window, self._coding, True, False, False
        while self._find() if lost else self._go_to_next():
            if window.gap and not window.fill(1):
                yield window.gap
                lost = True
                continue
            window.fill(_LONGEST)
            if not lost and not first and not coding.follows.match(window.held, window.at):
                lost = between = True
                continue
            first, told, lost = False, lost and not between, False
            for piece in self._stream(whole=told or between):
                lost = isinstance(piece, Gap)
                if between and not lost:
                    yield Gap("something else stands between the compressed data")
                    between = False
                if not (lost and (told or between)):
                    yield piece
                told = lost
        if window.error:
            raise window.error
        if between:
            yield TrailingGarbage("something else stands behind the compressed data")

    def _go_to_next(self) -> bool:
        """Move behind zeros, which fill the last block of a tape; tell whether something is there."""
        window = self._window
        while window.fill(1) and (zeros := _ZEROS.match(window.held, window.at)) and zeros.end() > window.at:
            window.move(zeros.end() - window.at)
        return window.fill(1) or window.gap is not None

    def _find(self) -> bool:
        """Move to where another stream may begin; tell whether there is one, and whether it is worth a try.

        It is not when more was read again than data of this size, damaged by chance, would ask for.
        """
        return self._again <= 64 * MIB + 8 * self._window.read and self._window.find(self._coding.begins, 1)

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
            self._again += self._place
            yield gap
            return
        except EOFError as error:
            if whole or self._went_astray(size):
                self._again += self._place
                yield Gap("the compressed data does not come to the end that it has")
                return
            cut = error
        if self._coding.blocks or size <= _HELD:
            yield b"".join(held)
        else:
            held.clear()
            self._window.back()
            yield from self._decoded()
        self._window.move(self._place)
        if cut:
            yield cut

    def _went_astray(self, size: int) -> bool:
        """Tell whether a decoder came to the end of the file because it was led past the end of its data by damage."""
        window, coding = self._window, self._coding
        if not window.last.strip(b"\0"):  # what a disk gives that lost its power: no more the data than a flipped bit
            return True
        return coding.ended(window.last, size) or (
            window.at >= 0 and coding.begins.search(window.held, window.at + 1) is not None
        )

    def _decoded(self) -> Iterator[bytes]:
        """Decode one stream; raises Gap where it cannot be, EOFError where it is cut off."""
        window, decoder, chunk = self._window, self._coding.new(), _CHUNK  # which may be many blocks, or members
        if not self._coding.blocks:  # of many members most are about as long as the one before
            chunk = min(max(chunk, self._place + self._place // 4), _LARGEST_CHUNK)
        held: list[bytes] = []
        self._place = 0
        while not decoder.eof:
            data = b""
            if decoder.needs_input:
                data = window.piece(self._place, chunk)
                self._place += len(data)
                chunk = chunk if self._coding.blocks else min(2 * chunk, _LARGEST_CHUNK)
                if not data:
                    raise window.gap or window.error or self._why_no_more()
            try:
                held.append(decoder.decompress(data, _PIECE))
            except DAMAGE as error:
                raise Gap(str(error)) from error
            if not self._coding.blocks or decoder.needs_input or decoder.eof or len(held) * _PIECE > _HELD:
                yield b"".join(held)
                held.clear()
                if self._coding.blocks and not decoder.eof:
                    window.move(self._place)
                    self._place = 0
        self._place -= len(decoder.unused_data)

    def _why_no_more(self) -> Exception:
        if self._window.ended:
            return EOFError("Compressed file ended before the end-of-stream marker was reached")
        return Exceeded(f"larger than {self._most // MIB} MiB")

"""Decoders with one face: bytes in, bytes out piece by piece, and whether what was encoded has come to its end."""

import lzma
import zlib
from typing import Protocol, cast

import brotli

from crawler.archive.compression.zstd import ZstdError

DAMAGE = (zlib.error, lzma.LZMAError, ZstdError, brotli.error, OSError, ValueError)
"""What decoders raise for data that is not theirs, or not as it was written."""


class Decoder(Protocol):
    """What the decoders of bz2, lzma and zstd have in common."""

    @property
    def eof(self) -> bool:
        """Whether the end was reached, and its checksum (if it has one) was right."""

    @property
    def needs_input(self) -> bool:
        """Whether all that came in has come out."""

    @property
    def unused_data(self) -> bytes:
        """What came in behind the end."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Decode, at most so many bytes: the rest comes out of the next calls."""


class Gunzip:
    """The decoder of zlib with that face: of one gzip member."""

    def __init__(self) -> None:
        self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._full = False

    @property
    def eof(self) -> bool:
        """Whether the end was reached, and its checksum (gzip has one) was right."""
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        """Whether all that came in has come out."""
        return not self._full

    @property
    def unused_data(self) -> bytes:
        """What came in behind the end."""
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Decode, at most so many bytes: the rest comes out of the next calls."""
        pending = self._decoder.unconsumed_tail
        out = self._decoder.decompress(pending + data if pending else data, max(0, max_length))
        self._full = not self._decoder.eof and 0 < max_length == len(out)
        return out


class Brotli:
    """The decoder of brotli with that face."""

    unused_data = b""

    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()

    @property
    def eof(self) -> bool:
        """Whether the end was reached."""
        return bool(self._decoder.is_finished())

    @property
    def needs_input(self) -> bool:
        """Whether all that came in has come out."""
        return bool(self._decoder.can_accept_more_data())

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Decode, about so many bytes at most: the rest comes out of the next calls."""
        return cast("bytes", self._decoder.process(data, output_buffer_limit=max_length))

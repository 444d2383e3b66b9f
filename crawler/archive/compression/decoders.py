"""Decoders with the face of those of bz2, lzma and zstd: bytes in, bytes out piece by piece, and whether that ended."""

import bz2
import lzma
import sys
import zlib
from typing import TypeAlias, cast

import brotli

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdDecompressor, ZstdError
    from compression.zstd import compress as zstd
else:
    from backports.zstd import ZstdDecompressor, ZstdError
    from backports.zstd import compress as zstd

__all__ = ["DAMAGE", "Brotli", "Decoder", "Inflate", "ZstdDecompressor", "zstd"]

DAMAGE = (zlib.error, lzma.LZMAError, ZstdError, brotli.error, OSError, ValueError)
"""What decoders raise for data that is not theirs, or not as it was written."""


class Inflate:
    """The decoder of zlib: of one gzip member (whose checksum is right at its end), or of what ``bits`` say."""

    def __init__(self, bits: int = zlib.MAX_WBITS | 16) -> None:
        self._decoder = zlib.decompressobj(bits)
        self.eof, self.needs_input, self.unused_data = False, True, b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Decode, at most so many bytes: the rest comes out of the next calls."""
        decoder = self._decoder
        out = decoder.decompress(decoder.unconsumed_tail + data, max_length)
        self.eof, self.unused_data = decoder.eof, decoder.unused_data
        self.needs_input = not self.eof and len(out) < max_length
        return out


class Brotli:
    """The decoder of brotli, which has no checksum."""

    unused_data = b""

    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()
        self.eof, self.needs_input = False, True

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Decode, about so many bytes at most: the rest comes out of the next calls."""
        out = cast("bytes", self._decoder.process(data, output_buffer_limit=max_length))
        self.eof = self._decoder.is_finished()
        self.needs_input = not self.eof and len(out) < max_length  # it can accept more before all has come out
        return out


Decoder: TypeAlias = bz2.BZ2Decompressor | lzma.LZMADecompressor | ZstdDecompressor | Inflate | Brotli

"""Undoes the transfer and content encodings of a saved reply."""

import io
import re
import zlib
from typing import cast

import brotli
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

from crawler.archive.found import MIB, Exceeded
from crawler.archive.zstd import ZstdDecompressor, ZstdError

_CHUNK_HEADER = re.compile(rb"[0-9A-Fa-f]{1,8}[^\r\n]{0,64}\r\n")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class Undecodable(ValueError):
    """The payload is not what its headers say, or is cut off."""


def dechunk(data: bytes) -> bytes:
    """Undo chunked transfer encoding; what was put together already comes back as it is. Raises Undecodable."""
    if _CHUNK_HEADER.match(data) is None:
        return data
    reader = ChunkedDataReader(io.BytesIO(data), raise_exceptions=True)
    pieces = []
    try:
        while piece := reader.read(1 << 20):
            pieces.append(piece)
    except ChunkedDataException as error:
        raise Undecodable("truncated: the last chunk is not there") from error
    return b"".join(pieces)


def undo(data: bytes, coding: str, limit: int) -> bytes:
    """Decode data that was sent with this ``Content-Encoding``; what was decoded already comes back as it is.

    Raises Exceeded for more than ``limit`` bytes, Undecodable for damaged data.
    """
    coding = coding.strip().lower()
    try:
        decoded, whole = _decode(data, coding, limit + 1)
    except (zlib.error, ZstdError, brotli.error, EOFError) as error:
        raise Undecodable(f"damaged: its {coding} data cannot be read") from error
    if len(decoded) > limit:
        raise Exceeded(f"larger than {limit // MIB} MiB")
    if not whole:
        raise Undecodable(f"truncated: its {coding} data does not end")
    return decoded


def _decode(data: bytes, coding: str, most: int) -> tuple[bytes, bool]:
    if coding in ("gzip", "x-gzip") and data.startswith(_GZIP):
        return _inflate(data, zlib.MAX_WBITS | 16, most)
    if coding == "deflate":
        try:
            return _inflate(data, zlib.MAX_WBITS, most)
        except zlib.error:  # senders disagree on whether deflate has a header
            return (data, True) if data.lstrip()[:1] in (b"<", b"{") else _inflate(data, -zlib.MAX_WBITS, most)
    if coding == "zstd" and data.startswith(_ZSTD):
        decoder = ZstdDecompressor()
        return decoder.decompress(data, most), decoder.eof
    if coding == "br" and data.lstrip()[:1] not in (b"<", b"{"):
        unpacker = brotli.Decompressor()
        return cast("bytes", unpacker.process(data, output_buffer_limit=most)), bool(unpacker.is_finished())
    return data, True


def _inflate(data: bytes, bits: int, most: int) -> tuple[bytes, bool]:
    decoder = zlib.decompressobj(bits)
    return decoder.decompress(data, most), decoder.eof

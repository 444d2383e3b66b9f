"""Undoes the transfer and content encodings of a saved reply."""

import re
import zlib
from typing import cast

import brotli

from crawler.archive.budget import Budget
from crawler.archive.compression.zstd import ZstdDecompressor, ZstdError
from crawler.archive.model import MIB, Exceeded, Undecodable

_CHUNK_HEADER = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r\n")
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_MOST = 4
"""Encodings around each other; nobody sends more."""


def dechunk(data: bytes) -> bytes:
    """Undo chunked transfer encoding; what was put together already comes back as it is. Raises Undecodable.

    Extensions, trailers and a missing last line are allowed, as browsers allow them.
    """
    pieces: list[bytes] = []
    at = 0
    while match := _CHUNK_HEADER.match(data, at):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(pieces)
        at = match.end() + size
        if at > len(data):
            break
        pieces.append(data[match.end() : at])
        at += 2 if data.startswith(b"\r\n", at) else 0
    if at == 0:
        return data
    raise Undecodable("truncated: the last chunk is not there")


def undo(data: bytes, codings: str, limit: int) -> bytes:
    """Decode data that was sent with this ``Content-Encoding``, and what shows itself to be encoded though nobody says.

    What was decoded already comes back as it is. Raises Exceeded for more than ``limit`` bytes, Undecodable for damaged
    data.
    """
    named = [coding.strip().lower() for coding in codings.split(",")]
    for coding in reversed(named[:_MOST]):
        data = _undone(data, coding, limit)
    for _ in range(_MOST):
        hidden = next((coding for magic, coding in ((_GZIP, "gzip"), (_ZSTD, "zstd")) if data.startswith(magic)), None)
        if hidden is None:
            break
        data = _undone(data, hidden, limit)
    if len(data) > limit:
        raise Exceeded(f"larger than {limit // MIB} MiB")
    return data


def undo_within(budget: Budget, data: bytes, codings: str) -> bytes:
    """Decode data as ``undo`` does, and draw what it grows by on the budget; raises Exhausted, too."""
    most = budget.limits.member_bytes
    try:
        plain = undo(data, codings, most)
    except Exceeded:
        budget.spend(most)
        raise
    budget.spend(max(0, len(plain) - len(data)))
    return plain


def _undone(data: bytes, coding: str, limit: int) -> bytes:
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
    """Inflate data of one member or, in gzip, of several."""
    pieces, room = [], most
    while True:
        decoder = zlib.decompressobj(bits)
        pieces.append(decoder.decompress(data, room))
        room -= len(pieces[-1])
        data = decoder.unused_data
        if not decoder.eof or room <= 0 or bits != zlib.MAX_WBITS | 16 or not data.startswith(_GZIP):
            return b"".join(pieces), decoder.eof

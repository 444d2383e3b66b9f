"""Undoes the transfer and content encodings of a saved reply."""

import io
import zlib
from functools import partial

from crawler.archive import detect
from crawler.archive.budget import Budget, everything
from crawler.archive.compression import codecs
from crawler.archive.compression.decoders import Inflate
from crawler.archive.compression.verified import Coding, Verified
from crawler.archive.model import MIB, Exceeded, Gap, Limits, Undecodable
from crawler.patterns import compiled

_CHUNK_HEADER = compiled(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r\n")
_MARKED = {"gzip": codecs.GZIP, "x-gzip": codecs.GZIP, "zstd": codecs.ZSTD}
"""Encodings that show themselves."""
_UNMARKED = {
    "br": [codecs.BROTLI],
    "deflate": [Coding(partial(Inflate, bits)) for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS)],
}
"""Others; senders disagree on whether deflate has a header."""
_PLAIN = compiled(rb"""\s*(?:<[!?/a-zA-Z]|\{\s*["'}])""")
"""How what was decoded already begins; what is encoded does by chance, too, but is no text."""
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


def undo(budget: Budget, data: bytes, codings: str) -> bytes:
    """Decode data that was sent with this ``Content-Encoding``, and what shows itself to be encoded though nobody says.

    What was decoded already comes back as it is. What it grows by is drawn on the budget. Raises Exceeded for more than
    a page may have, Exhausted, Undecodable for damaged data.
    """
    plain, limit = data, budget.limits.member_bytes
    named = [coding.strip().lower() for coding in codings.split(",")]
    try:
        for coding in (*reversed(named[:_MOST]), *(("gzip", "zstd") * _MOST)):
            plain = _undone(plain, coding, limit)
    except Exceeded:
        budget.spend(limit)
        raise
    if len(plain) > limit:
        raise Exceeded(f"larger than {limit // MIB} MiB")
    budget.spend(max(0, len(plain) - len(data)))
    return plain


def _undone(data: bytes, coding: str, limit: int) -> bytes:
    if marked := _MARKED.get(coding):
        known = [marked] if marked.follows.match(data) else []
    else:
        is_plain = _PLAIN.match(data) and not detect.is_binary(data)
        known = [] if is_plain else _UNMARKED.get(coding, [])
    for how in known:
        counted = Budget(Limits(total_bytes=limit), len(data))
        stream = Verified(io.BytesIO(data), how, counted.limits, counted.check, seekable=True)
        try:
            return everything(stream, limit)
        except EOFError as error:
            raise Undecodable(f"truncated: its {coding} data does not end") from error
        except Gap:
            continue
    if known:
        raise Undecodable(f"damaged: its {coding} data cannot be read")
    return data

"""Cuts a WARC file that a killed run left behind back to its last whole record."""

import os
import zlib
from pathlib import Path
from typing import Any

_CHUNK = 1 << 20


def drop_incomplete(path: Path) -> int:
    """Cut a file back to its last whole gzip member, and give how many bytes that took away."""
    with path.open("r+b") as file:
        whole, position, decoder = 0, 0, zlib.decompressobj(zlib.MAX_WBITS | 16)
        while data := file.read(_CHUNK):
            while data:
                try:
                    _drain(decoder, data)
                except zlib.error:
                    file.seek(0, os.SEEK_END)
                    return _cut(file, whole)
                position += len(data) - len(decoder.unused_data)
                data = decoder.unused_data
                if decoder.eof:
                    whole, decoder = position, zlib.decompressobj(zlib.MAX_WBITS | 16)
        return _cut(file, whole)


def _drain(decoder: Any, data: bytes) -> None:
    """Decompress and forget, a piece at a time."""
    decoder.decompress(data, _CHUNK)
    while decoder.unconsumed_tail and not decoder.eof:
        decoder.decompress(decoder.unconsumed_tail, _CHUNK)


def _cut(file: Any, size: int) -> int:
    lost = int(file.seek(0, os.SEEK_END)) - size
    if lost:
        file.truncate(size)
        os.fsync(file.fileno())
    return lost

"""Folded texts as the index keeps them."""

import zlib


def packed(text: str) -> bytes:
    """The text, compressed."""
    return zlib.compress(text.encode(), 1)


def unpacked(data: bytes) -> str:
    """The text as it was."""
    return zlib.decompress(data).decode()

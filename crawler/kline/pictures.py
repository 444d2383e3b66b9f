"""Judging pictures: really an image, whole, and not too large, told from the bytes alone and without decoding them."""

from typing import NamedTuple

from crawler.kline.drawn import check_drawn
from crawler.kline.raster import SIGNATURES, BadPicture, Size

MAX_BYTES = 2_000_000
"""A K-line picture of 578 x 276 has some 10 to 30 kB."""
MAX_PIXELS = 4_000_000
MAX_SIDE = 8_000

__all__ = ["MAX_BYTES", "MAX_PIXELS", "BadPicture", "Picture", "check_picture"]


class Picture(NamedTuple):
    """What a picture is: its extension (``png``, ``jpg``, ``gif``, ``webp``, ``svg``) and its size in pixels."""

    ext: str
    width: int
    height: int


def check_picture(data: bytes) -> Picture:
    """The kind and size of a picture that may be stored and shown; raises BadPicture with the reason.

    The extension comes from the bytes, never from an address or a header. Of SVG only what ``chart`` draws is accepted.
    """
    if not data:
        raise BadPicture("empty")
    if len(data) > MAX_BYTES:
        raise BadPicture(f"{len(data)} bytes are too many")
    for signature, ext, measure in SIGNATURES:
        if signature.match(data):
            return Picture(ext, *_limited(measure(data)))
    head = data[:200].lstrip(b"\xef\xbb\xbf\t\n\f\r ").lower()
    if head.startswith((b"<svg", b"<?xml")):
        return Picture("svg", *_limited(check_drawn(data)))
    raise BadPicture("a page of text, not a picture" if head.startswith((b"<", b"{")) else "not a picture")


def _limited(size: Size) -> Size:
    width, height = size
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise BadPicture(f"{width} x {height} pixels")
    return size

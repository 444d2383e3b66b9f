"""The kinds of picture that are stored: told, measured and judged from the bytes alone, without decoding them."""

import re
import struct
from collections.abc import Callable
from typing import NamedTuple

from crawler.patterns import compiled
from crawler.pictures.own_svg import svg_size
from crawler.pictures.raster import BadPicture, Size, gif_size, jpeg_size, png_size, webp_size

MAX_BYTES = 2_000_000
"""A K-line picture of 578 x 276 has some 10 to 30 kB."""
MIN_SIZE = (100, 50)
"""Smaller ones are placeholders, of pages or of who stands between: no chart (domain-facts 6.1 has 578 x 276)."""
MAX_PIXELS = 4_000_000
MAX_SIDE = 8_000


class PictureFormat(NamedTuple):
    """One kind of picture: adding one is adding a row."""

    ext: str
    """The extension of its files, three or four small letters."""
    begins: re.Pattern[bytes]
    measure: Callable[[bytes], Size]
    """Its size in pixels; raises BadPicture for what is damaged or cut off."""
    example: str
    """A small sound picture in base64, written by another program than ours."""


FORMATS = (
    PictureFormat(
        "png",
        compiled(rb"\x89PNG\r\n\x1a\n"),
        png_size,
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    ),
    PictureFormat(
        "jpg",
        compiled(rb"\xff\xd8\xff"),
        jpeg_size,
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////"
        "////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z",
    ),
    PictureFormat("gif", compiled(rb"GIF8[79]a"), gif_size, "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"),
    PictureFormat(
        "webp",
        compiled(rb"RIFF....WEBP", re.DOTALL),
        webp_size,
        "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
    ),
    PictureFormat(
        "svg",
        compiled(rb"[\xef\xbb\xbf\t\n\f\r ]{0,195}+<(?:svg|\?xml)", re.IGNORECASE),
        svg_size,
        "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxIiBoZWlnaHQ9IjEiLz4=",
    ),
)
"""In the order in which a stored picture is looked for. Of SVG only what ``chart`` draws is accepted."""


class Picture(NamedTuple):
    """What a picture is: the extension of its format and its size in pixels."""

    ext: str
    width: int
    height: int


def check_picture(data: bytes) -> Picture:
    """The kind and size of a picture that may be stored and shown; raises BadPicture with the reason.

    The extension comes from the bytes, never from an address or a header.
    """
    if not data:
        raise BadPicture("empty")
    if len(data) > MAX_BYTES:
        raise BadPicture(f"{len(data)} bytes are too many")
    for kind in FORMATS:
        if kind.begins.match(data):
            return Picture(kind.ext, *_measured(kind, data))
    head = data[:200].lstrip(b"\xef\xbb\xbf\t\n\f\r ")
    raise BadPicture("a page of text, not a picture" if head.startswith((b"<", b"{")) else "not a picture")


def check_chart(data: bytes) -> Picture:
    """The same of a K-line picture, which has room for a chart."""
    picture = check_picture(data)
    if not _has_room(picture):
        raise BadPicture(f"no chart: {picture.width} x {picture.height} pixels")
    return picture


def is_placeholder(data: bytes) -> bool:
    """Whether it is a sound picture that is too small for a chart."""
    try:
        return not _has_room(check_picture(data))
    except BadPicture:
        return False


def _has_room(picture: Picture) -> bool:
    return picture.width >= MIN_SIZE[0] and picture.height >= MIN_SIZE[1]


def _measured(kind: PictureFormat, data: bytes) -> Size:
    try:
        width, height = kind.measure(data)
    except (IndexError, struct.error):
        raise BadPicture(f"{kind.ext.upper()} cut off") from None
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE and width * height <= MAX_PIXELS):
        raise BadPicture(f"{width} x {height} pixels")
    return width, height

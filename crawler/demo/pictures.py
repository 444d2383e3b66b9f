"""webquoteklinepic.eastmoney.com: K-line pictures of 578 x 276 pixels, drawn from the invented bars."""

import struct
import zlib
from functools import lru_cache

from crawler.demo.klines import daily
from crawler.demo.messages import Request, Response, text_response
from crawler.demo.securities import BY_SECID
from crawler.demo.site import Site

WIDTH, HEIGHT = 578, 276
_PALETTE = b"\xff\xff\xff\xd1\xd1\xd1\xe0\x30\x30\x10\x90\x40"
_WHITE, _GREY, _RED, _GREEN = range(4)
_BARS, _STEP = 70, 8


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(rows: list[bytearray]) -> bytes:
    """Pack a PNG of palette indices, one byte a pixel; all rows are equally long."""
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 6)
    chunks = [(b"IHDR", head), (b"PLTE", _PALETTE), (b"IDAT", packed), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _frame() -> list[bytearray]:
    rows = [bytearray(WIDTH) for _ in range(HEIGHT)]
    for y, row in enumerate(rows):
        row[0] = row[-1] = _GREY
        if y in (0, HEIGHT - 1) or y % 46 == 0:
            row[:] = bytes([_GREY]) * WIDTH
    return rows


def _fill(rows: list[bytearray], xs: range, ys: range, colour: int) -> None:
    for y in ys:
        rows[y][xs.start : xs.stop] = bytes([colour]) * len(xs)


@lru_cache(maxsize=256)
def kline_picture(nid: str) -> bytes:
    """Draw the last daily bars of a secid; unknown ones get an empty frame."""
    rows = _frame()
    if nid not in BY_SECID:
        return png(rows)
    bars = daily(nid)[-_BARS:]
    top, bottom = max(bar.high for bar in bars), min(bar.low for bar in bars)

    def y(price: float) -> int:
        return 8 + round((top - price) / (top - bottom) * (HEIGHT - 17))

    for n, bar in enumerate(bars):
        # Chinese charts: red rises, green falls.
        x, colour = 8 + n * _STEP, _RED if bar.close >= bar.open else _GREEN
        _fill(rows, range(x + 2, x + 3), range(y(bar.high), y(bar.low) + 1), colour)
        _fill(rows, range(x, x + 5), range(y(max(bar.open, bar.close)), y(min(bar.open, bar.close)) + 1), colour)
    return png(rows)


def picture(_: Site, request: Request) -> Response:
    """`/GetPic.aspx?nid=…`: names are case-insensitive, all parameters but `nid` are ignored."""
    nid = request.query.get("nid", "")
    if request.path.lower() != "/getpic.aspx" or not nid:
        return text_response("Not Found\n", 404)
    return Response(200, kline_picture(nid), "image/png", (("Cache-Control", "no-cache"),))

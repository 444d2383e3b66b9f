"""K-line pictures are PNGs of one size, the same for a security each time."""

import struct
import zlib

from world import Client

from crawler.demo.pictures import kline_picture, png
from crawler.pictures.formats import check_picture


def pixels(png: bytes) -> tuple[int, int, bytes]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[png.index(b"IDAT") - 4 : png.index(b"IDAT")])[0]
    start = png.index(b"IDAT") + 4
    return width, height, zlib.decompress(png[start : start + length])


def test_pictures_differ_by_security_only(client: Client):
    url = "https://webquoteklinepic.eastmoney.com/GetPic.aspx?{}&imageType=k&token=x&at=1"
    pictures = {nid: client.get(url.format(f"nid={nid}")).body for nid in ("1.600050", "0.009036", "9.unknown")}
    assert len(set(pictures.values())) == 3
    assert client.get(url.format("NID=1.600050&timespan=7")).body == pictures["1.600050"]
    for picture in pictures.values():
        width, height, data = pixels(picture)
        assert (width, height, len(data)) == (578, 276, 276 * 579)


def test_rows_come_out_as_they_went_in() -> None:
    rows = [bytearray([0, 1, 2]), bytearray([3, 0, 1])]
    assert pixels(png(rows)) == (3, 2, b"\0\0\1\2\0\3\0\1")


def test_the_crawler_takes_it_for_a_picture() -> None:
    found = check_picture(kline_picture("1.600050"))
    assert found == ("png", 578, 276)

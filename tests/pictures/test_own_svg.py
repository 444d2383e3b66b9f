"""Charts of our own kind of SVG are known; whatever runs, reaches outside or is damaged is refused."""

import pytest

from crawler.pictures.formats import Picture, check_picture
from crawler.pictures.raster import BadPicture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="578" height="276">%b</svg>'


def test_an_svg_of_our_own_kind() -> None:
    assert check_picture(SVG % b'<g id="a"><path d="M 0 0"/><text>x</text></g>') == Picture("svg", 578, 276)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (SVG % b"<script>alert(1)</script>", "<script>"),
        (SVG % b'<g onload="alert(1)"/>', "attribute onload"),
        (SVG % b'<a href="javascript:alert(1)"><text>x</text></a>', "<a>"),
        (SVG % b'<g xmlns:x="http://www.w3.org/1999/xlink" x:href="http://evil.example"/>', "attribute"),
        (SVG % b'<image width="1" height="1"/>', "<image>"),
        (SVG % b"<foreignObject/>", "<foreignObject>"),
        (SVG % b'<b:script xmlns:b="http://www.w3.org/1999/xhtml"/>', "script"),
        (SVG % b'<path style="fill:url(http://evil.example/x)"/>', "reaches outside in style"),
        (SVG % b'<path clip-path="url( //evil.example )"/>', "reaches outside"),
        (SVG % b"<style>@import 'http://evil.example'</style>", "style sheet"),
        (SVG % b"<style>a{b:u\\72l(x)}</style>", "style sheet"),
        (SVG % b"<style><g/>@import 'x'</style>", "style sheet"),
        (SVG % b"<?xml-stylesheet href='x'?>", "declaration"),
        (SVG % b"<?php x?>", "declaration"),
        (b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]>' + SVG % b"&a;", "declaration"),
        (SVG % b"<!-- x -->", "comment"),
        ((SVG % b"<g/>")[:-6], "cut off"),
        (SVG % (b"<g>" * 300 + b"</g>" * 300), "cut off or damaged"),
        (b'<svg width="1" height="1"/>', "no SVG"),
        ((SVG % b"").replace(b"578", b"100%"), "size"),
        ((SVG % b"").replace(b"578", b"99999"), "99999 x 276"),
        ((SVG % b"<g/>").decode().encode("utf-16"), "not a picture"),
    ],
)
def test_svg_that_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadPicture, match=reason):
        check_picture(data)

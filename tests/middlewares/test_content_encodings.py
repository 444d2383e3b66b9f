"""Encodings that are none are taken out; real ones stay, in their order."""

import asyncio

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.content_encodings import ContentEncodings


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("identity", None),
        ("Identity, ", None),
        ("UTF-8", None),
        ("none", None),
        ("gzip", b"gzip"),
        ("gzip, identity", b"gzip"),
        ("br, gzip", b"br, gzip"),
        ("compress", b"compress"),
        (None, None),
    ],
)
def test_what_is_left(told: str | None, left: bytes | None) -> None:
    response = Response("http://a/", headers={} if told is None else {"Content-Encoding": told})
    done = asyncio.run(ContentEncodings().process_response(Request("http://a/"), response))
    assert done.headers.get("Content-Encoding") == left

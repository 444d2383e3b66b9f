"""A limit on response headers: DOWNLOAD_MAXSIZE counts bodies only, and Twisted keeps every header line it is sent."""

from typing import Any

from twisted.web._newclient import HTTPParser, ParseError

LIMIT = 256 * 1024
"""Bytes of status line and headers; browsers allow about as much."""


class HeaderLimit:
    """Ends a response whose headers do not: the request fails like one that the server broke off, and is retried."""

    def __init__(self) -> None:
        if getattr(HTTPParser.headerReceived, "limited", False):
            return
        received = HTTPParser.headerReceived

        def header_received(parser: Any, name: bytes, value: bytes) -> None:
            parser.header_bytes = getattr(parser, "header_bytes", 0) + len(name) + len(value)
            if parser.header_bytes > LIMIT:
                raise ParseError("headers without end", name[:100])  # type: ignore[no-untyped-call]
            received(parser, name, value)  # type: ignore[no-untyped-call]

        header_received.limited = True  # type: ignore[attr-defined]
        # Both Twisted's parser and the one that Scrapy puts in its place report each header here.
        setattr(HTTPParser, "headerReceived", header_received)  # noqa: B010 - no assignment to a method for mypy

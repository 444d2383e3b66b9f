"""Headers without end break the request off; what browsers allow passes."""

import pytest
from twisted.web._newclient import HTTPParser, ParseError

from crawler.extensions.header_limit import LIMIT, HeaderLimit


class _Parser(HTTPParser):
    def statusReceived(self, status: bytes) -> None:  # noqa: N802 - Twisted's name
        pass

    def allHeadersReceived(self) -> None:  # noqa: N802 - Twisted's name
        pass


def parsed(size: int) -> HTTPParser:
    """A parser that was given headers of so many bytes in all."""
    parser = _Parser()
    parser.connectionMade()
    parser.lineReceived(b"HTTP/1.1 200 OK")
    while size > 0:
        parser.lineReceived(b"X-Line: " + b"x" * 1018)
        size -= 1024
    parser.lineReceived(b"")
    return parser


@pytest.mark.parametrize("times", [1, 2])
def test_the_limit(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HTTPParser, "headerReceived", HTTPParser.headerReceived)
    for _ in range(times):
        HeaderLimit()
    assert len(parsed(LIMIT // 2).headers.getRawHeaders(b"X-Line")) == LIMIT // 2048
    with pytest.raises(ParseError, match="headers without end"):
        parsed(LIMIT + 4096)

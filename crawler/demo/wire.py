"""Responses put on the wire by hand, whole or broken; each function says whether the connection may be used again."""

from __future__ import annotations

import asyncio
import socket
import struct
from asyncio import StreamWriter
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from http import HTTPStatus

from crawler.demo.fault_rule import Strike
from crawler.demo.messages import Request, Response

Send = Callable[[StreamWriter, Strike], Awaitable[bool]]

_PIECE = 64 * 1024
# Long enough for what was sent to reach the client before a reset throws the rest away.
_SETTLE = 0.05


def head(response: Response, *lines: str) -> bytes:
    """Return status line and headers, `lines` being the framing ones."""
    reason = response.reason or HTTPStatus(response.status).phrase
    headers = [f"{name}: {value}" for name, value in response.headers]
    if response.content_type and response.status != 304:
        headers.insert(0, f"Content-Type: {response.content_type}")
    date = f"Date: {formatdate(usegmt=True)}"
    all_lines = [f"HTTP/1.1 {response.status} {reason}", "Server: demo", date, *headers, *lines]
    return ("\r\n".join(all_lines) + "\r\n\r\n").encode()


def _length(response: Response) -> str:
    return f"Content-Length: {len(response.body)}"


async def _write(writer: StreamWriter, data: bytes) -> None:
    writer.write(data)
    # Under TLS, drain() alone neither waits nor fails once the client has left: the loop needs a turn to notice.
    await asyncio.sleep(0)
    await writer.drain()


async def send_whole(writer: StreamWriter, request: Request, response: Response) -> bool:
    """Send the response as it should be."""
    closing = request.headers.get("connection", "").lower() == "close"
    framing = [] if response.status == 304 else [_length(response)]
    data = head(response, *framing, f"Connection: {'close' if closing else 'keep-alive'}")
    await _write(writer, data if request.method == "HEAD" else data + response.body)
    return not closing


def _reset(writer: StreamWriter) -> None:
    """End the TCP connection with RST: closing with a linger time of zero does not say goodbye."""
    raw = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def slow_headers(writer: StreamWriter, strike: Strike) -> bool:
    """Wait `seconds`, then send the response as it should be."""
    await asyncio.sleep(strike.fault.seconds)
    return await send_whole(writer, strike.request, strike.response)


async def slow_body(writer: StreamWriter, strike: Strike) -> bool:
    """Send headers at once, the body in twenty drips over `seconds`."""
    response = strike.response
    await _write(writer, head(response, _length(response)))
    step = max(1, -(-len(response.body) // 20))
    for start in range(0, len(response.body), step):
        await asyncio.sleep(strike.fault.seconds / 20)
        await _write(writer, response.body[start : start + step])
    return True


async def reset(writer: StreamWriter, _: Strike) -> bool:
    """Send nothing and reset the connection."""
    _reset(writer)
    return False


async def _half(writer: StreamWriter, response: Response) -> None:
    await _write(writer, head(response, _length(response)) + response.body[: len(response.body) // 2])


async def reset_in_body(writer: StreamWriter, strike: Strike) -> bool:
    """Send half of the body and reset the connection."""
    await _half(writer, strike.response)
    await asyncio.sleep(_SETTLE)
    _reset(writer)
    return False


async def close(_: StreamWriter, __: Strike) -> bool:
    """Send nothing and close the connection in good order."""
    return False


async def truncated(writer: StreamWriter, strike: Strike) -> bool:
    """Send half of what Content-Length promises and close the connection in good order."""
    await _half(writer, strike.response)
    return False


async def chunked_cut(writer: StreamWriter, strike: Strike) -> bool:
    """Send one whole chunk, half of the second, and no last chunk."""
    body = strike.response.body
    first, second = body[: len(body) // 2], body[len(body) // 2 :]
    data = head(strike.response, "Transfer-Encoding: chunked") + b"%x\r\n%b\r\n" % (len(first), first)
    await _write(writer, data + b"%x\r\n%b" % (len(second), second[: len(second) // 2]))
    return False


async def huge(writer: StreamWriter, strike: Strike) -> bool:
    """Send the body, then blanks up to `size` bytes, never held in memory as a whole."""
    body = strike.response.body
    size = max(strike.fault.size, len(body))
    await _write(writer, head(strike.response, f"Content-Length: {size}") + body)
    for start in range(len(body), size, _PIECE):
        await _write(writer, b" " * min(_PIECE, size - start))
    return True


async def bad_status_line(writer: StreamWriter, strike: Strike) -> bool:
    """Send a status line that HTTP does not know."""
    await _write(writer, b"HTTP/one.one OK then\r\n\r\n" + strike.response.body)
    return False


async def endless_headers(writer: StreamWriter, strike: Strike) -> bool:
    """Send headers until the client leaves."""
    await _write(writer, head(strike.response).removesuffix(b"\r\n"))
    number = 0
    while True:
        await _write(writer, b"".join(b"X-Filler-%d: %b\r\n" % (number + n, b"a" * 200) for n in range(100)))
        number += 100

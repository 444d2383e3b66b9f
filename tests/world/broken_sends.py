"""Responses put on the wire in broken ways; each function says whether the connection may be used again."""

import os
import socket
import struct
import time
from collections.abc import Callable

from world.fault_rule import Strike

from crawler.demo.messages import Response
from crawler.demo.proxy import head, send

Send = Callable[[socket.socket, Strike], bool]

_PIECE = 64 * 1024
# Long enough for what was sent to reach the client before a reset throws the rest away.
_SETTLE = 0.05


def _length(response: Response) -> str:
    return f"Content-Length: {len(response.body)}"


def reset(connection: socket.socket, _: Strike) -> bool:
    """Send nothing and end the TCP connection with RST: closing with a linger time of zero does not say goodbye."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    os.close(connection.detach())  # close() would wait for the files made of it
    return False


def slow_headers(connection: socket.socket, strike: Strike) -> bool:
    """Wait `seconds`, then send the response as it should be."""
    time.sleep(strike.fault.seconds)
    return send(connection, strike.request, strike.response)


def slow_body(connection: socket.socket, strike: Strike) -> bool:
    """Send headers at once, the body in twenty drips over `seconds`."""
    response = strike.response
    connection.sendall(head(response, _length(response)))
    step = max(1, -(-len(response.body) // 20))
    for start in range(0, len(response.body), step):
        time.sleep(strike.fault.seconds / 20)
        connection.sendall(response.body[start : start + step])
    return True


def _half(connection: socket.socket, response: Response) -> None:
    connection.sendall(head(response, _length(response)) + response.body[: len(response.body) // 2])


def reset_in_body(connection: socket.socket, strike: Strike) -> bool:
    """Send half of the body and reset the connection."""
    _half(connection, strike.response)
    time.sleep(_SETTLE)
    return reset(connection, strike)


def close(_: socket.socket, __: Strike) -> bool:
    """Send nothing and close the connection in good order."""
    return False


def truncated(connection: socket.socket, strike: Strike) -> bool:
    """Send half of what Content-Length promises and close the connection in good order."""
    _half(connection, strike.response)
    return False


def chunked_cut(connection: socket.socket, strike: Strike) -> bool:
    """Send one whole chunk, half of the second, and no last chunk."""
    body = strike.response.body
    first, second = body[: len(body) // 2], body[len(body) // 2 :]
    data = head(strike.response, "Transfer-Encoding: chunked") + b"%x\r\n%b\r\n" % (len(first), first)
    connection.sendall(data + b"%x\r\n%b" % (len(second), second[: len(second) // 2]))
    return False


def huge(connection: socket.socket, strike: Strike) -> bool:
    """Send the body, then blanks up to `size` bytes, never held in memory as a whole."""
    body = strike.response.body
    size = max(strike.fault.size, len(body))
    connection.sendall(head(strike.response, f"Content-Length: {size}") + body)
    for start in range(len(body), size, _PIECE):
        connection.sendall(b" " * min(_PIECE, size - start))
    return True


def bad_status_line(connection: socket.socket, strike: Strike) -> bool:
    """Send a status line that HTTP does not know."""
    connection.sendall(b"HTTP/one.one OK then\r\n\r\n" + strike.response.body)
    return False


def endless_headers(connection: socket.socket, strike: Strike) -> bool:
    """Send headers until the client leaves."""
    connection.sendall(head(strike.response).removesuffix(b"\r\n"))
    number = 0
    while True:
        connection.sendall(b"".join(b"X-Filler-%d: %b\r\n" % (number + n, b"a" * 200) for n in range(100)))
        number += 100

"""The forward proxy: reads requests (absolute form, or inside CONNECT) and hands each to whoever answers."""

import socket
import ssl
import sys
import threading
from collections.abc import Callable, Container
from contextlib import suppress
from email.utils import formatdate
from http.client import responses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from crawler.demo.messages import Request, Response, text_response

LOOPBACK = "127.0.0.1"

# Answers one request on its connection; False when the connection is to be closed.
Respond = Callable[[socket.socket, Request], bool]


def head(response: Response, *lines: str) -> bytes:
    """Return status line and headers, `lines` being the framing ones."""
    headers = [f"{name}: {value}" for name, value in response.headers]
    if response.content_type and response.status != 304:
        headers.insert(0, f"Content-Type: {response.content_type}")
    status = f"HTTP/1.1 {response.status} {responses.get(response.status, '')}"
    all_lines = [status, "Server: demo", f"Date: {formatdate(usegmt=True)}", *headers, *lines]
    return ("\r\n".join(all_lines) + "\r\n\r\n").encode()


def send(connection: socket.socket, request: Request, response: Response) -> bool:
    """Send the whole response; False when the client asked for the connection to be closed."""
    closing = request.headers.get("connection", "").lower() == "close"
    framing = [] if response.status == 304 else [f"Content-Length: {len(response.body)}"]
    data = head(response, *framing, f"Connection: {'close' if closing else 'keep-alive'}")
    connection.sendall(data if request.method == "HEAD" else data + response.body)
    return not closing


class Proxy(ThreadingHTTPServer):
    """Listens on loopback from the start (port 0: a free one), serves between `start()` and `stop()`.

    `hosts` are those with a tunnel, for which `context` has a certificate. A port in use is an OSError.
    """

    request_queue_size = 512

    def __init__(self, port: int, context: ssl.SSLContext, hosts: Container[str], respond: Respond) -> None:
        super().__init__((LOOPBACK, port), _Connection)
        self.context, self.hosts, self.respond = context, hosts, respond
        self.open: set[socket.socket] = set()
        # A daemon, so that the server ends with the process that holds it.
        self._thread = threading.Thread(target=self.serve_forever, args=(0.02,), name="demo-world", daemon=True)

    def start(self) -> None:
        """Serve, in a thread."""
        self._thread.start()

    def stop(self) -> None:
        """Close the port and cut all connections."""
        self.shutdown()
        self._thread.join()
        self.server_close()
        for connection in list(self.open):
            with suppress(OSError):
                # Below TLS: whoever reads or writes there at this moment meets the end, and nothing half undone.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of the client's going away: in whatever manner, that is no error of the world's."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    """One client connection, before and after it became a TLS tunnel (`tunnel` then is the host)."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Proxy
    connection: socket.socket
    tunnel = ""

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        with suppress(OSError, ValueError):
            super().finish()
        if isinstance(self.connection, ssl.SSLSocket):
            self.connection.settimeout(0)
            with suppress(OSError, ValueError):
                self.connection.unwrap()  # says goodbye, and does not wait for the other's
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.close_connection = not self._respond({name.lower(): value for name, value in self.headers.items()})

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_CONNECT = _answer  # noqa: N815 - http.server's names

    def _respond(self, headers: dict[str, str]) -> bool:
        method, target = self.command, self.path
        if method == "CONNECT":
            return self._open_tunnel(target.lower(), headers)
        if self.tunnel:
            return self.server.respond(self.connection, Request(method, "https", self.tunnel, target, headers))
        url = urlsplit(target)
        if url.scheme != "http" or url.port not in (None, 80):
            refused = text_response("This is a proxy: ask it for http://host/path or CONNECT host:443.\n", 400)
            return send(self.connection, Request(method, "http", "", target, headers), refused)
        path = target.partition("://")[2].partition("/")
        request = Request(method, "http", url.hostname or "", path[1] + path[2] or "/", headers)
        return self.server.respond(self.connection, request)

    def _open_tunnel(self, target: str, headers: dict[str, str]) -> bool:
        host, _, port = target.rpartition(":")
        if host not in self.server.hosts or port != "443" or self.tunnel:
            return self.server.respond(self.connection, Request("CONNECT", "https", host, target, headers))
        self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.server.open.discard(self.connection)
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.server.open.add(self.connection)
        self.rfile = self.connection.makefile("rb")
        self.tunnel = host
        return True

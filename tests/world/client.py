"""A plain client that goes through a world's proxy: for tests that look at single replies."""

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

from crawler.demo import World
from crawler.demo.proxy import LOOPBACK

TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole response as it came: no redirect followed, no encoding undone."""

    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode()


class Client:
    """Asks a running world. `get` takes a connection for each request, `open` and `ask` keep one."""

    def __init__(self, world: World) -> None:
        self.world = world

    def open(self, url: str) -> http.client.HTTPConnection:
        """Make a connection (through a tunnel, for https) to the URL's host; it connects with the first request."""
        parts = urlsplit(url)
        if parts.scheme == "http":
            return http.client.HTTPConnection(LOOPBACK, self.world.port, timeout=TIMEOUT)
        context = ssl.create_default_context(cafile=str(self.world.ca_file))
        connection = http.client.HTTPSConnection(LOOPBACK, self.world.port, timeout=TIMEOUT, context=context)
        connection.set_tunnel(parts.hostname or "", 443)
        return connection

    def ask(
        self,
        connection: http.client.HTTPConnection,
        url: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
    ) -> Reply:
        """Send one request on the connection and read the reply; http.client's errors and OSError pass."""
        target = url if url.startswith("http:") else "/" + url.partition("://")[2].partition("/")[2]
        connection.request(method, target, headers=dict(headers or {}))
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())

    def get(self, url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Reply:
        """Ask on a connection of its own."""
        connection = self.open(url)
        try:
            return self.ask(connection, url, headers, method)
        finally:
            connection.close()

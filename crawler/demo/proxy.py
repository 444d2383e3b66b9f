"""The forward proxy: reads requests (absolute form, or inside CONNECT), asks the world, and sends what it says."""

from __future__ import annotations

import asyncio
import ssl
from asyncio import StreamReader, StreamWriter
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import h11

from crawler.demo import wire
from crawler.demo.fault_kinds import KINDS
from crawler.demo.fault_rule import Fault, Strike
from crawler.demo.messages import Request, Response, text_response

# What a request gets: the response, and the fault that strikes it.
Answer = Callable[[Request], tuple[Response, Fault | None]]


@dataclass(frozen=True)
class Service:
    """What is served: the hosts with a tunnel, their certificate, and the answers."""

    context: ssl.SSLContext
    hosts: Container[str]
    answer: Answer


class _Connection:
    """One client connection, before and after it became a TLS tunnel (`tunnel` then is the host)."""

    def __init__(self, reader: StreamReader, writer: StreamWriter, service: Service) -> None:
        self._reader, self._writer = reader, writer
        self._context, self._hosts, self._answer = service.context, service.hosts, service.answer
        self._tunnel = ""
        self._unread = b""

    async def serve(self) -> None:
        """Answer requests until the client is done or the connection is to be closed."""
        while (event := await self._next()) is not None:
            if not await self._handle(event):
                return

    async def _next(self) -> h11.Request | None:
        """Return the next request, its body read and dropped; None when the client is done."""
        # Responses are written by hand, so h11's own state cannot go on to a second cycle: one parser a request.
        parser = h11.Connection(h11.SERVER)
        if self._unread:
            parser.receive_data(self._unread)
        request: h11.Request | None = None
        while True:
            event = parser.next_event()
            if event is h11.NEED_DATA:
                parser.receive_data(await self._reader.read(65536))
            elif isinstance(event, h11.Request):
                request = event
            elif isinstance(event, h11.EndOfMessage):
                self._unread = parser.trailing_data[0]
                return request
            elif isinstance(event, h11.ConnectionClosed):
                return None

    async def _handle(self, event: h11.Request) -> bool:
        """Answer one request; False when the connection is to be closed."""
        method, target = event.method.decode(), event.target.decode()
        headers = {name.decode(): value.decode("latin-1") for name, value in event.headers}
        if method == "CONNECT":
            return await self._open_tunnel(target, headers)
        if self._tunnel:
            request = Request(method, "https", self._tunnel, target, headers)
        else:
            url = urlsplit(target)
            if url.scheme != "http" or url.port not in (None, 80):
                refused = text_response("This is a proxy: ask it for http://host/path or CONNECT host:443.\n", 400)
                return await wire.send_whole(self._writer, Request(method, "http", "", target, headers), refused)
            path = target.partition("://")[2].partition("/")
            request = Request(method, "http", url.hostname or "", path[1] + path[2] or "/", headers)
        return await self._send(request, *self._answer(request))

    async def _send(self, request: Request, response: Response, fault: Fault | None) -> bool:
        send = KINDS[fault.kind].send if fault else None
        if fault is None or send is None:
            return await wire.send_whole(self._writer, request, response)
        return await send(self._writer, Strike(request, response, fault))

    async def _open_tunnel(self, target: str, headers: dict[str, str]) -> bool:
        host, _, port = target.lower().rpartition(":")
        if host not in self._hosts or port != "443" or self._tunnel:
            request = Request("CONNECT", "https", host, target, headers)
            return await wire.send_whole(self._writer, request, self._answer(request)[0])
        self._writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await self._writer.drain()
        await self._writer.start_tls(self._context)
        self._tunnel = host
        return True


async def serve_client(reader: StreamReader, writer: StreamWriter, service: Service) -> None:
    """Serve one client until it leaves, errs, or a fault ends the connection."""
    # The client's going away, in whatever manner, is no error of the world's.
    with suppress(ConnectionError, ssl.SSLError, h11.RemoteProtocolError, asyncio.CancelledError, TimeoutError):
        await _Connection(reader, writer, service).serve()
    with suppress(ConnectionError, RuntimeError):
        writer.close()

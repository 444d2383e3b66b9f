"""A thread that runs the proxy in an event loop of its own."""

from __future__ import annotations

import asyncio
import threading
from asyncio import StreamReader, StreamWriter

from crawler.demo.proxy import Service, serve_client

LOOPBACK = "127.0.0.1"


class ServerThread:
    """The proxy on loopback between `start()` and `stop()`; `port` 0 becomes the free one that was found."""

    def __init__(self, port: int, service: Service) -> None:
        self.port = port
        self._service = service
        self._ready = threading.Event()
        self._error: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        # A daemon, so that the server ends with the process that holds it.
        self._thread = threading.Thread(target=self._run, name="demo-world", daemon=True)

    def start(self) -> None:
        """Listen, then return; raises what kept the server from it, OSError for a port in use."""
        self._thread.start()
        self._ready.wait()
        if self._error is not None:
            self._thread.join()
            raise self._error

    def stop(self) -> None:
        """Close the port and all connections, and wait for the thread to end."""
        if self._loop is not None and self._stopping is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that called start()
            self._error = error
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        clients: set[asyncio.Task[None]] = set()

        async def client(reader: StreamReader, writer: StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            clients.add(task)
            try:
                await serve_client(reader, writer, self._service)
            finally:
                clients.discard(task)

        server = await asyncio.start_server(client, LOOPBACK, self.port, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._ready.set()
        await self._stopping.wait()
        server.close()
        for task in list(clients):
            task.cancel()
        await asyncio.gather(*clients, return_exceptions=True)

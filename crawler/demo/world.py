"""The world itself: a site behind a proxy, with faults, robots texts and a log of requests."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.demo.certificates import server_context
from crawler.demo.fault_kinds import KINDS
from crawler.demo.fault_rule import Fault, Strike
from crawler.demo.faults import Faults
from crawler.demo.hosts import HOSTS, Handler, answer
from crawler.demo.messages import Request, Response
from crawler.demo.proxy import Service
from crawler.demo.request_log import Record, RequestLog
from crawler.demo.server_thread import LOOPBACK, ServerThread
from crawler.demo.site import Site


class World:
    """`with World(site, faults=[…]) as world:` serves until the block ends. It never connects to anything itself.

    `port` 0 takes a free one. Without `ca_file` the certificate goes to a folder that lives as long as the world.
    `robots` maps hosts to robots.txt texts (absent: 404) and, like `site` and `faults`, may be changed at any time.
    `hosts` adds hosts to this world, or has others answer for its own.
    `seed` decides which requests a fault with a `share` strikes.
    """

    def __init__(  # noqa: PLR0913 - independent knobs of a test fixture, all but two by keyword
        self,
        site: Site,
        faults: Iterable[Fault] = (),
        *,
        robots: Mapping[str, str] | None = None,
        hosts: Mapping[str, Handler] | None = None,
        port: int = 0,
        ca_file: Path | str | None = None,
        seed: int = 0,
    ) -> None:
        self.site = site
        self.faults = Faults(faults, seed)
        self.robots: dict[str, str] = dict(robots or {})
        self.hosts: dict[str, Handler] = HOSTS | dict(hosts or {})
        self.port = port
        self._log = RequestLog()
        self._given_ca_file = None if ca_file is None else Path(ca_file)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._server: ServerThread | None = None

    @property
    def proxy_url(self) -> str:
        """The proxy's address, for http_proxy and https_proxy alike."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def ca_file(self) -> Path:
        """The certificate authority's PEM, which clients must trust."""
        if self._given_ca_file is not None:
            return self._given_ca_file
        if self._folder is None:
            raise RuntimeError("the world is not running")
        return Path(self._folder.name) / "ca.pem"

    @property
    def requests(self) -> list[Record]:
        """All requests so far, in the order in which they came: a copy."""
        return self._log.records()

    def forget_requests(self) -> None:
        """Empty the log."""
        self._log.clear()

    def env(self) -> dict[str, str]:
        """Return the variables that lead a client into this world, to be laid over the caller's own environment."""
        proxies = {"http_proxy": self.proxy_url, "https_proxy": self.proxy_url, "no_proxy": ""}
        return proxies | {"SSL_CERT_FILE": str(self.ca_file)}

    def start(self) -> Self:
        """Start serving; raises what kept the server from listening, OSError for a port in use."""
        if self._given_ca_file is None:
            self._folder = tempfile.TemporaryDirectory(prefix="demo-world-")
        server = ServerThread(self.port, Service(server_context(self.hosts, self.ca_file), self.hosts, self._answer))
        try:
            server.start()
        except BaseException:
            self.stop()
            raise
        self._server, self.port = server, server.port
        return self

    def stop(self) -> None:
        """Stop serving, cutting open connections. The log of requests stays readable."""
        if self._server is not None:
            self._server.stop()
        if self._folder is not None:
            self._folder.cleanup()
        self._server = self._folder = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _answer(self, request: Request) -> tuple[Response, Fault | None]:
        response = answer(self.site, request, self.robots, self.hosts)
        fault = self.faults.strike(request.host, request.target) if request.host in self.hosts else None
        if fault is None:
            self._log.add(request, response.status, "")
            return response, None
        kind = KINDS[fault.kind]
        if kind.rewrite is not None:
            response = kind.rewrite(Strike(request, response, fault))
        self._log.add(request, None if kind.silent else response.status, fault.kind)
        return response, fault

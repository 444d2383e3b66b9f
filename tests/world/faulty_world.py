"""The demo's world with faults, robots texts, more hosts and a log of requests."""

import socket
from collections.abc import Iterable, Mapping
from pathlib import Path

from world.fault_kinds import CAPTCHA, KINDS
from world.fault_rule import Fault, Strike
from world.faults import Faults
from world.request_log import Record, RequestLog

from crawler import demo
from crawler.demo.messages import Request, Response, html_response, text_response
from crawler.demo.proxy import send
from crawler.demo.world import Handler


class World(demo.World):
    """`with World(site, faults=[…]) as world:` serves until the block ends.

    `robots` maps hosts to robots.txt texts (absent: 404) and, like `site` and `faults`, may be changed at any time.
    `hosts` adds hosts to this world, or has others answer for its own.
    `seed` decides which requests a fault with a `share` strikes.
    """

    def __init__(
        self,
        site: demo.Site,
        faults: Iterable[Fault] = (),
        *,
        robots: Mapping[str, str] | None = None,
        hosts: Mapping[str, Handler] | None = None,
        port: int = 0,
        ca_file: Path | str | None = None,
        seed: int = 0,
    ) -> None:
        super().__init__(site, port=port, ca_file=ca_file)
        self.hosts |= dict(hosts or {})
        self.faults = Faults(faults, seed)
        self.robots: dict[str, str] = dict(robots or {})
        self._log = RequestLog()

    @property
    def requests(self) -> list[Record]:
        """All requests so far, in the order in which they came: a copy, which stays readable after the end."""
        return self._log.records()

    def forget_requests(self) -> None:
        """Empty the log."""
        self._log.clear()

    def answer(self, request: Request) -> Response:
        if request.path == "/robots.txt" and request.host in self.robots:
            return text_response(self.robots[request.host])
        if request.path == "/verify" and request.host in self.hosts:
            return html_response(CAPTCHA)
        return super().answer(request)

    def respond(self, connection: socket.socket, request: Request) -> bool:
        response = self.answer(request)
        fault = self.faults.strike(request.host, request.target) if request.host in self.hosts else None
        if fault is None:
            self._log.add(request, response.status, "")
            return send(connection, request, response)
        kind = KINDS[fault.kind]
        if kind.rewrite is not None:
            response = kind.rewrite(Strike(request, response, fault))
        self._log.add(request, None if kind.silent else response.status, fault.kind)
        return (kind.send or send_struck)(connection, Strike(request, response, fault))


def send_struck(connection: socket.socket, strike: Strike) -> bool:
    """Send what the fault has made of the response, in good order."""
    return send(connection, strike.request, strike.response)

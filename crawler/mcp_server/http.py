"""Serving over HTTP, to this machine alone: what a browser may be led to ask from elsewhere is refused."""

import asyncio
import socket
import sys
from ipaddress import ip_address
from typing import Any

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings

PATH = "/mcp"


def address_of(told: str) -> tuple[str, int]:
    """``HOST:PORT`` of this machine's loopback. Raises ValueError."""
    host, _, port = told.rpartition(":")
    host = "127.0.0.1" if host == "localhost" else host.removeprefix("[").removesuffix("]")
    try:
        if port.isascii() and port.isdigit() and int(port) < 1 << 16 and ip_address(host).is_loopback:
            return host, int(port)
    except ValueError:
        pass
    raise ValueError(f"--http {told[:80]}: say an address of this machine's loopback, as 127.0.0.1:8000 or [::1]:8000")


def serve(server: MCPServer[Any], host: str, port: int) -> None:
    """Serve until a signal comes. Raises ValueError where the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise ValueError(f"--http: cannot listen at port {port}: {error.strerror}") from None
    with listening:
        port = listening.getsockname()[1]
        name = f"[{host}]" if ":" in host else host
        names = [f"{one}:{port}" for one in {name: None, "localhost": None, "127.0.0.1": None, "[::1]": None}]
        known = TransportSecuritySettings(allowed_hosts=names, allowed_origins=[f"http://{one}" for one in names])
        app = server.streamable_http_app(streamable_http_path=PATH, transport_security=known)
        print(f"http://{name}:{port}{PATH}", file=sys.stderr, flush=True)
        asyncio.run(uvicorn.Server(uvicorn.Config(app, log_level="error")).serve([listening]))

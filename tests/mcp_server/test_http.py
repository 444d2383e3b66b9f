"""Over HTTP the server is this machine's alone: what a browser may be led to ask from elsewhere is refused."""

import asyncio
import contextlib
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from mcp import Client
from mcp_server.clients import ENV, all_pages
from run_scrapy import finews

from crawler import exits
from crawler.mcp_server.http import address_of, serve
from crawler.mcp_server.server import ArchiveServer


@contextlib.contextmanager
def served(output: Path, host: str = "127.0.0.1") -> Iterator[str]:
    """The address of a server in a process of its own."""
    command = [sys.executable, "-P", "-m", "crawler", "mcp", "--http", f"{host}:0", "-s", f"FINEWS_OUTPUT_DIR={output}"]
    with subprocess.Popen(command, env=ENV, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr
        try:
            yield running.stderr.readline().strip()
        finally:
            running.send_signal(signal.SIGTERM)
            assert running.wait(30) == exits.INTERRUPTED


def test_over_http_for_this_machine_alone(output: Path) -> None:
    async def talk(address: str) -> None:
        async with Client(address) as asked:
            found = await all_pages(asked, "by_stock", stock="600050", limit=10)
            assert len(found) == 28
        async with httpx2.AsyncClient() as plain:
            body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
            accept = {"Accept": "application/json, text/event-stream"}
            for foreign in ({"Host": "evil.example"}, {"Host": "evil.example:80"}, {"Origin": "http://evil.example"}):
                done = await plain.post(address, json=body, headers=accept | foreign)
                assert done.status_code in {403, 421}, foreign

    with served(output) as address:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/mcp", address)
        asyncio.run(talk(address))


@pytest.mark.long
@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0:8000",
        "192.0.2.1:8000",
        "example.com:80",
        ":8000",
        "[::]:1",
        "127.0.0.1",
        "127.0.0.1:x",
        "127.0.0.1:99999",
        "",
    ],
)
def test_other_addresses_are_refused(address: str, output: Path) -> None:
    done = finews("mcp", "--http", address, "-s", f"FINEWS_OUTPUT_DIR={output}", folder=output)
    assert (done.code, done.out) == (exits.WRONG_USAGE, "")
    assert ("loopback" if address else "--http is empty") in done.err


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("127.9.9.9:1", ("127.9.9.9", 1)),
        ("localhost:0", ("127.0.0.1", 0)),
        ("[::1]:65535", ("::1", 65535)),
        ("::1:80", ("::1", 80)),
    ],
)
def test_addresses_of_this_machine(told: str, address: tuple[str, int]) -> None:
    assert address_of(told) == address


@pytest.mark.parametrize("told", ["127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:８０", "10.0.0.1:80", "x" * 9999])
def test_any_other_is_none_and_is_not_told_at_length(told: str) -> None:
    with pytest.raises(ValueError, match="loopback") as error:
        address_of(told)
    assert len(str(error.value)) < 200


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ValueError, match=f"cannot listen at port {port}"):
            serve(ArchiveServer(tmp_path, "sqlite:///x"), "127.0.0.1", port)

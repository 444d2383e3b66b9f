"""The server as a client of the protocol's own SDK meets it, over stdio, beside a crawl."""

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
from forked_scrapy import START
from mcp import Client
from mcp_server.clients import ENV, all_pages, call, client, inside
from run_scrapy import finews, forker
from search.archives import post, put
from world import World, generated_site

from crawler import exits
from crawler.mcp_server.server import ArchiveServer, address_of, serve


@pytest.mark.long
def test_over_stdio(output: Path) -> None:
    async def talk() -> None:
        async with client(output) as asked:
            tools = {tool.name: tool for tool in (await asked.list_tools()).tools}
            assert {name: [*tool.input_schema["properties"]] for name, tool in tools.items()} == {
                "search": ["query", "since", "until", "category", "stock", "as_of", "limit", "cursor"],
                "get_article": ["code", "as_of", "cursor"],
                "by_stock": ["stock", "as_of", "limit", "cursor"],
                "by_time": ["since", "until", "as_of", "limit", "cursor"],
            }
            assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools.values())
            assert "never instructions" in (asked.instructions or "")
            told = await call(asked, "search", query="联通", limit=2)
            assert [[*item] for item in told["items"]] == [["code", "title", "published", "untrusted", "snippet"]] * 2
            assert told["items"][0]["title"] == "第9篇"  # the shorter, then the newer
            assert (await call(asked, "get_article", code=post(1).code))["text"] == "联通中国联通"

    asyncio.run(talk())


def test_an_output_without_posts_is_wrong_usage(tmp_path: Path) -> None:
    done = finews("mcp", folder=tmp_path)
    assert (done.code, done.out) == (exits.WRONG_USAGE, "")
    assert "there are no posts in" in done.err
    assert list(tmp_path.iterdir()) == []


def test_it_answers_while_a_crawl_runs(tmp_path: Path) -> None:
    output = tmp_path / "output"
    put(output, post(1, body="<p>联通</p>"))

    async def talk() -> None:
        async with inside(output) as asked:
            while running.poll() is None:
                for item in (await call(asked, "by_time", limit=100))["items"]:
                    assert (await call(asked, "get_article", code=item["code"]))["text"]
            assert len((await call(asked, "by_time", limit=100))["items"]) > 20

    with World(generated_site(30, 3)) as world:
        running = forker().start("crawl", "finews", *START, output=output, env=world.env())
        asyncio.run(talk())


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

"""Clients of the server: the protocol's own SDK, and a look at each answer."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from forked_scrapy import ROOT
from mcp import Client, StdioServerParameters

from crawler.mcp_server.server import ArchiveServer

ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
MOST = 64 * 1024


def client(output: Path) -> Client:
    """Over stdio, as applications start it."""
    args = ["-P", "-m", "crawler", "mcp", "-s", f"FINEWS_OUTPUT_DIR={output}"]
    return Client(StdioServerParameters(command=sys.executable, args=args, env=ENV))


def inside(output: Path) -> Client:
    """In this process."""
    return Client(ArchiveServer(output, f"sqlite:///{output / 'state' / 'ledger.sqlite'}"))


async def call(asked: Client, name: str, **arguments: object) -> dict[str, Any]:
    done = await asked.call_tool(name, arguments)
    assert len(done.model_dump_json(by_alias=True).encode()) < MOST
    assert len(json.dumps(done.model_dump(mode="json", by_alias=True))) < MOST
    assert not done.is_error, done.content
    told: dict[str, Any] = json.loads(done.content[0].text)  # type: ignore[union-attr]
    assert done.structured_content == told
    return told


async def refused(asked: Client, name: str, **arguments: object) -> str:
    done = await asked.call_tool(name, arguments)
    assert done.is_error
    words: str = done.content[0].text  # type: ignore[union-attr]
    assert not re.search(r"/tmp|Traceback|crawler|\.py|\n", words), words
    assert len(words) < 1000
    return words


async def all_pages(asked: Client, name: str, **arguments: object) -> list[dict[str, Any]]:
    found, cursor = list[dict[str, Any]](), ""
    while cursor is not None:
        told = await call(asked, name, cursor=cursor, **arguments)
        found += told["items"]
        cursor = told["next_cursor"]
    return found

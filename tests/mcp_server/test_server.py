"""The server as a client of the protocol's own SDK meets it, over stdio, beside a crawl."""

import asyncio
from pathlib import Path

import pytest
from forked_scrapy import START
from mcp_server.clients import call, client, inside
from run_scrapy import finews, forker
from search.archives import post, put
from world import World, generated_site

from crawler import exits


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

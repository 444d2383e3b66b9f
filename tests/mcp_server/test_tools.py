"""The tools: pages that hold everything once, long texts in pieces, the archive as of any moment, and wrong wishes in words."""

import asyncio
from pathlib import Path

import pytest
from data.test_as_of import History, day, made_once
from mcp_server.clients import all_pages, call, inside, refused
from search.archives import post, put

__all__ = ["made_once"]


def test_pages_hold_everything_once(output: Path) -> None:
    async def talk() -> None:
        async with inside(output) as asked:
            codes = [post(number).code for number in range(28, 0, -1)]
            for name, arguments in (
                ("search", {"query": "联通"}),
                ("by_stock", {"stock": "600050"}),
                ("by_stock", {"stock": "中国联通", "limit": 1000}),
                ("by_time", {"until": "2022-01-31"}),
            ):
                for limit in (arguments.get("limit", 5), 28):
                    found = await all_pages(asked, name, **{**arguments, "limit": limit})
                    listed = [item["code"] for item in found]
                    assert (sorted(listed, reverse=True) if name == "search" else listed) == codes
            first = await call(asked, "by_time", until="2022-01-31", limit=3)
            put(output, post(50, title="新的", time="2022-01-30 10:00:00"))  # meanwhile: later pages are as they were
            second = await call(asked, "by_time", until="2022-01-31", limit=3, cursor=first["next_cursor"])
            assert [item["code"] for item in second["items"]] == codes[3:6]
            days = await call(asked, "by_time", since="2022-01-05", until="2022-01-06")
            assert [item["published"] for item in days["items"]] == [
                "2022-01-06T10:00:00+08:00", "2022-01-05T10:00:00+08:00",
            ]  # fmt: skip

    asyncio.run(talk())


@pytest.mark.long
@pytest.mark.parametrize(("number", "text"), [(99, "\n".join(["长"] * 20_000)), (98, "\n".join(['中\\"'] * 9_000))])
def test_a_long_article_comes_in_pages_marked_as_data(number: int, text: str, output: Path) -> None:
    async def talk() -> None:
        async with inside(output) as asked:
            pieces, cursor = list[str](), ""
            while cursor is not None:
                told = await call(asked, "get_article", code=post(number).code, cursor=cursor)
                assert told["untrusted"] is True
                assert len(told["title"]) <= 500
                pieces.append(told["text"])
                last, cursor = cursor, told["next_cursor"]
            assert "".join(pieces) == text
            assert 3 < len(pieces) < 60
            put(output, post(number, title="x", body="<p>changed</p>", time="2022-02-01 10:00:00"))
            (output / "_posts" / f"2022-02-02-{post(98).code}.md").unlink()
            assert "begin without one" in await refused(asked, "get_article", code=post(number).code, cursor=last)

    asyncio.run(talk())


@pytest.mark.long
def test_many_long_titles_still_fit(output: Path) -> None:
    put(output, *(post(number, title='题\\"' * 3_000, time="2023-01-01 10:00:00") for number in range(1000, 1150)))

    async def talk() -> None:
        async with inside(output) as asked:
            found = await all_pages(asked, "by_time", since="2023-01-01", limit=100)
            assert len({item["code"] for item in found}) == len(found) == 150

    asyncio.run(talk())


REFUSED = {
    "an unknown stock": ("by_stock", {"stock": "600051"}, "did you mean 中国联通"),
    "an unknown category": ("search", {"query": "x", "category": "renminyoudian"}, "did you mean renminyoudianbao?"),
    "no stock": ("by_stock", {"stock": " "}, "say a stock"),
    "a long stock": ("by_stock", {"stock": "x" * 100_000}, "no article is about"),
    "no code": ("get_article", {"code": "NW" + "1" * 100_000}, "no article of this code"),
    "a path": ("get_article", {"code": "../../etc/passwd"}, "no article of this code"),
    "a day": ("by_time", {"since": "yesterday"}, "YYYY-MM-DD"),
    "a time": ("by_time", {"as_of": "then"}, "2025-09-23T09:30"),
    "no words": ("search", {"query": "\0 "}, "at least one word"),
    "a limit": ("search", {"query": "x", "limit": -5}, "from 1 to 100"),
    "no number": ("search", {"query": "x", "limit": "many"}, "limit: "),
    "nothing": ("search", {}, "query: "),
    "another cursor": ("search", {"query": "x", "cursor": "WyJhIl0"}, "begin without one"),
    "a cursor of no archive": (
        "search",
        {"query": "x", "cursor": "WzEwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDBd"},
        "begin without one",
    ),
    "no cursor": ("by_time", {"cursor": "\ud7ff" * 99_999}, "begin without one"),
    "another tool": ("rm" * 50_000, {}, "there is no tool"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_wrong_is_told_in_words(kind: str, output: Path) -> None:
    name, arguments, words = REFUSED[kind]

    async def talk() -> None:
        async with inside(output) as asked:
            assert words in await refused(asked, name, **arguments)

    asyncio.run(talk())


def test_an_archive_that_goes_meanwhile_is_told_without_its_path(output: Path) -> None:
    async def talk() -> None:
        async with inside(output) as asked:
            (output / "_posts").rename(output / "elsewhere")
            assert await refused(asked, "search", query="x") == "the archive has no posts"
            (output / "state").mkdir()
            (output / "elsewhere").rename(output / "_posts")
            (output / "state" / "ledger.sqlite").write_bytes(b"no database" * 1000)
            assert "cannot be read now" in await refused(asked, "by_stock", stock="600050")

    asyncio.run(talk())


@pytest.mark.long
def test_as_of(made_once: History) -> None:
    async def talk() -> None:
        async with inside(made_once.output) as asked:
            there, spelled = made_once.days[9], day(9).isoformat()
            found = await all_pages(asked, "by_time", as_of=spelled, limit=50)
            assert {int(item["code"][-4:]): item["title"] for item in found} == {
                a: f"题{t}" for a, (t, _) in there.items()
            }
            words = await all_pages(asked, "search", query="新", as_of=spelled, limit=7)
            assert {int(item["code"][-4:]) for item in words} == {a for a, (text, _) in there.items() if "新" in text}
            later = next(a for a in made_once.days[-1] if a not in there)
            code = post(later).code[:-4] + f"{later:04}"
            changed = next(a for a, then in there.items() if made_once.days[-1][a] != then)
            article = found[0]["code"][:-4]
            told = await call(asked, "get_article", code=f"{article}{changed:04}", as_of=spelled)
            assert (told["text"], told["version"]) == there[changed]
            assert "by then" in await refused(asked, "get_article", code=f"{article}{later:04}", as_of=spelled), code

    asyncio.run(talk())


@pytest.mark.long
def test_a_time_without_a_zone_is_told_to_be_beijings(made_once: History) -> None:
    async def talk() -> None:
        async with inside(made_once.output) as asked:
            told = await call(asked, "by_time", as_of="2026-01-05T08:00")
            assert told["as_of"] == "2026-01-05T08:00:00+08:00"

    asyncio.run(talk())

"""`finews search`: what it says, and with which exit code."""

import json
from pathlib import Path

import pytest
from forked_scrapy import START
from run_scrapy import fresh_scrapy, scrapy
from search.archives import post, put
from world import World, generated_site

from crawler import exits
from crawler.store.lock import RunLock


@pytest.fixture
def output(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    put(
        output,
        post(1, title="A &amp; <b>红色\u202e", body="<p>一二三</p>", time="2022-01-13 10:00:00"),
        post(2, title="别的", body=f"<p>{'前' * 50}\n<b>红</b>色\x1b{'后' * 99}</p>", time="2022-01-14 10:00:00"),
    )
    return output


def test_for_people(output: Path) -> None:
    done = scrapy("search", "红色", output=output)
    first, second = post(1).code, post(2).code
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"2022-01-13 10:00  {first}  A & <b>红色\\u202e",
        "    一二三",
        f"2022-01-14 10:00  {second}  别的",
        f"    …{'前' * 19} 红色\\x1b{'后' * 57}…",
        "found 2, shown 2",
    ]
    assert scrapy("search", "红色", "--limit", "1", output=output).out.splitlines()[-1] == "found 2, shown 1"
    assert scrapy("search", "红色", "--limit", "9" * 20, output=output).out.splitlines()[-1] == "found 2, shown 2"
    assert scrapy("search", "红", "色", "--since", "2022-01-14", output=output).out.count(second) == 1
    assert scrapy("search", "没有", output=output).out == "found 0, shown 0\n"


def test_for_programs_while_a_run_holds_the_lock(output: Path) -> None:
    lock = RunLock(output)
    lock.take()
    try:
        done = scrapy("search", "红色", "--json", "--limit", "0", output=output)
    finally:
        lock.release()
    told = json.loads(done.out)
    assert (done.code, told["total"], [*told]) == (0, 2, ["total", "seconds", "hits"])
    assert 0 < told["seconds"] < 60
    assert told["hits"][0] == {
        "code": post(1).code, "title": "A & <b>红色\u202e", "published": "2022-01-13T10:00:00+08:00", "snippet": "一二三",
    }  # fmt: skip


WRONG = {
    "no word": ((), "at least one word"),
    "a blank": ((" ",), "at least one word"),
    "a day": (("x", "--since", "yesterday"), "YYYY-MM-DD"),
    "a number": (("x", "--limit", "-1"), "0 for all"),
    "a category": (("x", "--category", "renminyoudianba"), "did you mean renminyoudianbao?"),
    "a stock": (("x", "--stock", "600051"), "no article is about 600051"),
    "an option": (("x", "--jsno"), "did you mean --json"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_usage(wrong: str, output: Path) -> None:
    args, message = WRONG[wrong]
    said, told = (scrapy("search", *args, *how, output=output) for how in ((), ("--json",)))
    assert (said.code, said.out, message in said.err) == (exits.WRONG_USAGE, "", True)
    assert (told.code, message in json.loads(told.out)["error"]) == (exits.WRONG_USAGE, True)


def test_an_output_without_posts_is_wrong_usage_and_stays_as_it_is(tmp_path: Path) -> None:
    done = scrapy("search", "x", output=tmp_path / "none")
    assert (done.code, "there are no posts in" in done.err) == (exits.WRONG_USAGE, True)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_told_beside_the_answer(output: Path) -> None:
    (output / "_posts" / "2022-01-14-x.md").write_text("红色")
    said, told = (scrapy("search", "红色", *how, output=output) for how in ((), ("--json",)))
    for done in (said, told):
        assert (done.code, "2022-01-14-x.md: left out: no front matter" in done.err) == (exits.IN_QUARANTINE, True)
    assert json.loads(told.out)["total"] == 2


def test_an_index_out_of_reach_is_said_in_one_sentence(output: Path) -> None:
    (output / "state").write_text("a file in its place")
    done = fresh_scrapy("search", "红色", "--json", output=output)
    assert (done.code, json.loads(done.out)["total"]) == (0, 2)
    assert done.err.count("\n") == 1
    assert "cannot be written" in done.err


def test_each_run_keeps_the_index_up(tmp_path: Path) -> None:
    """Through both doors; a run makes none, and one that writes nothing touches it not."""
    output = tmp_path / "output"
    index = output / "state" / "search.sqlite"
    crawl = ("crawl", "finews", *START)
    with World(generated_site(6, 2)) as world:
        env = world.env()
        assert scrapy(*crawl, "-a", "category=emnews", output=output, env=env).code == 0
        assert not index.exists()
        first = json.loads(scrapy("search", "的", "--json", "--limit", "0", output=output).out)
        before = index.stat().st_mtime_ns
        done = scrapy(*crawl, output=output, env=env | {"FINEWS_ARCHIVE": "1"})
        grown = index.stat().st_mtime_ns
        assert grown > before
        scrapy(*crawl, output=output, env=env)
        assert index.stat().st_mtime_ns == grown
        other = tmp_path / "other"
        put(other, post(1))
        scrapy("search", "x", output=other)
        before = (other / "state" / "search.sqlite").stat().st_mtime_ns
        assert scrapy("reprocess", str(output / "archive"), output=other).code in {0, 5}
        assert (other / "state" / "search.sqlite").stat().st_mtime_ns > before
    assert done.code == 0
    assert first["total"] < len([*(output / "_posts").iterdir()])


@pytest.mark.parametrize("args", [("search", "红色", "--stock", "600050"), ("stock", "600050")])
def test_a_damaged_ledger_is_told_in_a_sentence(args: tuple[str, ...], output: Path) -> None:
    ledger = output / "state" / "ledger.sqlite"
    ledger.parent.mkdir(exist_ok=True)
    ledger.write_bytes(b"no database" * 500)
    done = scrapy(*args, output=output)
    assert (done.code, "Traceback" in done.err, "verify --rebuild" in done.err) == (exits.NOT_WRITABLE, False, True)
    if args[0] == "search":
        told = json.loads(scrapy(*args, "--json", output=output).out)
        assert (told["exit_code"], str(ledger) in told["error"]) == (exits.NOT_WRITABLE, True)

"""East Money's lists through the front door: columns, one security's news, the rolling list."""

import json
import re
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from run_scrapy import Done, scrapy
from world import DemoArticle, Fault, Record, World

from crawler.columns import LIST_HOST, ROLLING_HOST, ROLLING_SCRIPT_HOST
from crawler.demo.eastmoney_lists import MOST_AT_ONCE
from crawler.origins import API_HOST, PAGE_HOST, WAP_HOST
from crawler.spiders.eastmoney import EastMoneySpider

COLUMN = ("-a", "column=cgnjj", "-a", "since=2022-01-12")
LISTS = ("getNewsByColumns", "getListInfo", "getFastNewsList", "getlist_102", "/a/c")
DAY = "2022-01-14"
Go = Callable[..., tuple[Done, dict[str, Any]]]


@pytest.fixture
def go(world: World, tmp_path: Path) -> Go:
    """Crawl by lists into one folder; what came, and the report. The log of requests holds this run's."""

    def run(*args: str, output: Path = tmp_path / "output") -> tuple[Done, dict[str, Any]]:
        world.forget_requests()
        done = scrapy("crawl", "eastmoney", *args, "-s", "RETRY_TIMES=1", output=output, env=world.env())
        return done, report(done)

    return run


def report(done: Done) -> dict[str, Any]:
    """That of the last run."""
    files = sorted((done.output / "reports").glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
    told: dict[str, Any] = json.loads(files[-1].read_bytes()) if files else {}
    return told


def lists(world: World) -> list[Record]:
    return [record for record in world.requests if any(name in record.path for name in LISTS)]


def asked(world: World) -> str:
    """The addresses of articles that were asked for."""
    return " ".join(record.path for record in world.requests if record not in lists(world))


def numbers(told: dict[str, Any]) -> tuple[int, ...]:
    return tuple(told[name] for name in ("found", "written", "unchanged", "quarantined", "out_of_scope"))


def flash(code: str, **fields: Any) -> DemoArticle:
    """An item of the rolling list that names no medium."""
    made = {
        "title": "央行公布一项数据",
        "digest": "央行公布一项数据，增速持平。",
        "link": "",
        "text": "<p>央行公布一项数据，增速持平。</p>",
    }
    made |= {"content": "<p>央行公布一项<span>数据</span>，增速持平。</p>"} | fields
    date = datetime.fromisoformat(f"{DAY} 09:30:11")
    return DemoArticle(code, date=date, category="emnews", tag="东财滚动新闻", **made)


# --- columns


@pytest.mark.long
@pytest.mark.parametrize("down", [False, True])
def test_of_two_titles_the_later_is_taken(down: bool, world: World, go: Go, tmp_path: Path) -> None:
    """Where an article is asked for again, be it that it is written or that it failed."""
    world.faults.replace(*([Fault("status", path="GetNewsText|/a/2022|content", status=404)] if down else []))
    go(*COLUMN)
    world.faults.replace()
    for article in world.site.newest[:9]:
        world.site.change(article.code, title=f"更正：{article.title}")
    time.sleep(1.05)  # pages of one second are told apart by nothing
    done, _ = go(*COLUMN, "-a", "full=1")
    wanted, _ = go(*COLUMN, output=tmp_path / "wanted")
    assert (done.code, done.posts()) == (wanted.code, wanted.posts())
    assert sum("更正".encode() in post for post in done.posts().values()) > 3


def test_a_column_is_read_down_to_the_page_that_is_wholly_older(world: World, go: Go) -> None:
    inside = [article for article in world.site.newest if f"{article.date:%Y-%m-%d}" >= "2022-01-12"]
    done, told = go(*COLUMN)
    assert (done.code, done.posts().keys()) == (0, {f"{one.date:%Y-%m-%d}-NW{one.info_code[2:]}.md" for one in inside})
    assert numbers(told) == (len(inside) + 1, len(inside), 0, 0, 1)
    assert told["reasons"] == {"not an article: caifuhao column": 1}
    older = [article.info_code[2:] for article in world.site.newest if article not in inside]
    assert not [code for code in older if code in asked(world)], "the pinned one, too"
    last = -(-(len(inside) + 2) // MOST_AT_ONCE)
    assert [f"page_index={number}&" in one.path for number, one in enumerate(lists(world), 1)] == [True] * (last + 1)
    assert all("order=2" in one.path and "req_trace=1" in one.path for one in lists(world))

    times = {path: path.stat().st_mtime_ns for path in (done.output / "_posts").iterdir()}
    done, told = go(*COLUMN)
    assert (done.code, len(lists(world)), asked(world).replace("/robots.txt", "").strip()) == (0, 1, "")
    assert numbers(told) == (len(inside) + 1, 0, len(inside), 0, 1)
    assert times == {path: path.stat().st_mtime_ns for path in (done.output / "_posts").iterdir()}

    done, told = go("-a", "column=国内经济")
    assert (done.code, told["written"]) == (0, len(older))
    assert len(lists(world)) > 1, "what is known is no end: further down nothing was read"
    assert (go("-a", "column=350")[1]["written"], len(lists(world))) == (0, 1)


def test_everything_again_is_not_what_is_none_of_ours(world: World, go: Go) -> None:
    go(*COLUMN)
    done, told = go(*COLUMN, "-a", "full=1")
    assert (done.code, told["out_of_scope"], told["unchanged"]) == (0, 1, told["found"] - 1)
    assert len(asked(world).split("GetNewsText")) > told["unchanged"]
    assert not any(re.search(r"\d{19}", record.path) for record in world.requests), "a reader's column"


def test_a_narrow_run_leaves_no_gap_for_a_wider_one(world: World, go: Go) -> None:
    newest = world.site.newest[:]
    world.site.remove(newest[0].code)
    for gone in newest[1:25]:
        world.site.remove(gone.code)
    go(*COLUMN)
    world.site.put(*(world.site.whole(one) for one in newest[:25]))
    go("-a", "column=cgnjj", "-a", "since=2022-01-14")
    done, _ = go(*COLUMN)
    assert len(done.posts()) == sum(f"{one.date:%Y-%m-%d}" >= "2022-01-12" for one in newest)


def test_static_pages_stand_in_for_the_list(world: World, go: Go) -> None:
    world.faults.replace(Fault("status", status=404, host=LIST_HOST))
    done, told = go(*COLUMN)
    wanted = sum(f"{article.date:%Y-%m-%d}" >= "2022-01-12" for article in world.site.newest)
    assert (done.code, told["written"], told["lists_elsewhere"]) == (0, wanted, ["cgnjj: HTTP status 404"]), done.out
    by_pages = done.posts()
    assert [one.path for one in lists(world)][-3:] == ["/a/cgnjj.html", "/a/cgnjj_2.html", "/a/cgnjj_3.html"]
    assert (go(*COLUMN)[1]["written"], len(lists(world))) == (0, 3), "the list twice, and one static page"
    world.faults.replace()
    done, _ = go(*COLUMN, output=done.output.with_name("by-list"))
    assert done.posts() == by_pages, "seconds, too"


WRONG = [
    Fault("html-for-json", host=LIST_HOST),
    Fault("json-null-data", host=LIST_HOST),
    Fault("cut", host=LIST_HOST),
]


@pytest.mark.long
@pytest.mark.parametrize("fault", WRONG, ids=lambda fault: fault.kind)
def test_a_reply_of_a_wrong_shape_is_kept_unless_static_pages_make_it_good(fault: Fault, world: World, go: Go) -> None:
    world.faults.replace(fault, Fault("status", status=404, path="^/a/c"))
    done, told = go(*COLUMN)
    assert (done.code, told["found"], told["counts"]["lists/failed"]) == (5, 0, 1), done.out + done.err
    (raw,) = (done.output / "quarantine").glob("*.raw")
    assert raw.read_bytes()
    assert raw.stem in scrapy("quarantine", "list", output=done.output).out
    world.faults.replace(fault)
    done, told = go(*COLUMN)
    assert (done.code, told["counts"]["quarantine/resolved"], bool(told["written"])) == (0, 1, True)
    assert not [*(done.output / "quarantine").iterdir()]


@pytest.mark.parametrize(("kind", "code"), [("close", 3), ("captcha", 8), ("blocked-json", 8)])
def test_a_list_that_nobody_gives_is_no_success(kind: str, code: int, world: World, go: Go) -> None:
    world.faults.replace(Fault(kind, host=LIST_HOST), Fault(kind, host=PAGE_HOST))
    done, told = go(*COLUMN)
    assert (done.code, told["found"]) == (code, 0), done.out + done.err


def test_robots_that_forbid_the_lists_are_told(world: World, go: Go) -> None:
    world.robots[LIST_HOST] = "User-agent: *\nDisallow: /comm/"
    done, told = go(*COLUMN)
    assert (done.code, told["lists_elsewhere"]) == (0, ["cgnjj: Forbidden by robots.txt"])
    done, told = go("-a", "stock=600050")
    assert (done.code, told["failed"][0]["reason"]) == (3, "600050: Forbidden by robots.txt")


# --- securities


def test_the_news_of_securities(world: World, go: Go) -> None:
    done, told = go("-a", "stock=600050,NIO,601234,09881.HK", "-a", "since=2022-01-01")
    named = [
        one
        for one in world.site
        if any(f"nid={secid}&" in one.content for secid in ("1.600050", "106.NIO", "116.09881"))
    ]
    assert (done.code, told["no_news"]) == (0, ["601234"])
    assert {one.info_code[2:] for one in named} <= {name.partition("-NW")[2][:-3] for name in done.posts()}
    assert told["written"] == len(done.posts()) >= len(named) > 2
    markets = [one.path.partition("mTypeAndCode=")[2].partition("&")[0] for one in lists(world)]
    assert [market for market in markets if "NIO" in market] == ["105.NIO", "106.NIO"]
    go("-a", "stock=NIO", "-a", "since=2022-01-01")
    assert ["106.NIO" in one.path for one in lists(world)] == [True]


def test_no_news_is_no_failure(world: World, go: Go) -> None:
    done, told = go("-a", "stock=601234,ZZZZ")
    assert (done.code, told["found"], told["no_news"]) == (0, 0, ["601234", "ZZZZ"])
    assert "lists without news 2: 601234, ZZZZ" in done.out


def test_a_security_s_list_that_cannot_be_read_is_asked_for_again(world: World, go: Go) -> None:
    world.faults.replace(Fault("html-for-json", path="mTypeAndCode=1.600050"))
    done, told = go("-a", "stock=600050,NIO")
    assert (done.code, told["failed"][0]["reason"][:8]) == (5, "600050: ")
    assert told["written"] > 0
    world.faults.replace()
    done, told = go("-a", "stock=600050,NIO")
    assert (done.code, told["counts"]["quarantine/resolved"]) == (0, 1)


# --- the rolling list


def test_an_item_without_a_medium_keeps_the_form_of_the_list(world: World, go: Go) -> None:
    world.site.put(flash("202201142247990001"))
    done, told = go("-a", "column=7x24", "-a", f"since={DAY}")
    assert (done.code, told["quarantined"]) == (0, 0), done.out
    post = done.posts()[f"{DAY}-202201142247990001.md"].decode()
    assert post.splitlines()[1:] == [
        *("layout: post", 'title: "央行公布一项数据"', f"date: {DAY} 09:30:11 +0800"),
        *("categories: emnews", "tags: 东财滚动新闻", "---"),
        *("> 央行公布一项数据，增速持平。", "", "<p>央行公布一项<span>数据</span>，增速持平。</p>", ""),
        *("<http://finance.eastmoney.com/a/202201142247990001.html>", ""),
        "[返回东财滚动新闻](//finews.withounder.com/emnews/)｜[返回首页](//finews.withounder.com/)",
    ]
    assert all("-NW" in name for name in done.posts() if "990001" not in name)
    assert "medium_unknown" not in told
    assert (go("-a", "column=7x24", "-a", f"since={DAY}")[1]["written"], len(lists(world))) == (0, 1)
    assert asked(world).replace("/robots.txt", "").strip() == ""


@pytest.mark.long
def test_a_flash_that_is_nothing_but_its_digest(world: World, go: Go) -> None:
    world.site.put(flash("202201142247990001"))
    code = "202201142247990001"
    world.faults.replace(
        Fault("json-null-bodies", path=f"GetNewsText.*{code}"),
        *(Fault("status", status=404, host=host, path=code) for host in (API_HOST, PAGE_HOST, WAP_HOST)),
    )
    done, _ = go("-a", "column=7x24", "-a", f"since={DAY}")
    assert done.code == 0, done.out
    assert "> 央行公布一项数据，增速持平。\n\n<http" in done.posts()[f"{DAY}-{code}.md"].decode().replace(
        "\n\n\n", "\n\n"
    )


def test_whose_it_is_is_asked_again_where_nobody_could_say(world: World, go: Go) -> None:
    code = "202201142247990001"
    world.site.put(flash(code))
    world.faults.replace(
        *(Fault("status", status=500, host=host, path=code) for host in (API_HOST, PAGE_HOST, WAP_HOST))
    )
    done, told = go("-a", "column=7x24", "-a", f"since={DAY}")
    assert (done.code, told["medium_unknown"]) == (0, [code]), done.out
    world.faults.replace()
    world.site.change(code, text=f'{flash(code).text}<p class="em_media">（文章来源：甲乙日报）</p>')
    done, told = go("-a", "column=7x24", "-a", f"since={DAY}")
    assert (done.code, told["written"]) == (0, 1), done.out
    assert [name for name in done.posts() if code in name] == [f"{DAY}-NW{code}.md"]
    assert (go("-a", "column=7x24", "-a", f"since={DAY}")[1]["written"], len(lists(world))) == (0, 1)


def test_an_item_becomes_its_medium_s_when_a_column_has_it(world: World, go: Go) -> None:
    code = "202201142247990001"
    world.site.put(flash(code))
    go("-a", "column=7x24", "-a", f"since={DAY}")
    world.site.change(code, text=f'{flash(code).text}<p class="em_media">（文章来源：甲乙日报）</p>')
    done, told = go("-a", "column=cgnjj", "-a", f"since={DAY}")
    assert done.code == 0, done.out
    assert [name for name in done.posts() if code in name] == [f"{DAY}-NW{code}.md"]
    text = done.posts()[f"{DAY}-NW{code}.md"].decode()
    assert "tags: 甲乙日报新闻" in text
    assert "<span>" not in text, "the body of an article, not of an item"
    done, told = go("-a", "column=cgnjj,7x24", "-a", f"since={DAY}")
    assert (done.code, told["written"], len(lists(world))) == (0, 0, 2)
    assert code in told["twins"]
    assert told["counts"]["twins"] == len(told["twins"])


def test_an_article_of_both_lists_is_the_medium_s(world: World, go: Go) -> None:
    code = "202201142247990001"
    world.site.put(flash(code, text=f'{flash(code).text}<p class="em_media">（文章来源：甲乙日报）</p>'))
    done, told = go("-a", "column=7x24,cgnjj", "-a", f"since={DAY}")
    assert [name for name in done.posts() if code in name] == [f"{DAY}-NW{code}.md"]
    rolling = {
        article.info_code[2:]
        for article in world.site
        if article.category == "emnews" and f"{article.date:%Y-%m-%d}" >= DAY
    }
    assert {*told["twins"]} >= rolling
    assert told["counts"]["twins"] == len(told["twins"])


def test_the_script_s_variable_stands_in_for_the_rolling_list(world: World, go: Go, tmp_path: Path) -> None:
    world.site.put(flash("202201142247990001"))
    wanted, _ = go("-a", "column=7x24", "-a", "since=2022-01-12", output=tmp_path / "wanted")
    world.faults.replace(Fault("blocked-json", host=ROLLING_HOST))
    done, told = go("-a", "column=7x24", "-a", "since=2022-01-12")
    assert (done.code, told["lists_elsewhere"][0][:5]) == (0, "7x24:"), done.out
    assert ROLLING_SCRIPT_HOST in {one.host for one in lists(world)}
    assert done.posts() == wanted.posts()


# --- what is asked for


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("column=cgnj",), r"did you mean cgnjj \(国内经济\)"),
        (("column=cgnjj,甲乙",), "no such column"),
        (("stock=12345678",), "no security is written so"),
        (("stock=600519", "since=2022-02-30"), "is not a day"),
        ((), "no list"),
        (("column=,",), "no list"),
        (("columns=350",), "unknown argument columns"),
    ],
)
def test_wishes_that_are_none(args: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        EastMoneySpider(**dict(arg.split("=", 1) for arg in args))


def test_a_wrong_wish_ends_before_any_request(world: World, go: Go) -> None:
    done, told = go("-a", "column=cgnjj", "-a", "stock=12345678")
    assert (done.code, world.requests, told) == (2, [], {})
    assert "did you mean one like" in done.err

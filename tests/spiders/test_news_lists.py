"""East Money's lists that break off, fail in one market, or name what cannot be read: told, and read on later."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from run_scrapy import Done, scrapy
from world import DemoArticle, Fault, World

from crawler.columns import LIST_HOST
from crawler.demo.eastmoney_lists import lists as listed
from crawler.demo.messages import Request, Response, json_response
from crawler.demo.site import Site
from crawler.origins import API_HOST, PAGE_HOST, WAP_HOST

PATH = {"getNewsByColumns": "page_index", "getListInfo": "pageindex"}
ITEM = {"Art_ShowTime": "2022-01-14 09:00:00", "Np_dst": "CMS"}


def crawl(world: World, output: Path, *args: str) -> tuple[Done, dict[str, Any]]:
    world.forget_requests()
    done = scrapy("crawl", "eastmoney", *args, "-s", "RETRY_TIMES=1", output=output, env=world.env())
    newest = max((output / "reports").glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
    return done, json.loads(newest.read_bytes())


def without_page_2(site: Site, request: Request) -> Response:
    """The lists, of which the second page is empty, and all others tell how many items there are."""
    reply = listed(site, request)
    if request.query.get("page_index") != "2":
        return reply
    told = json.loads(reply.body)
    told["data"]["list"] = []
    return json_response(told)


@pytest.mark.long
def test_a_list_that_breaks_off_is_told_and_read_on_by_the_next_run(world: World, tmp_path: Path) -> None:
    world.hosts[LIST_HOST] = without_page_2
    world.faults.replace(Fault("status", status=404, path="^/a/c"))
    done, told = crawl(world, tmp_path, "-a", "column=cgnjj")
    assert (done.code, told["counts"]["lists/failed"]) == (5, 1), done.out
    assert "breaks off: 20 of" in told["failed"][0]["reason"]
    world.hosts[LIST_HOST] = listed
    done, told = crawl(world, tmp_path, "-a", "column=cgnjj")
    assert (done.code, len(done.posts())) == (0, len({one.info_code for one in world.site}))
    assert told["counts"]["quarantine/resolved"] == 1


def test_a_security_that_has_news_by_its_number_is_not_without(world: World, tmp_path: Path) -> None:
    reply = {"code": 1, "data": {"page_index": 1, "page_size": 20, "totle_hits": 7, "list": []}}
    world.hosts[LIST_HOST] = lambda *_: json_response(reply)
    done, told = crawl(world, tmp_path, "-a", "stock=600519")
    assert (done.code, told.get("no_news"), told["failed"][0]["reason"]) == (
        5, None, "600519: the list breaks off: 0 of 7",
    )  # fmt: skip


def test_a_market_that_fails_is_told_and_not_forgotten(world: World, tmp_path: Path) -> None:
    world.faults.replace(Fault("status", status=500, path="105.NIO"))
    done, told = crawl(world, tmp_path, "-a", "stock=NIO")
    assert (done.code, told["failed"][0]["reason"], bool(told["written"])) == (5, "NIO: HTTP status 500", True)
    world.faults.replace()
    done, told = crawl(world, tmp_path, "-a", "stock=NIO,nio,NIO.US")
    asked = [one.path.partition("mTypeAndCode=")[2][:7] for one in world.requests if "mTypeAndCode" in one.path]
    assert (done.code, told["counts"]["quarantine/resolved"]) == (0, 1)
    assert asked == ["105.NIO", "106.NIO"]


def test_items_of_no_known_kind_are_told(world: World, tmp_path: Path) -> None:
    items = [
        ITEM | {"Np_dst": "VIDEO", "Art_Title": "视频"},
        ITEM | {"Art_Code": "2022011422480001", "Art_Title": "文"},
    ]
    reply = {"code": 1, "data": {"page_index": 1, "page_size": 20, "totle_hits": 2, "list": items}}
    world.hosts[LIST_HOST] = lambda *_: json_response(reply)
    done, told = crawl(world, tmp_path, "-a", "stock=600519")
    assert (done.code, told["items_left_out"], told["items_unread"]) == (
        5, ["600519: VIDEO: 视频"], ["600519: CMS: 文"],
    )  # fmt: skip
    reply["data"] |= {"list": items[:1], "totle_hits": 1}  # type: ignore[operator]
    assert crawl(world, tmp_path / "other", "-a", "stock=600519")[0].code == 0


@pytest.mark.long
@pytest.mark.parametrize("medium", ["", "甲乙日报"])
def test_a_flash_that_was_there_before_its_article_gets_it(medium: str, world: World, tmp_path: Path) -> None:
    code, closing = "202201142247990007", f'<p class="em_media">（文章来源：{medium}）</p>' if medium else ""
    text = f"<p>某地公布数据。</p>{closing}"
    flash = DemoArticle(
        code,
        "某地公布数据",
        datetime(2022, 1, 14, 9, 30, 11),
        "emnews",
        "东财滚动新闻",
        "某地数据持平。",
        "",
        text,
        text,
    )
    for one in [*world.site]:
        world.site.remove(one.code)
    world.site.put(flash)
    hosts = (API_HOST, PAGE_HOST, WAP_HOST)
    missing = (Fault("status", status=404, host=host, path=code) for host in hosts)
    world.faults.replace(Fault("json-null-bodies", path="GetNewsText"), *missing)
    done, told = crawl(world, tmp_path / "old", "-a", "column=7x24")
    assert (done.code, told["counts"]["origin/none"]) == (0, 1), done.out
    world.faults.replace()
    done, _ = crawl(world, tmp_path / "old", "-a", "column=7x24")
    fresh, _ = crawl(world, tmp_path / "fresh", "-a", "column=7x24")
    assert done.posts() == fresh.posts()
    assert crawl(world, tmp_path / "old", "-a", "column=7x24")[1]["written"] == 0

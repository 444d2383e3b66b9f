"""East Money's lists have the limits of real ones, and are read by the crawler's readers of them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from world import generated_site

from crawler import pages
from crawler.columns import COLUMNS
from crawler.demo import eastmoney_lists as hosts
from crawler.demo.messages import Request, Response
from crawler.demo.sample import sample_site
from crawler.items import Page

SITE = generated_site(70, 5)
COLUMN = next(column for column in COLUMNS if column.slug == "cgnjj")
ALL = sorted((head.code.removeprefix("NW") for head in SITE.newest), reverse=True)


def ask(handler: Callable[..., Response], host: str, target: str) -> Response:
    return handler(SITE, Request("GET", "https", host, target))


def column(**query: object) -> dict[str, Any]:
    told = "&".join(f"{name}={value}" for name, value in {"req_trace": 1, "column": COLUMN.number, **query}.items())
    found: dict[str, Any] = json.loads(ask(hosts.lists, "np-listapi.eastmoney.com", f"/x/getNewsByColumns?{told}").body)
    return found


def test_a_column_has_pages_of_at_most_twenty_with_odd_ones_among_them() -> None:
    first = column(page_index=1, page_size=50)["data"]
    assert (len(first["list"]), first["page_size"], first["totle_hits"]) == (20, 20, len(ALL) + 2)
    codes, number = [], 1
    while items := column(page_index=number, page_size=20)["data"]["list"]:
        codes += [item["code"] for item in items]
        number += 1
    assert codes[0] == ALL[-1], "one is pinned"
    assert [code for code in codes[1:] if len(code) == 18] == ALL
    assert [len(code) for code in codes].count(23) == 1, "a reader's column"


@pytest.mark.parametrize("query", [{"column": 1}, {"page_index": 99}, {"page_index": "x", "column": ""}])
def test_where_there_is_nothing_the_list_is_empty(query: dict[str, object]) -> None:
    assert column(page_size=20, **query)["data"]["list"] == []


def test_without_a_trace_there_is_an_error_with_status_200() -> None:
    assert column(req_trace="")["data"] is None
    assert ask(hosts.lists, "np-listapi.eastmoney.com", "/x/other").status == 404


def test_the_rolling_list_goes_on_behind_the_last_of_a_page() -> None:
    found, end = [], ""
    while True:
        target = f"/x/getFastNewsList?req_trace=1&pageSize=7&sortEnd={end}"
        data = json.loads(ask(hosts.rolling, "np-weblist.eastmoney.com", target).body)["data"]
        found += [item["code"] for item in data["fastNewsList"]]
        if not (end := data["sortEnd"]):
            break
    assert len(found) == len({*found}) >= 14
    assert {head.code for head in SITE.newest if head.category == "emnews"} <= {*found}
    assert json.loads(ask(hosts.rolling, "x", "/x/getFastNewsList?req_trace=1").body)["data"] is None


def test_the_rolling_list_is_the_same_in_a_script() -> None:
    reply = ask(hosts.rolling_script, "newsapi.eastmoney.com", "/kuaixun/v1/getlist_102_ajaxResult_5_1_.html")
    read = pages.read(
        Page(url="https://newsapi.eastmoney.com/kuaixun/v1/getlist_102_ajaxResult_5_1_.html", body=reply.body)
    )
    assert len(read.articles) == 5
    assert ask(hosts.rolling_script, "newsapi.eastmoney.com", "/other").status == 404


def test_static_pages_repeat_the_last_for_ever() -> None:
    def codes(number: int) -> list[str]:
        url = f"https://{COLUMN.host}/a/{COLUMN.slug}_{number}.html"
        body = ask(hosts.pages, COLUMN.host, f"/a/{COLUMN.slug}_{number}.html").body
        return [article.code for article in pages.read(Page(url=url, body=body)).articles]

    every = [codes(number) for number in range(1, -(-len(ALL) // 20) + 1)]
    assert [code.removeprefix("NW") for page in every for code in page] == ALL
    assert codes(99) == every[-1]


def test_a_security_has_the_articles_that_name_it() -> None:
    site = sample_site()

    def listed(secid: str) -> set[str]:
        target = f"/x/getListInfo?mTypeAndCode={secid}&pageIndex=1&pageSize=20"
        reply = hosts.lists(site, Request("GET", "https", "np-listapi.eastmoney.com", target))
        return {item["Art_Code"] for item in json.loads(reply.body)["data"]["list"] if item["Np_dst"] == "CMS"}

    named = {one.code.removeprefix("NW") for one in site if "1.600050" in one.content}
    assert named
    assert listed("1.600050") == named
    assert listed("") == listed("1.999999") == set()

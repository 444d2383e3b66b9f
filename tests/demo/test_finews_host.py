"""The site's validators hold as long as the page is the same, and no longer; unknown paths are Jekyll's 404."""

import pytest
from world import Client

from crawler.demo.articles import DemoArticle
from crawler.demo.finews_host import EMNEWS_SHOWN, finews
from crawler.demo.messages import Request
from crawler.demo.sample import SEED_CODE, sample_site
from crawler.demo.site import Site

FINEWS = "http://finews.withounder.com"
HOST = "finews.withounder.com"


def ask(site: Site, target: str, **headers: str) -> tuple[int, str]:
    reply = finews(site, Request("GET", "https", HOST, target, {k.replace("_", "-"): v for k, v in headers.items()}))
    return reply.status, dict(reply.headers).get("ETag", "")


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
@pytest.mark.parametrize("path", ["/", "/emnews/", f"/renminyoudianbao/2022/01/14/{SEED_CODE}.html"])
def test_validators(client: Client, path: str, header: str):
    first = client.get(FINEWS + path)
    asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[header]
    again = client.get(FINEWS + path, {asked: first.headers[header]})
    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    client.world.site.change(
        SEED_CODE, title="改过的题目", category="emnews" if path == "/emnews/" else "renminyoudianbao"
    )
    assert client.get(FINEWS + path, {asked: first.headers[header]}).status == 200


def test_an_unaltered_page_keeps_its_etag(client: Client):
    path = FINEWS + "/emnews/"
    etag = client.get(path).headers["ETag"]
    client.world.site.change(SEED_CODE, title="别处改动")
    assert client.get(path, {"If-None-Match": etag}).status == 304


def test_nonsense_dates_are_ignored(client: Client):
    assert client.get(FINEWS + "/", {"If-Modified-Since": "yesterday"}).status == 200


def test_the_etag_alone_decides_where_there_is_one() -> None:
    site = sample_site()
    _, etag = ask(site, "/")
    late = "Fri, 01 Jan 2100 00:00:00 GMT"
    assert ask(site, "/", if_none_match=f'"x", W/{etag}')[0] == 304
    assert ask(site, "/", if_none_match="*")[0] == 304
    assert ask(site, "/", if_none_match='"x"', if_modified_since=late)[0] == 200
    assert ask(site, "/", if_none_match="", if_modified_since=late)[0] == 200
    assert ask(site, "/", if_modified_since=late)[0] == 304


def test_what_is_not_there_has_no_validators() -> None:
    site = sample_site()
    for target in ("/none.html", "/category/none.html", "/emnews/x"):
        assert ask(site, target, if_none_match="*") == (404, "")
    assert ask(Site(), "/emnews/") == (404, ""), "a site without the rolling list"
    assert ask(site, "/emnews")[0] == 301


def test_of_a_long_rolling_list_the_newest_are_shown_and_all_are_elsewhere() -> None:
    first = next(iter(sample_site()))
    many = Site(
        DemoArticle(f"2022011400000{n:05}", f"第{n}条", first.date, "emnews", "东财滚动新闻", digest="摘要")
        for n in range(EMNEWS_SHOWN + 3)
    )

    def count(target: str) -> int:
        return finews(many, Request("GET", "https", HOST, target)).body.count(b"<li>")

    assert (count("/emnews/"), count("/achieves/emnews/")) == (EMNEWS_SHOWN, EMNEWS_SHOWN + 3)

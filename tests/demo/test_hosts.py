"""What each host says, over real sockets, on http and on https."""

import json
import re
import struct
import zlib
from html import unescape

import pytest
from world import Client, World

from crawler import columns, origins, sites
from crawler.demo.hosts import HOSTS
from crawler.demo.sample import SEED_CODE
from crawler.kline.addresses import LIVE_HOSTS

FINEWS = "http://finews.withounder.com"
KLINE = "https://push2his.eastmoney.com/api/qt/stock/kline/get"

ANSWERS = [
    ("//finews.withounder.com/", 200, "text/html"),
    ("//finews.withounder.com/emnews/", 200, "text/html"),
    ("//finews.withounder.com/emnews", 301, "text/html"),
    ("//finews.withounder.com/category/yunlingwanbao.html", 200, "text/html"),
    ("//finews.withounder.com/category/21shijijingjibaodao%20%20nancailicaitong.html", 200, "text/html"),
    ("//finews.withounder.com/category/YUNLINGWANBAO.html", 404, "text/html"),
    ("//finews.withounder.com/feed.xml", 200, "application/xml"),
    ("//finews.withounder.com/robots.txt", 404, "text/html"),
    ("//finews.withounder.com/sitemap.xml", 404, "text/html"),
    (f"//finews.withounder.com/renminyoudianbao/2022/01/14/{SEED_CODE}.html", 200, "text/html"),
    (f"//finews.zning.xyz/html_News/NewsShare.html?infoCode={SEED_CODE}", 200, "text/html"),
    (f"//choicewzp1.eastmoney.com/html_News/NewsShare.html?infocode={SEED_CODE}", 200, "text/html"),
    (f"//choicewzp1.eastmoney.com/NewsData/GetNewsText.do?id={SEED_CODE}&cid=1", 200, "application/json"),
    ("//finews.zning.xyz/elsewhere", 404, "text/plain"),
    (f"//newsinfo.eastmoney.com/kuaixun/v2/api/article/{SEED_CODE[2:]}?guid=1", 200, "application/json"),
    ("//newsinfo.eastmoney.com/kuaixun/v2/api/article/202201149999999999", 200, "application/json"),
    ("//newsinfo.eastmoney.com/kuaixun/v1/getlist_102_ajaxResult_50_1_.html", 404, "text/plain"),
    (f"//finance.eastmoney.com/a/{SEED_CODE[2:]}.html", 200, "text/html"),
    (f"//finance.eastmoney.com/news/1350,{SEED_CODE[2:]}.html", 200, "text/html"),
    ("//finance.eastmoney.com/a/202201149999999999.html", 404, "text/html"),
    (f"//wap.eastmoney.com/a/{SEED_CODE[2:]}.html", 200, "text/html"),
    ("//wap.eastmoney.com/", 404, "text/html"),
    ("//webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k", 200, "image/png"),
    ("//webquoteklinepic.eastmoney.com/GetPic.aspx", 404, "text/plain"),
    ("//push2his.eastmoney.com/api/qt/stock/kline/get?secid=1.600050", 200, "application/json"),
    ("//push2his.eastmoney.com/", 404, "text/plain"),
]


@pytest.mark.parametrize("scheme", ["http:", "https:"])
@pytest.mark.parametrize(("url", "status", "content_type"), ANSWERS)
def test_answers(client: Client, scheme: str, url: str, status: int, content_type: str):
    reply = client.get(scheme + url)
    assert (reply.status, reply.headers.get_content_type()) == (status, content_type)
    assert int(reply.headers["Content-Length"]) == len(reply.body)
    (record,) = client.world.requests
    assert record.scheme + ":" == scheme
    assert (record.status, record.fault, record.method) == (status, "", "GET")
    assert url == f"//{record.host}{record.path}"


@pytest.mark.parametrize("url", ["http://elsewhere.example/", "http://127.0.0.1/", "http://169.254.169.254/x"])
def test_unknown_hosts_are_no_gateway_out(client: Client, url: str):
    reply = client.get(url)
    assert reply.status == 502
    assert "no such host" in reply.text


def test_every_host_that_a_crawl_asks_is_in_the_world() -> None:
    """Pictures of a day's course are none of a K-line, and no article of the stand-in site shows one."""
    asked = {sites.SITE_HOST, *sites.SHARE_HOSTS, *sites.PICTURE_HOSTS, *origins.HOSTS, *columns.HOSTS}
    assert asked - HOSTS.keys() == {LIVE_HOSTS["intraday"]}


def test_unknown_hosts_get_no_tunnel(client: Client):
    with pytest.raises(OSError, match="502"):
        client.get("https://elsewhere.example/")
    assert [(record.method, record.status) for record in client.world.requests] == [("CONNECT", 502)]


def test_it_is_no_web_server(client: Client):
    connection = client.open(FINEWS)
    assert client.ask(connection, "https://x/", None).status == 400
    connection.close()


def test_head_and_post(client: Client):
    head = client.get(FINEWS + "/", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["Content-Length"]) > 1000
    assert client.get(FINEWS + "/", method="POST").status == 405


@pytest.mark.parametrize("url", [FINEWS + "/", "https://finews.withounder.com/"])
def test_connections_are_kept(client: Client, url: str):
    connection = client.open(url)
    first = client.ask(connection, url)
    socket = connection.sock
    for _ in range(3):
        assert client.ask(connection, url).body == first.body
    assert connection.sock is socket
    assert socket is not None
    client.ask(connection, url, {"Connection": "close"})
    assert connection.sock is None


def test_robots_are_as_given(client: Client):
    client.world.robots["finews.withounder.com"] = "User-agent: *\nDisallow: /emnews/\n"
    assert client.get(FINEWS + "/robots.txt").text.startswith("User-agent")
    assert client.get("http://finews.zning.xyz/robots.txt").status == 404


def hrefs(page: str) -> list[str]:
    return re.findall(r'<li><a href="([^"]*)"', page)


def test_home_shows_five_of_each_tag_and_no_lists(client: Client):
    page = client.get(FINEWS + "/").text
    assert page.count("<h1") == 2
    assert "/category/" not in page
    for section in page.split("<h2 id=")[1:]:
        assert 1 <= len(hrefs(section)) <= 5


def test_every_article_is_reachable_by_following_links(client: Client):
    home = client.get(FINEWS + "/").text
    seen, lists = set(hrefs(home)), set()
    for path in hrefs(home):
        lists |= set(
            re.findall(r'href="//finews\.withounder\.com(/category/[^"]*|/emnews/)"', client.get(FINEWS + path).text)
        )
    for path in lists:
        seen |= set(hrefs(client.get(FINEWS + path.replace(" ", "%20")).text))
    assert seen == {article.path for article in client.world.site}
    assert len(seen) > len(set(hrefs(home)))


def test_lists_are_newest_first(client: Client):
    paths = hrefs(client.get(FINEWS + "/emnews/").text)
    assert len(paths) == 10
    assert paths == sorted(paths, reverse=True)


def test_post_page(client: Client):
    article = client.world.site.change(SEED_CODE, title="甲 & <b>乙</b>")
    page = client.get(FINEWS + article.path).text
    section = page[page.index("<section>") : page.index("</section>")]
    assert "<h1>甲 & <b>乙</b></h1>" in section
    assert "(GMT+8, Asia/Shanghai, CST) 2022-01-14 13:02:46</small>" in section
    assert "<small>tags: <em>人民邮电报新闻</em></small>" in section
    assert (
        f'infoCode={SEED_CODE}">http://finews.zning.xyz/html_News/NewsShare.html?infoCode={SEED_CODE}</a></p>'
        in section
    )
    assert '"article:published_time" content="2022-01-14T13:02:46+08:00"' in page
    assert page.count("认真学习贯彻") == 4, "body, description, og:description, JSON-LD"


def test_a_blank_in_the_category_splits_path_and_tags(client: Client):
    article = client.world.site.article("NW202201122245570640")
    assert article.path == "/21shijijingjibaodao/nancailicaitong/2022/01/12/NW202201122245570640.html"
    assert "<em>21世纪经济报道</em> - <em>南财理财通新闻</em>" in client.get(FINEWS + article.path).text
    assert hrefs(client.get(FINEWS + article.list_path.replace(" ", "%20")).text) == []


def test_feed_has_the_newest_ten(client: Client):
    assert client.get(FINEWS + "/feed.xml").text.count("<entry>") == 10


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


def test_article_json_has_two_bodies(client: Client):
    for article in client.world.site:
        reply = json.loads(client.get(f"http://finews.zning.xyz/NewsData/GetNewsText.do?id={article.info_code}").body)
        assert (reply["text"], reply["content"]) == (article.text, article.content)


def test_unknown_article_has_none(client: Client):
    reply = json.loads(client.get("http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW1").body)
    assert "text" not in reply
    assert "content" not in reply


def test_share_page_is_a_shell_that_escapes_its_code(client: Client):
    page = client.get("http://finews.zning.xyz/html_News/NewsShare.html?infoCode=%22%3E%3Cb%3E").text
    assert 'data-infocode="&quot;&gt;&lt;b&gt;"' in page
    assert unescape(page) != page


def pixels(png: bytes) -> tuple[int, int, bytes]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    length = struct.unpack(">I", png[png.index(b"IDAT") - 4 : png.index(b"IDAT")])[0]
    start = png.index(b"IDAT") + 4
    return width, height, zlib.decompress(png[start : start + length])


def test_pictures_differ_by_security_only(client: Client):
    url = "https://webquoteklinepic.eastmoney.com/GetPic.aspx?{}&imageType=k&token=x&at=1"
    pictures = {nid: client.get(url.format(f"nid={nid}")).body for nid in ("1.600050", "0.009036", "9.unknown")}
    assert len(set(pictures.values())) == 3
    assert client.get(url.format("NID=1.600050&timespan=7")).body == pictures["1.600050"]
    for picture in pictures.values():
        width, height, data = pixels(picture)
        assert (width, height, len(data)) == (578, 276, 276 * 579)


def klines(client: Client, query: str) -> list[list[str]]:
    data = json.loads(client.get(f"{KLINE}?secid=1.600050&{query}").body)["data"]
    return [row.split(",") for row in data["klines"]]


def test_klines_obey_beg_end_and_lmt(client: Client):
    rows = klines(client, "klt=101&beg=20220110&end=20220114")
    assert [row[0] for row in rows] == [f"2022-01-{day}" for day in (10, 11, 12, 13, 14)]
    for _, opened, close, high, low, _ in rows:
        assert float(low) <= min(float(opened), float(close)) <= max(float(opened), float(close)) <= float(high)
    last = klines(client, "klt=101&end=20220114&lmt=3")
    assert last == rows[-3:]
    assert klines(client, "klt=101&end=19990101") == []
    assert klines(client, "klt=101&lmt=0") == []


@pytest.mark.parametrize(
    "query", ["secid=1.999999&klt=101", "", "secid=1.600050&klt=7", "secid=1.600050&klt=101&lmt=x"]
)
def test_nothing_for_what_is_not_known(client: Client, query: str):
    reply = json.loads(client.get(f"{KLINE}?{query}").body)
    assert reply["data"] is None
    assert reply["rc"] != 0


def test_worlds_repeat_themselves(world: World, client: Client):
    with World(world.site) as other:
        for url in (FINEWS + "/", f"{KLINE}?secid=105.LKFD&klt=101&lmt=9"):
            assert client.get(url).body == Client(other).get(url).body

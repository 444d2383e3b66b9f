"""The world as a fixture: it starts, leads clients in, and ends."""

import os
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from demo.asking import FETCH, hrefs
from world import Client, World, generated_site, sample_site

from crawler import columns, origins, sites
from crawler.demo.sample import SEED_CODE
from crawler.demo.world import HOSTS
from crawler.kline.addresses import LIVE_HOSTS


def test_env_leads_a_process_in(world: World):
    for url in (
        "http://finews.withounder.com/",
        "https://push2his.eastmoney.com/api/qt/stock/kline/get?secid=1.600050",
    ):
        done = subprocess.run(
            [sys.executable, "-c", FETCH.format(url)], env=os.environ | world.env(), capture_output=True, check=False
        )
        assert done.stdout.startswith(b"200 "), done.stderr
    assert [record.scheme for record in world.requests] == ["http", "https"]


def test_no_proxy_of_the_caller_does_not_lead_out(world: World):
    env = os.environ | {"NO_PROXY": "*"} | world.env()
    done = subprocess.run(
        [sys.executable, "-c", FETCH.format("http://finews.withounder.com/")], env=env, capture_output=True, check=False
    )
    assert done.stdout.startswith(b"200 "), done.stderr


def test_other_authorities_are_not_trusted(world: World):
    url = "https://finews.withounder.com/"
    with World(world.site) as other:
        connection = Client(other).open(url)
        connection.port = world.port
        with pytest.raises(ssl.SSLCertVerificationError):
            Client(world).ask(connection, url)
        connection.close()


def test_it_listens_on_loopback_only(world: World):
    assert world.proxy_url == f"http://127.0.0.1:{world.port}"
    with pytest.raises(OSError):  # noqa: PT011 - any refusal will do
        socket.create_connection(("127.0.0.2", world.port), timeout=2)


def test_stopping_cuts_open_connections_and_frees_the_port(tmp_path: Path):
    world = World(sample_site(), ca_file=tmp_path / "ca.pem").start()
    with socket.create_connection(("127.0.0.1", world.port)) as idle:
        idle.sendall(b"GET http://finews.with")
        time.sleep(0.05)
        world.stop()
        assert idle.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", world.port), timeout=2)
    assert not [thread for thread in threading.enumerate() if thread.name == "demo-world"]
    assert world.ca_file.read_bytes().startswith(b"-----BEGIN CERTIFICATE")


def test_a_port_in_use_is_said(world: World):
    with pytest.raises(OSError, match="in use"):
        World(sample_site(), port=world.port).start()


def test_many_clients_at_once():
    with World(generated_site(300, 10)) as world:
        paths = [article.path for article in world.site.newest[:100]]
        replies: list[int] = []

        def crawl() -> None:
            client = Client(world)
            connection = client.open("https://finews.withounder.com/")
            urls = (f"https://finews.withounder.com{path}" for path in paths)
            replies.extend(client.ask(connection, url).status for url in urls)
            connection.close()

        threads = [threading.Thread(target=crawl) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert replies == [200] * 1600
        assert len(world.requests) == 1600
        world.forget_requests()
        assert world.requests == []


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


def test_robots_are_as_given(client: Client):
    client.world.robots["finews.withounder.com"] = "User-agent: *\nDisallow: /emnews/\n"
    assert client.get(FINEWS + "/robots.txt").text.startswith("User-agent")
    assert client.get("http://finews.zning.xyz/robots.txt").status == 404


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


def test_worlds_repeat_themselves(world: World, client: Client):
    with World(world.site) as other:
        for url in (FINEWS + "/", f"{KLINE}?secid=105.LKFD&klt=101&lmt=9"):
            assert client.get(url).body == Client(other).get(url).body


def test_every_host_that_a_crawl_asks_is_in_the_world() -> None:
    """Pictures of a day's course are none of a K-line, and no article of the stand-in site shows one."""
    asked = {sites.SITE_HOST, *sites.SHARE_HOSTS, *sites.PICTURE_HOSTS, *origins.HOSTS, *columns.HOSTS}
    assert asked - HOSTS.keys() == {LIVE_HOSTS["intraday"]}

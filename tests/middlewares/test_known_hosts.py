"""Which addresses a crawl may ask for, to the letter."""

import asyncio

import pytest
from crawling import SHARE, SITE, MakeCrawler
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from crawler.middlewares.known_hosts import KnownHosts

PICTURES = "webquoteklinepic.eastmoney.com"
MAY = [
    f"http://{SITE}/",
    f"https://{SITE}:443/x",
    f"http://{SITE}:80/",
    f"http://{SHARE}/",
    f"https://{SHARE}/x?y",
    "http://choicewzp1.eastmoney.com/",
    f"HTTP://{SHARE.upper()}/",
    f"http://u:p@{SHARE}/",
]
MAY_NOT = [
    "http://127.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://169.254.169.254/",
    "http://0x7f000001/",
    "https://elsewhere.example/",
    f"http://{SHARE}.elsewhere.example/",
    f"http://x{SHARE}/",
    f"http://sub.{SHARE}/",
    f"http://{SHARE}:8080/",
    f"http://{SHARE}@elsewhere.example/",
    f"http://{SITE}:8080/",
    f"ftp://{SITE}/",
    "data:text/html,x",
    "file:///etc/hostname",
    f"http://{SHARE}:x/",
    "http://",
    f"https://{PICTURES}/",
]


@pytest.mark.parametrize("url", MAY)
def test_known(url: str, crawler_of: MakeCrawler) -> None:
    asyncio.run(KnownHosts.from_crawler(crawler_of()).process_request(Request(url)))


@pytest.mark.parametrize("url", MAY_NOT)
def test_unknown(url: str, crawler_of: MakeCrawler) -> None:
    assert not KnownHosts.from_crawler(crawler_of()).knows(url)


def test_the_request_is_stopped_with_the_host_in_the_reason(crawler_of: MakeCrawler) -> None:
    with pytest.raises(IgnoreRequest, match=r"elsewhere\.example is not a host that this crawl knows"):
        asyncio.run(KnownHosts.from_crawler(crawler_of()).process_request(Request("http://elsewhere.example/")))


def test_settings_and_arguments_tell_more_hosts(crawler_of: MakeCrawler) -> None:
    crawler = crawler_of(
        arguments={"start": "http://127.0.0.1:8000/"},
        FINEWS_SHARE_HOSTS="one.example,two.example",
        FINEWS_KLINE_IMAGES="local",
    )
    knows = KnownHosts.from_crawler(crawler).knows
    urls = ["http://127.0.0.1:8000/x", "https://one.example/", "https://two.example/", f"https://{PICTURES}/"]
    assert [url for url in urls if not knows(url)] == []
    others = ["http://127.0.0.1:8001/", "https://127.0.0.1:8000/", f"https://{SHARE}/", f"https://{SITE}/"]
    assert [url for url in others if knows(url)] == []

"""Requests take the proxies that Scrapy's own part gives them, whatever the environment says."""

import os
from typing import Any

import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware

from crawler.middlewares.proxies import Proxies

ENVIRONMENTS = [
    {},
    {"http_proxy": "http://127.0.0.1:3128", "https_proxy": "http://user:p%40ss@proxy.example:8080/"},
    {"http_proxy": "127.0.0.1:3128", "no_proxy": "finews.withounder.com"},
    {"https_proxy": "http://proxy.example:1", "no_proxy": ".eastmoney.com,localhost"},
    {"HTTPS_PROXY": "http://proxy.example:1", "NO_PROXY": "*"},
    {"http_proxy": "/var/run/docker.sock", "all_proxy": "http://proxy.example:1"},
    {"http_proxy": "http://one.example:1", "https_proxy": "http://other.example:2", "no_proxy": "emdc.example:443"},
]
REQUESTS: list[tuple[str, dict[str, Any]]] = [
    ("http://finews.withounder.com/", {}),
    ("https://finance.eastmoney.com/a/1.html", {}),
    ("https://emdc.example/x", {}),
    ("http://eastmoney.com/", {"proxy": "http://mine.example:9"}),
    ("http://eastmoney.com/", {"proxy": None}),
    ("https://finews.withounder.com/", {"proxy": "http://proxy.example:1", "_auth_proxy": "http://proxy.example:1"}),
    ("file:///etc/hostname", {}),
]


@pytest.fixture(params=ENVIRONMENTS, ids=str)
def both(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[Proxies, HttpProxyMiddleware]:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    for name, value in request.param.items():
        monkeypatch.setenv(name, value)
    return Proxies(), HttpProxyMiddleware()


@pytest.mark.parametrize(("url", "meta"), REQUESTS)
def test_each_takes_the_proxy_that_scrapy_gives_it(
    both: tuple[Proxies, HttpProxyMiddleware], url: str, meta: dict[str, Any]
) -> None:
    seen = []
    for part in both:
        asked = Request(
            url, meta=meta, headers={"Proxy-Authorization": "Basic eA=="} if "_auth_proxy" in meta else None
        )
        for _ in range(2):  # a retry is the same request
            part.process_request(asked)
            seen.append((asked.meta, asked.headers.to_unicode_dict()))
    assert seen[:2] == seen[2:]


def test_the_environment_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    part = Proxies()
    part.process_request(Request("http://finews.withounder.com/"))
    monkeypatch.setenv("no_proxy", "*")
    part.process_request(again := Request("http://finews.withounder.com/x"))
    assert again.meta["proxy"] == "http://127.0.0.1:3128"

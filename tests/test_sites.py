"""Ids, hosts and addresses: what is an article's code, and which addresses promise something of ours."""

import re
from pathlib import Path

import pytest

from crawler import settings, sites
from crawler.pages import identity
from crawler.sites import CODE, NEWS_ID, Sites

CODES = ["NW202201142248170578", "202201142248170578", "20171215814043213", "NW20171215814043213"]
NO_CODES = [
    "",
    "2022011422481705",
    "2022011422481705780",
    "302201142248170578",
    "nw202201142248170578",
    "٢٠٢٢٠١١٤٢٢٤٨١٧٠٥٧٨",
    "NW2022-01-14",
]


@pytest.mark.parametrize("code", CODES)
def test_codes(code: str) -> None:
    assert CODE.fullmatch(code)
    assert re.fullmatch(NEWS_ID, sites.digits(code))
    assert sites.day_of(code) in {"2022-01-14", "2017-12-15"}


@pytest.mark.parametrize("code", NO_CODES)
def test_no_codes(code: str) -> None:
    assert not CODE.fullmatch(code)


@pytest.mark.parametrize(
    "url",
    [
        "https://finews.withounder.com/x/2022/01/14/nw202201142248170578.html",
        "http://finews.zning.xyz/html_News/NewsShare.html?infocode=nw202201142248170578",
        "file:///saved/Nw202201142248170578.htm",
    ],
)
def test_codes_in_small_letters_are_the_same_codes(url: str) -> None:
    assert identity.code_at(url) == "NW202201142248170578"


ADDED = "share.invented.xyz"
PROMISED = [
    "http://finews.withounder.com/",
    "https://finews.withounder.com/emnews/index.html",
    "http://finews.withounder.com/category/x.html",
    "http://finews.withounder.com/x/2022/01/14/NW202201142248170578.html",
    "https://finews.withounder.com/NW202201142248170578.html",
    "http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW202201142248170578",
    "https://finance.eastmoney.com/a/202201142248170578.html",
    "http://183.136.162.242/getNewsByColumns?x=1",
    "https://np-listapi.eastmoney.com/comm/web/getNewsByColumns?page=1",
    "2022-01-14-NW202201142248170578.md",
    "202201142248170578.markdown",
]
NOT_PROMISED = [
    "http://finews.withounder.com/about.html",
    "http://finews.zning.xyz/",
    "https://elsewhere.example/a/202201142248170578.html",
    "http://elsewhere.example/getNewsByColumns",
    "README.md",
    "",
    f"http://{ADDED}/x?id=NW202201142248170578",
]


@pytest.mark.parametrize("url", PROMISED)
def test_promised(url: str) -> None:
    assert sites.is_promised(url)


@pytest.mark.parametrize("url", NOT_PROMISED)
def test_not_promised(url: str) -> None:
    assert not sites.is_promised(url)


@pytest.mark.parametrize("hosts", [f"a.example,{ADDED}", ["a.example", ADDED]])
def test_settings_add_share_hosts(hosts: str | list[str]) -> None:
    known = Sites.from_settings({"FINEWS_SHARE_HOST": "a.example", "FINEWS_SHARE_HOSTS": hosts})
    assert (known.share_host, known.share_hosts) == ("a.example", ("a.example", ADDED))
    assert [url for url in (*PROMISED, NOT_PROMISED[-1]) if not sites.is_promised(url, known)] == []
    assert [url for url in NOT_PROMISED[:-1] if sites.is_promised(url, known)] == []


def test_the_project_s_settings_are_the_known_hosts() -> None:
    assert Sites.from_settings(vars(settings)) == sites.KNOWN


def test_no_other_place_knows_how_long_an_id_is() -> None:
    spelled = re.compile(r"\[12\]\\d\{|\\d\{+1[67]\b")
    sources = Path(sites.__file__).parent.rglob("*.py")
    assert [path.name for path in sources if spelled.search(path.read_text())] == ["sites.py"]

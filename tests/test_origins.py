"""Where an article's body can be had: the order that is asked for, and the address at each origin."""

import pytest

from crawler import pages
from crawler.items import Origin
from crawler.origins import HOSTS, ORIGINS, TELLERS, chosen, places
from crawler.sites import KNOWN, SHARE_HOSTS, Sites

CODE, NUMBER = "NW202201142248170578", "202201142248170578"


@pytest.mark.parametrize(
    ("wish", "origins"),
    [
        (None, ORIGINS),
        ([], ORIGINS),
        ("wap, share", ("wap", "share")),
        (["article-api", "share", "article-api"], ("article-api", "share")),
    ],
)
def test_the_wish_sets_the_order(wish: str | list[str] | None, origins: tuple[Origin, ...]) -> None:
    assert chosen(wish) == origins


@pytest.mark.parametrize("wish", ["shar", "share,", "", ["share", "wop"]])
def test_a_name_that_is_none_is_told_with_those_that_are(wish: str | list[str]) -> None:
    with pytest.raises(ValueError, match=r"FINEWS_ORIGINS: there is no origin '.*': .* There are share, article-api, "):
        chosen(wish)


@pytest.mark.parametrize("code", [CODE, NUMBER])
def test_each_origin_has_one_address_of_an_article(code: str) -> None:
    found = {origin: [*places(origin, code, None, KNOWN)] for origin in ORIGINS}
    assert [place.url for place in found["article-api"]] == [
        f"https://newsinfo.eastmoney.com/kuaixun/v2/api/article/{NUMBER}?guid=1"
    ]
    assert [place.url for place in found["article-page"]] == [f"https://finance.eastmoney.com/a/{NUMBER}.html"]
    assert [place.url for place in found["wap"]] == [f"https://wap.eastmoney.com/a/{NUMBER}.html"]
    assert found["finews-page"] == [], "it is the page of a post, whose address a list names"
    for origin, some in found.items():
        assert {place.page_kind for place in some} <= pages.KINDS.keys()
        assert {place.origin for place in some} <= {origin}
        if origin in TELLERS:
            assert all(place.url.partition("//")[2].partition("/")[0] in HOSTS for place in some)


@pytest.mark.parametrize(
    ("link", "first"),
    [
        (None, f"http://{SHARE_HOSTS[0]}/"),
        ("http://elsewhere.example/html_News/NewsShare.html?infoCode=x", f"http://{SHARE_HOSTS[0]}/"),
        (f"https://{SHARE_HOSTS[1]}/html_News/NewsShare.html?infoCode=x", f"https://{SHARE_HOSTS[1]}/"),
        (f"//{SHARE_HOSTS[1]}/x", f"http://{SHARE_HOSTS[0]}/"),
        ("http://[", f"http://{SHARE_HOSTS[0]}/"),
    ],
)
def test_all_share_hosts_are_asked_that_of_the_link_first_and_no_other(link: str | None, first: str) -> None:
    known = Sites(share_host=SHARE_HOSTS[0], share_hosts=SHARE_HOSTS)
    urls = [place.url for place in places("share", CODE, link, known)]
    assert urls[0] == f"{first}NewsData/GetNewsText.do?id={CODE}"
    assert {url.partition("//")[2].partition("/")[0] for url in urls} == set(SHARE_HOSTS)
    assert len(urls) == len(set(SHARE_HOSTS))

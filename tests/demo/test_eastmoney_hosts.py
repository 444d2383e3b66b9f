"""East Money's hosts answer as the crawler's readers of their replies expect: the same article, each in its shape."""

import json
from dataclasses import replace

import pytest

from crawler import pages
from crawler.demo.eastmoney_hosts import article_api, article_page, medium, wap
from crawler.demo.messages import Request
from crawler.demo.sample import SEED_CODE, sample_site
from crawler.items import Page

SITE = sample_site()
SEED = SITE.article(SEED_CODE)
NUMBER = SEED_CODE.removeprefix("NW")
HOSTS = {
    "newsinfo.eastmoney.com": (article_api, f"/kuaixun/v2/api/article/{NUMBER}?guid=1"),
    "finance.eastmoney.com": (article_page, f"/a/{NUMBER}.html"),
    "wap.eastmoney.com": (wap, f"/a/{NUMBER}.html"),
}


@pytest.mark.parametrize("host", HOSTS)
def test_what_it_says_is_read_as_the_article(host: str) -> None:
    handler, target = HOSTS[host]
    request = Request("GET", "https", host, target)
    found = pages.read(Page(url=request.url, body=handler(SITE, request).body))
    (article,) = found.articles
    assert (article.code, article.title) == (NUMBER, SEED.title)
    assert article.tag == SEED.tag
    assert article.time
    assert f"{SEED.date:%Y-%m-%d %H:%M}" in article.time
    assert article.text
    assert "认真学习贯彻" in article.text


@pytest.mark.parametrize("target", ["/news/1350,{}.html", "/a/{}.html"])
def test_old_addresses_and_new_ones(target: str) -> None:
    assert article_page(SITE, Request("GET", "https", "x", target.format(NUMBER))).status == 200
    assert article_page(SITE, Request("GET", "https", "x", target.format("202201149999999999"))).status == 404
    assert wap(SITE, Request("GET", "https", "x", f"/3g/news/article,8,344,1,{NUMBER}.shtml")).status == 200


def test_of_an_unknown_article_the_api_has_no_data() -> None:
    reply = article_api(SITE, Request("GET", "https", "x", "/kuaixun/v2/api/article/202201149999999999"))
    assert (reply.status, json.loads(reply.body)["data"]) == (200, None)


def test_the_medium_is_that_of_the_last_line_and_many_items_have_none() -> None:
    assert medium(SEED) == SEED.tag.removesuffix("新闻")
    item = next(article for article in SITE if article.category == "emnews")
    assert medium(replace(item, text="<p>一</p>")) == ""
    assert medium(replace(item, text="<p>一（文章来源：甲&amp;乙报）</p>\n")) == "甲&乙报"
    assert medium(replace(SEED, text="<p>一</p>")) == SEED.tag.removesuffix("新闻")

"""Items of East Money's replies: ids, addresses, media and securities under all their names."""

import json
from typing import Any

import pytest

from crawler.items import Page
from crawler.pages import Unreadable, read_as
from crawler.pages.eastmoney import reply

ID, TIME = "202201142248170578", "2022-01-14 13:02:46"


LIST = "https://np-listapi.eastmoney.com/comm/web/getNewsByColumns?column=350"


FAST = "https://np-weblist.eastmoney.com/comm/web/getFastNewsList?fastColumn=102"


ARTICLE = f"https://newsinfo.eastmoney.com/kuaixun/v2/api/article/{ID}?guid=1"


ITEM = {"code": ID, "title": "题", "showTime": TIME, "mediaName": "甲社", "summary": "摘要"}


def listed(code: object = "1", hits: str = "totle_hits", **fields: Any) -> str:
    data = {"page_index": 1, "list": [ITEM | fields], hits: 5000, "page_size": 20}
    return json.dumps({"code": code, "message": "success", "data": data})


STOCKS: dict[str, tuple[object, set[tuple[str, str]]]] = {
    "texts": (["1.600050", "116.00700", "90.BK0473"], {("1.600050", ""), ("116.00700", ""), ("90.BK0473", "")}),
    "objects": ([{"Code": "600050", "Name": "中国联通"}], {("600050", "中国联通")}),
    "both": (
        ["1.600050", {"code": "0.000338", "name": "<em>潍柴</em>动力"}],
        {("1.600050", ""), ("0.000338", "潍柴动力")},
    ),
    "one text": ("1.600050,0.000338", {("1.600050", ""), ("0.000338", "")}),
    "a text that is none": ("[Null]", set()),
    "an empty text": ("", set()),
    "none": ([], set()),
    "null": (None, set()),
    "odd ones": ([None, 1.5, True, [], {"Name": "x"}, {"Code": None}, {"Code": ["1"]}], set()),
}


@pytest.mark.parametrize("name", STOCKS)
def test_stocks_in_every_spelling(name: str) -> None:
    spelled, stocks = STOCKS[name]
    for url, text in (
        (LIST, listed(stockList=spelled)),
        (FAST, json.dumps({"code": "1", "data": {"fastNewsList": [ITEM | {"stockList": spelled}]}})),
        (ARTICLE, json.dumps({"newsid": ID, "title": "题", "body": "<p>正文</p>", "relatedstocks": spelled})),
    ):
        (said,) = read_as("web-api" if url == ARTICLE else "list-api", Page(url=url, body=text.encode())).articles
        assert set(said.stocks) == stocks


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ({"NewsId": ID}, ID),
        ({"infoCode": f" nw{ID} "}, f"NW{ID}"),
        ({"Code": int(ID)}, ID),
        ({"code": "20190124053117311720040", "url_w": f"http://finance.eastmoney.com/news/1350,{ID}.html"}, ID),
        ({"Art_UniqueUrl": f"https://finance.eastmoney.com/a/{ID}.html", "id": None}, ID),
        ({"url": "http://["}, None),
        ({"id": True, "url": 5}, None),
        ({}, None),
    ],
)
def test_an_item_names_its_article(item: dict[str, object], code: str | None) -> None:
    assert reply.code_in(reply.lowered(item)) == code


def test_an_item_tells_of_its_article() -> None:
    item = reply.lowered(
        {
            "Art_Title": " ",
            "simTitle": "短题",
            "Art_Media_Name": "<b>甲</b>报",
            "showTime": TIME,
            "stockList": ["1.600050"],
        }
    )
    article = reply.article_of(item, "http://x/", f"NW{ID}", "<p>正文</p>", "快讯")
    assert (article.code, article.origin, article.url, article.title) == (ID, "article-api", "http://x/", "短题")
    assert (article.time, article.tag, article.digest, article.text) == (TIME, "甲报新闻", "快讯", "<p>正文</p>")
    assert article.stocks == (("1.600050", ""),)
    bare = reply.article_of({}, "http://x/", ID, "")
    assert (bare.title, bare.time, bare.tag, bare.digest, bare.text, bare.stocks) == (None, None, None, None, None, ())
    with pytest.raises(Unreadable, match="no news id"):
        reply.article_of(item, "http://x/", None, "<p>正文</p>")


def test_of_several_keys_the_first_with_a_text_is_taken() -> None:
    keys = ("a", "b", "c")
    assert reply.first_text({"a": None, "b": " ", "c": "x"}, *keys) == "x"
    assert reply.first_text({"b": " "}, *keys) == " ", "it is there, and empty"
    assert reply.first_text({"a": [], "d": "x"}, *keys) is None
    assert reply.named_medium({"a": "", "b": "<em>甲报</em>"}, *keys) == "甲报"

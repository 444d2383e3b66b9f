"""Replies of the app's API, plain and wrapped, give articles; errors give their reason."""

import json

import pytest

from crawler.pages.eastmoney import app_api, list_api, web_api
from crawler.pages.unreadable import Unreadable

ID = "202201142248170578"
APP = f"https://newsinfo.eastmoney.com/kuaixun/v2/api/content/getnews?newsid={ID}&newstype=1"
NEWS = {
    "title": "联通推进5G",
    "simtitle": "短",
    "showtime": "2022-01-14 13:02:46",
    "source": "人民邮电报",
    "body": '<p>图<!-- EM_StockImg_Start --><!--IMG#0--><!-- EM_StockImg_End --></p><span id="stock_6000501"><!--Link#0--></span>',
    "images": [{"src": "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050", "width": 578, "height": 276}],
    "links": [{"text": "中国联通", "url_m": "http://m/", "url_w": "http://w/", "style": ""}],
}


@pytest.mark.parametrize("wrapping", ["{}", "json({})", "/**/cb_1.x( {} );\n", "\ufeff {}"])
def test_app_api(wrapping: str) -> None:
    text = wrapping.replace("{}", json.dumps({"rc": 1, "me": "", "news": NEWS}, ensure_ascii=False))
    assert app_api.matches(APP, text)
    assert app_api.matches("", text)
    assert not web_api.matches("", text)
    assert not list_api.matches("", text)
    (article,) = app_api.read(APP, text)
    assert (article.code, article.title, article.time) == (ID, "联通推进5G", "2022-01-14 13:02:46")
    assert (article.tag, article.origin) == ("人民邮电报新闻", "article-api")
    assert article.text
    assert "<!--IMG" not in article.text
    assert "<!--Link" not in article.text
    assert "nid=1.600050" in article.text


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ({"rc": 0, "me": "资讯不存在"}, "error reply: 资讯不存在"),
        ({"rc": 1, "news": None}, "reply without an article"),
        ({"rc": 1, "news": {**NEWS, "body": "<p>&nbsp;</p>"}}, "reply without a body"),
        ({"code": 403, "message": "访问过于频繁，请稍后再试", "data": None}, "blocked"),
        ([], "no object"),
    ],
)
def test_app_api_errors(reply: object, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        app_api.read(APP, json.dumps(reply))


def test_app_api_falls_back() -> None:
    news = {**NEWS, "title": "", "body": "<p>a\ud800\0</p>", "images": [7, None], "links": "x"}
    (article,) = app_api.read(APP, json.dumps({"rc": 1, "news": news}))
    assert (article.title, article.text) == ("短", "<p>a\ufffd\ufffd</p>")
    (flash,) = app_api.read(APP, json.dumps({"rc": 1, "news": None, "digest": {"digest": "快讯", "showtime": ""}}))
    assert (flash.digest, flash.text, flash.time) == ("快讯", None, None)

"""Replies of the JSON APIs, plain and wrapped, give articles; errors give their reason."""

import json

import pytest

from crawler.pages.eastmoney import app_api, list_api, web_api
from crawler.pages.unreadable import Unreadable

ID = "202201142248170578"
APP = f"https://newsinfo.eastmoney.com/kuaixun/v2/api/content/getnews?newsid={ID}&newstype=1"
WEB = f"https://newsinfo.eastmoney.com/kuaixun/v2/api/article/{ID}?guid=1"
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
    assert (article.tag, article.origin) == ("人民邮电报新闻", "eastmoney")
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


@pytest.mark.parametrize(
    ("url", "reply"),
    [
        (
            WEB,
            {
                "data": {
                    "Art_Title": "题",
                    "Art_Media_Name": "人民邮电报",
                    "Art_ShowTime": "2022/01/14 13:02:46",
                    "Art_Content": "<p>正文</p>",
                }
            },
        ),
        (
            "",
            {
                "newsid": ID,
                "title": "题",
                "body": "<p>正文</p>",
                "source": "人民邮电报",
                "showtime": "2022-01-14 13:02:46",
                "images": ["http://a/1.png", {"src": "http://a/2.png"}],
            },
        ),
    ],
)
def test_web_api(url: str, reply: dict[str, object]) -> None:
    text = json.dumps(reply, ensure_ascii=False)
    assert web_api.matches(url, text)
    assert not app_api.matches(url, text)
    (article,) = web_api.read(url, text)
    assert (article.code, article.title, article.time, article.tag, article.text) == (
        ID,
        "题",
        "2022-01-14 13:02:46",
        "人民邮电报新闻",
        "<p>正文</p>",
    )


@pytest.mark.parametrize(
    ("url", "text", "reason"),
    [
        (WEB, '{"data":null}', "no such article"),
        (WEB, '{"message":"系统繁忙"}', "error reply: 系统繁忙"),
        (WEB, "<html>", "HTML instead of JSON"),
        (WEB, '{"data":{"Art_Con', "not JSON"),
        ("", '{"body":"<p>x</p>"}', "not an article: JSON of another site"),
        ("http://a/api/v1/fund/Article/GetArticleByCode?artcode=20190124053117311720040", "{}", "caifuhao"),
        (WEB, "[" * 100000, "not JSON|no object"),
    ],
)
def test_web_api_errors(url: str, text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        web_api.read(url, text)


LISTS = {
    "type=102": (
        {
            "records": [
                {
                    "title": "题",
                    "digest": "【题】摘要】尾",
                    "id": ID,
                    "infoCode": f"NW{ID}",
                    "url_w": f"http://finance.eastmoney.com/news/1350,{ID}.html",
                    "showtime": "2022-01-14 13:02:46",
                }
            ]
        },
        (
            ID,
            "emnews",
            "题",
            "2022-01-14 13:02:46",
            "东财滚动新闻",
            f"http://finance.eastmoney.com/news/1350,{ID}.html",
        ),
    ),
    "type=45": (
        {"nodeList": [{"title": "题", "from": "人民邮电报", "infocode": f"NW{ID}", "showtime": "2022-01-14 13:02:46"}]},
        (f"NW{ID}", "media", "题", "2022-01-14 13:02:46", "人民邮电报新闻", None),
    ),
    "newmarket": (
        {
            "record": [
                {"title": "题", "medianame": "人民邮电报", "infoCode": f"NW{ID}", "datetime": "2022-01-14 13:02:46"}
            ]
        },
        (f"NW{ID}", "media", "题", "2022-01-14 13:02:46", "人民邮电报新闻", None),
    ),
    "columns": (
        {
            "code": "1",
            "data": {
                "list": [
                    {
                        "code": ID,
                        "showTime": "2022-01-14 13:02:46",
                        "title": "题",
                        "mediaName": "人民邮电报",
                        "summary": "s",
                    }
                ]
            },
        },
        (ID, None, "题", "2022-01-14 13:02:46", "人民邮电报新闻", None),
    ),
    "fast": (
        {"data": {"fastNewsList": [{"code": ID, "title": "题", "summary": "s", "showTime": "2022-01-14 13:02:46"}]}},
        (ID, None, "题", "2022-01-14 13:02:46", None, None),
    ),
    "wap": (
        {"data": {"list": [{"Art_Code": ID, "Art_Title": "题", "Art_ShowTime": "2022-01-14 13:02:46"}]}},
        (ID, None, "题", "2022-01-14 13:02:46", None, None),
    ),
    "old 7x24": (
        {"rc": 1, "LivesList": [{"newsid": ID, "title": "题", "showtime": "2022-01-14 13:02:46", "digest": "d"}]},
        (ID, None, "题", "2022-01-14 13:02:46", None, None),
    ),
    "v2": (
        {"rc": 1, "news": [{"id": "1", "newsid": ID, "title": "题", "showtime": "2022-01-14 13:02:46"}]},
        (ID, None, "题", "2022-01-14 13:02:46", None, None),
    ),
    "v2 with media": (
        {"news": [{"newsid": ID, "title": "题", "Art_Media_Name": "人民邮电报", "showtime": "2022-01-14 13:02:46"}]},
        (ID, None, "题", "2022-01-14 13:02:46", "人民邮电报新闻", None),
    ),
    "desktop client": (
        {"items": [{"infoCode": f"NW{ID}", "showDateTime": 1642136566000, "title": "题", "source": "人民邮电报"}]},
        (f"NW{ID}", None, "题", "2022-01-14 13:02:46", "人民邮电报新闻", None),
    ),
    "desktop client's flashes": (
        {"items": [{"infoCode": f"NW{ID}", "code": ID, "title": "题", "updateTime": 1642136566000}]},
        (ID, None, "题", "2022-01-14 13:02:46", None, None),
    ),
    "search": (
        {
            "result": {
                "cmsArticleWebOld": [
                    {"code": ID, "title": "<em>题</em>", "mediaName": "人民邮电报", "date": "2022-01-14 13:02:46"}
                ]
            }
        },
        (ID, None, "题", "2022-01-14 13:02:46", "人民邮电报新闻", None),
    ),
    "choice": (
        {
            "data": {
                "records": [
                    {"code": f"NW{ID}", "data": {"showtime": "今天 16:25", "simdigest": "题", "from": "人民邮电报"}}
                ]
            }
        },
        (f"NW{ID}", None, None, None, "人民邮电报新闻", None),
    ),
}


@pytest.mark.parametrize("wrapping", ["{}", "cb({})", "var ajaxResult={};"])
@pytest.mark.parametrize("name", LISTS)
def test_lists(name: str, wrapping: str) -> None:
    reply, wanted = LISTS[name]
    text = wrapping.replace("{}", json.dumps(reply, ensure_ascii=False))
    url = "https://np-listapi.eastmoney.com/comm/web/list"
    assert list_api.matches(url, text)
    assert not app_api.matches(url, text)
    assert not web_api.matches(url, text)
    (article,) = list_api.read(url, text)
    assert (article.code, article.kind, article.title, article.time, article.tag, article.link) == wanted
    assert article.text is article.content is None


def test_list_of_type_102_keeps_what_is_empty_and_the_whole_digest() -> None:
    item = {"id": ID, "title": "", "digest": "【题】摘要】尾", "url_w": "", "showtime": ""}
    (article,) = list_api.read("", json.dumps({"records": [item]}))
    assert (article.title, article.link, article.time, article.digest) == ("", "", None, "摘要】尾")


def test_json_inside_a_json_string() -> None:
    text = json.dumps(json.dumps(LISTS["type=45"][0]))
    assert list_api.matches("", text)
    assert list_api.read("", text)[0].code == f"NW{ID}"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ({"data": {"list": []}}, "empty list"),
        ({"data": {"list": [{"art_code": "AN202601010000000001", "title": "公告"}]}}, "without news articles"),
        ({"x": []}, "unknown shape"),
    ],
)
def test_lists_without_articles(reply: object, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        list_api.read("", json.dumps(reply))


@pytest.mark.parametrize("text", ['{"name":"app","list":[1,2]}', '{"records":[{"id":1}]}', "<html>", "", "---", "[1]"])
def test_json_of_others(text: str) -> None:
    assert not any(kind.matches("", text) for kind in (app_api, web_api, list_api))

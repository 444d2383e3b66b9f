"""Lists of every shape, plain and wrapped, tell of their articles; others' JSON is none."""

import json

import pytest
from pages.foreign import read as read_any

from crawler.pages.eastmoney import app_api, list_api, web_api
from crawler.pages.unreadable import Unreadable

ID = "202201142248170578"


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


@pytest.mark.parametrize("title", ["【快讯】央行公告", "发行【新】国债", "<em>央行</em>公告", "公告"])
def test_a_digest_is_cut_behind_the_whole_title(title: str) -> None:
    item = {"code": ID, "title": title, "summary": f"【{title}】正文。"}
    (article,) = list_api.read("", json.dumps({"data": {"fastNewsList": [item]}}))
    assert article.digest == "正文。"


def test_json_inside_a_json_string() -> None:
    text = json.dumps(json.dumps(LISTS["type=45"][0]))
    assert list_api.matches("", text)
    assert list_api.read("", text)[0].code == f"NW{ID}"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ({"data": {"list": []}}, "empty list"),
        ({"code": 0, "message": "稍后再试", "data": {"list": []}}, "error reply: 稍后再试"),
        ({"code": "0", "message": "success", "data": {"list": []}}, "empty list"),
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


@pytest.mark.parametrize(
    "hits",
    [[{"code": ID, "title": "题", "mediaName": "甲报"}], {"list": [{"code": ID, "title": "题", "mediaName": "甲报"}]}],
)
def test_a_search_that_found_articles_is_a_list(hits: object) -> None:
    kind, (article,) = read_any({"result": {"passportWeb": [], "cmsArticleWebOld": hits}})
    assert (kind, article.origin, article.code, article.title, article.text) == ("list-api", "list", ID, "题", None)

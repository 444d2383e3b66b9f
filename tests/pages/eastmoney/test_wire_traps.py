"""What East Money's services send in several spellings, or in place of what was asked for (domain-facts 4, 13)."""

import json
from typing import Any

import pytest

from crawler.items import Page
from crawler.pages import Unreadable, read_as

ID, TIME = "202201142248170578", "2022-01-14 13:02:46"
LIST = "https://np-listapi.eastmoney.com/comm/web/getNewsByColumns?column=350"
FAST = "https://np-weblist.eastmoney.com/comm/web/getFastNewsList?fastColumn=102"
OLD = "https://newsapi.eastmoney.com/kuaixun/v1/getlist_102_ajaxResult_50_1_.html"
ARTICLE = f"https://newsinfo.eastmoney.com/kuaixun/v2/api/article/{ID}?guid=1"
APP = f"https://newsinfo.eastmoney.com/kuaixun/v2/api/content/getnews?newsid={ID}&newstype=1"
ITEM = {"code": ID, "title": "题", "showTime": TIME, "mediaName": "甲社", "summary": "摘要"}
CAIFUHAO = {"code": "20190124053117311720040", "Np_dst": "CFH", "title": "x", "showTime": TIME}


def listed(code: object = "1", hits: str = "totle_hits", **fields: Any) -> str:
    data = {"page_index": 1, "list": [ITEM | fields], hits: 5000, "page_size": 20}
    return json.dumps({"code": code, "message": "success", "data": data})


def lives(end: str) -> str:
    item = {"newsid": ID, "title": "题", "digest": "【题】摘要", "showtime": TIME}
    return f"var ajaxResult={json.dumps({'rc': 1, 'LivesList': [item]})}{end}"


def article(**fields: Any) -> str:
    return json.dumps({"data": {"Art_Code": ID, "Art_Title": "题", "Art_Content": "<p>正文</p>"} | fields})


LISTS = {
    'code "1"': (LIST, listed("1")),
    "code 1": (LIST, listed(1)),
    'code "0"': (LIST, listed("0")),
    "stocks as texts": (LIST, listed(stockList=["1.600050", "116.00762"])),
    "stocks as objects": (LIST, listed(stockList=[{"Code": "600050", "Name": "中国联通"}])),
    "no stocks, as a text": (LIST, listed(stockList="[Null]", image="[]")),
    "hits spelled aright": (LIST, listed(hits="total_hits")),
    "a page size of its own, as a text": (LIST, listed().replace('"page_size": 20', '"page_size": "15"')),
    "emphasis": (LIST, listed(title="<em>题</em>")),
    "slashes": (LIST, listed(showTime="2022/01/14 13:02:46")),
    "emphasis in the summary, too": (LIST, listed(summary="<em>摘要</em>", title="<EM>题</EM>")),
    "callback": (f"{LIST}&callback=jQuery18_1", f"jQuery18_1({listed()});"),
    "cb": (f"{LIST}&cb=cb", f"cb({listed()})"),
    "a column's item beside it": (
        LIST,
        json.dumps({"code": "1", "data": {"list": [CAIFUHAO, ITEM]}}),
    ),
    "a search": (
        "https://search-api-web.eastmoney.com/search/jsonp?cb=jQuery1_2&param=x",
        "jQuery1_2("
        + json.dumps(
            {"result": {"cmsArticleWebOld": [{"code": ID, "title": "<em>题</em>", "content": "摘要", "date": TIME}]}}
        )
        + ")",
    ),
    "a rolling list that ends in null": (
        FAST,
        json.dumps({"code": "1", "data": {"sortEnd": None, "total": 1, "fastNewsList": [ITEM | {"digest": None}]}}),
    ),
    "7x24": (
        FAST,
        json.dumps({"code": "1", "data": {"sortEnd": "1", "fastNewsList": [ITEM | {"stockList": ["1.600519"]}]}}),
    ),
    "variable": (OLD, lives("")),
    "variable with an end": (OLD, lives(";")),
    "one stock's": (
        "https://np-listapi.eastmoney.com/comm/web/getListInfo?mTypeAndCode=1.600050",
        json.dumps({"code": 1, "data": {"list": [{"Art_Code": ID, "Art_Title": "<em>题</em>", "Art_ShowTime": TIME}]}}),
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_in_every_spelling(name: str) -> None:
    url, text = LISTS[name]
    (item,) = read_as("list-api", Page(url=url, body=text.encode())).articles
    assert (item.code, item.title, item.time, item.digest or "摘要") == (ID, "题", TIME, "摘要")


def test_the_address_of_one_stock_s_list_tells_the_stock() -> None:
    url, text = LISTS["one stock's"]
    (said,) = read_as("list-api", Page(url=url, body=text.encode())).articles
    assert said.stocks == (("1.600050", ""),)


@pytest.mark.parametrize("time", ["12-31 23:59", "01-01 00:01", "01月01日 00:01", "今天 16:25", "2022-01-14", "", None])
def test_a_time_without_a_year_or_a_clock_is_no_time_of_any_year(time: str | None) -> None:
    (said,) = read_as("list-api", Page(url=LIST, body=listed(showTime=time).encode())).articles
    assert (said.code, said.time) == (ID, None)


def test_the_day_shown_on_a_list_is_not_the_id_s() -> None:
    (said,) = read_as("list-api", Page(url=LIST, body=listed(showTime="2022-01-15 00:01:02").encode())).articles
    assert (said.code, said.time) == (ID, "2022-01-15 00:01:02")


NOTHING = {
    "no req_trace": (LIST, '{"code":"0","message":"req_trace不能为空","data":null}', "reply without data: req_trace"),
    "no sortEnd": (FAST, '{"code":"1","message":"","data":null}', "reply without data"),
    "no req_trace, code 1": (LIST, '{"code":1,"message":null,"data":null}', "reply without data"),
    "no further items": (
        f"{LIST}&page_index=3",
        '{"code":"1","data":{"list":[]}}',
        "not an article: the end of a list",
    ),
    "no further items of 7x24": (
        f"{FAST}&sortEnd=1",
        '{"data":{"fastNewsList":[]}}',
        "not an article: the end of a list",
    ),
    "no news of a stock": (
        "https://np-listapi.eastmoney.com/comm/web/getListInfo?mTypeAndCode=105.NIO&pageIndex=1",
        '{"code":1,"data":{"list":[]}}',
        "not an article",
    ),
    "no items on a first page": (f"{LIST}&page_index=1", '{"code":"1","data":{"list":[]}}', "^empty list"),
    "no items of a stock": (LIST, '{"code":1,"data":{"list":null,"totle_hits":0}}', "empty list"),
    "no items of 7x24": (FAST, '{"code":"1","data":{"fastNewsList":[],"sortEnd":""}}', "empty list"),
    "no lives": (OLD, 'var ajaxResult={"rc":1,"LivesList":[]};', "empty list"),
    "no items": (LIST, '{"code":"1","data":{"list":[],"totle_hits":0}}', "empty list"),
    "no items, as a text": (LIST, '{"code":"1","data":{"list":"[Null]"}}', "empty list"),
    "another text": (LIST, '{"code":"1","data":{"list":"x"}}', "unknown shape"),
    "blocked": (LIST, '{"code":403,"message":"访问过于频繁","data":null}', "blocked"),
    "columns alone": (LIST, json.dumps({"code": "1", "data": {"list": [CAIFUHAO]}}), "without news articles"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_in_place_of_a_list(name: str) -> None:
    url, text, reason = NOTHING[name]
    with pytest.raises(Unreadable, match=reason):
        read_as("list-api", Page(url=url, body=text.encode()))


WRAPPED = '<div class="contentwrap"><h1>题</h1><div class="time">2022-01-14 13:02</div><div class="{}">{}</div></div>'
BODIES = {
    "plain": article(),
    "callback": f"jQuery18_1({article()});",
    "cb": f"cb({article()})",
    "empty lists as texts": article(images="[Null]", Art_Column_List="[]", Art_RelatedStocks="[Null]"),
    "content_text": article(Art_Content='<div class="content_text"><p>正文</p></div>'),
    "contentwrap": article(Art_Content='<div class="contentwrap">\n<p>正文</p></div>'),
    "newsContent": article(Art_Content='<div class="newsContent"><p>正文</p></div>'),
    "behind a head": article(Art_Content=WRAPPED.format("newsContent", "<p>正文</p>")),
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies_in_every_wrapping(name: str) -> None:
    (said,) = read_as("web-api", Page(url=ARTICLE, body=BODIES[name].encode())).articles
    assert (said.code, said.title, (said.text or "").strip()) == (ID, "题", "<p>正文</p>")


@pytest.mark.parametrize(
    "content",
    [
        '<p>首段。</p><div class="content_text"><p>正文</p></div>',
        '<div class="content_text"><p>正文</p></div><p>末段</p>',
        '<div class="content_text"><p>正文</p>',
    ],
)
def test_what_is_no_wrapping_stays(content: str) -> None:
    (said,) = read_as("web-api", Page(url=ARTICLE, body=article(Art_Content=content).encode())).articles
    assert said.text == content


@pytest.mark.parametrize("time", ["2022/01/15 01:09:08", "2022-01-15 01:09:08"])
def test_the_day_shown_is_not_the_id_s(time: str) -> None:
    (said,) = read_as("web-api", Page(url=ARTICLE, body=article(Art_ShowTime=time).encode())).articles
    assert said.time == "2022-01-15 01:09:08"
    news = {"newsid": ID, "title": "题", "showtime": time, "body": "<p>正文</p>", "images": "[Null]", "links": "[]"}
    reply = f"json({json.dumps({'rc': 1, 'news': news})})"
    (said,) = read_as("app-api", Page(url=f"{APP}&callback=json", body=reply.encode())).articles
    assert (said.time, said.text) == ("2022-01-15 01:09:08", "<p>正文</p>")

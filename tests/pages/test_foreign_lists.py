"""Lists, records and files that others made: told as what they are, and no article is made of an excerpt."""

import json

import pytest
from pages.foreign import CODE, URL, read

from crawler.pages.unreadable import Unreadable

ROW = {"新闻标题": "题", "新闻内容": "一…", "发布时间": "2022-01-14 13:02:46", "文章来源": "甲报", "新闻链接": URL}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("table", [ROW, ROW]),
        ("table", json.dumps([ROW], ensure_ascii=False)),
        ("table", ROW),
        ("table", {name: {"0": value} for name, value in ROW.items()}),
        ("table", {"columns": list(ROW), "index": [0], "data": [list(ROW.values())]}),
        ("table", {"IsSuccess": True, "Code": 0, "Data": [{"Art_UniqueUrl": URL, "Art_Title": "<em>题</em>", "Art_Content": "一..."}]}),
        ("list-api", {"result": {"passportWeb": [], "cmsArticleWebOld": [{"code": CODE, "title": "题", "mediaName": "甲报"}]}}),
        ("list-api", {"result": {"cmsArticleWebOld": {"list": [{"code": CODE, "title": "题", "mediaName": "甲报"}]}}}),
        ("list-page", f'<html><ul id="newsListContent"><li><p class="title"><a href="{URL}" target="_blank"> 题 </a></p></li></ul>'),
        ("record", {"url": URL, "title": "题", "time": "2022-01-14 13:02:46", "summary": "一"}),
    ],
)  # fmt: skip
def test_lists(kind: str, text: object) -> None:
    found, articles = read(text)
    assert found == kind
    assert {(article.origin, article.code, article.title, article.text) for article in articles} == {
        ("list", CODE, "题", None)
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ({"code": 0, "msg": "OK", "result": {"passportWeb": [{"uid": "1"}]}}, "blocked"),
        ('jQuery1({"result":{"passportWeb":[{"uid":"1"}],"cmsArticleWebOld":[]}})', "blocked"),
        ({"IsSuccess": True, "Data": []}, "list"),
        ({"IsSuccess": True, "Data": [{"Art_UniqueUrl": URL, "Art_Content": "<p>一</p><p>二</p>"}]}, "a list that holds bodies"),
        ({"columns": ["新闻标题", "新闻链接"], "data": 1}, "list"),
        ({"columns": ["正文", "新闻链接"], "data": [["二" * 400, URL]]}, "nobody can tell"),
        ('<ul id="newsListContent"></ul>', "list"),
        ({"url": URL, "title": "题", "a": "<p>一</p>", "b": f"<p>{'二' * 400}</p>"}, "a record"),
        ({"url": URL, "title": "题", "content": "二" * 400}, "a record"),
        ({"url": URL, "title": "题", "content": f"<p>{'二' * 400}...</p>"}, "a record"),
    ],
)  # fmt: skip
def test_what_is_told(text: object, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(text)

"""Tables of others and replies of searches: what their rows say of articles, and no article of an excerpt."""

import json

import pytest
from pages.foreign import CODE, URL, read

from crawler.pages.eastmoney import tables
from crawler.pages.unreadable import Unreadable

ROW = {"新闻标题": "题", "新闻内容": "一…", "发布时间": "2022-01-14 13:02:46", "文章来源": "甲报", "新闻链接": URL}


@pytest.mark.parametrize(
    "text",
    [
        [ROW, ROW],
        json.dumps([ROW], ensure_ascii=False),
        ROW,
        {name: {"0": value} for name, value in ROW.items()},
        {"columns": list(ROW), "index": [0], "data": [list(ROW.values())]},
        {"IsSuccess": True, "Code": 0, "Data": [{"Art_UniqueUrl": URL, "Art_Title": "<em>题</em>", "Art_Content": "一..."}]},
    ],
)  # fmt: skip
def test_rows(text: object) -> None:
    found, articles = read(text)
    assert found == "table"
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
    ],
)  # fmt: skip
def test_what_is_told(text: object, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(text)


def test_a_row_says_when_and_of_whom_and_one_without_an_address_is_passed_over() -> None:
    _, (article,) = read([{**ROW, "新闻链接": ""}, ROW, {"新闻链接": "https://elsewhere.example/a.html"}])
    assert (article.time, article.tag) == ("2022-01-14 13:02:46", "甲报新闻")
    _, (bare,) = read([{"新闻链接": URL, "新闻标题": " "}])
    assert (bare.title, bare.time, bare.tag) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('{"新闻链接": 1}', True),
        ('{"\\u65b0\\u95fb\\u94fe\\u63a5": 1}', True),
        ('{"columns": ["标题", "链接"]}', True),
        ('{"链接": 1, "正文": "长"}', False),
        ('{"链接地址": 1}', False),
        ('{"passportWeb": []}', True),
        ('{"passportWeb": [], "cmsArticleWebOld": [{"code": 1}]}', False),
        ('{"Status": 0}', False),
        ('{"Status": 0, "Data": []}', True),
    ],
)
def test_it_is_known_by_its_columns(text: str, is_one: bool) -> None:
    assert tables.matches("", text) == is_one

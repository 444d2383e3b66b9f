"""Replies of searches: what their rows say of articles, and no article of an excerpt."""

import pytest
from pages.foreign import CODE, URL, read

from crawler.pages.eastmoney import searches
from crawler.pages.unreadable import Unreadable

HIT = {
    "Art_UniqueUrl": URL,
    "Art_Title": "<em>题</em>",
    "Art_Content": "一...",
    "Art_CreateTime": "2022-01-14 13:02:46",
}


def test_rows() -> None:
    found, (article,) = read({"IsSuccess": True, "Code": 0, "Data": [{"Art_Title": "无地址"}, HIT, 1]})
    assert found == "search"
    assert (article.origin, article.code, article.title, article.text) == ("list", CODE, "题", None)
    assert (article.time, article.tag) == ("2022-01-14 13:02:46", None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ({"code": 0, "msg": "OK", "result": {"passportWeb": [{"uid": "1"}]}}, "blocked"),
        ('jQuery1({"result":{"passportWeb":[{"uid":"1"}],"cmsArticleWebOld":[]}})', "blocked"),
        ({"IsSuccess": True, "Data": []}, "list"),
        ({"IsSuccess": True, "Data": [{"Art_UniqueUrl": URL, "Art_Content": "<p>一</p><p>二</p>"}]}, "a list that holds bodies"),
    ],
)  # fmt: skip
def test_what_is_told(text: object, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('{"passportWeb": []}', True),
        ('{"passportWeb": [], "cmsArticleWebOld": [{"code": 1}]}', False),
        ('{"Status": 0}', False),
        ('{"Status": 0, "Data": []}', True),
    ],
)
def test_it_is_known_by_its_fields(text: str, is_one: bool) -> None:
    assert searches.matches("", text) == is_one

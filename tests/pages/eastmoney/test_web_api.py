"""Replies of the web APIs give articles; errors give their reason."""

import json

import pytest

from crawler.pages.eastmoney import app_api, web_api
from crawler.pages.unreadable import Unreadable

ID = "202201142248170578"
WEB = f"https://newsinfo.eastmoney.com/kuaixun/v2/api/article/{ID}?guid=1"


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
        ("", '{"newsid":"7","body":""}', "not an article: JSON of another site"),
        ("http://a/api/v1/fund/Article/GetArticleByCode?artcode=20190124053117311720040", "{}", "caifuhao"),
        (WEB, "[" * 100000, "not JSON|no object"),
    ],
)
def test_web_api_errors(url: str, text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        web_api.read(url, text)


def test_data_in_a_string_is_read_and_content_in_a_string_elsewhere_is_told() -> None:
    held = {"Art_Code": ID, "Art_Title": "题", "Art_Content": "<p>正文</p>"}
    (article,) = web_api.read("", json.dumps({"data": json.dumps(held)}))
    assert (article.code, article.text) == (ID, "<p>正文</p>")
    with pytest.raises(Unreadable, match="articles in a place where no known reply has them"):
        web_api.read("", json.dumps({"reply": json.dumps(held)}))

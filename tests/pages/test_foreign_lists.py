"""Lists, records and files that others made: told as what they are, and no article is made of an excerpt."""

import json
from collections.abc import Callable

import pytest

from crawler import pages
from crawler.items import Article, Page
from crawler.pages.unreadable import Unreadable

CODE = "202201142248170578"
URL = f"http://finance.eastmoney.com/a/{CODE}.html"
SHARE = f"http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{CODE}"
REPLY = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{CODE}"
ROW = {"新闻标题": "题", "新闻内容": "一…", "发布时间": "2022-01-14 13:02:46", "文章来源": "甲报", "新闻链接": URL}


def _read(text: object, url: str = "") -> tuple[str, tuple[Article, ...]]:
    spelled = text if isinstance(text, str) else json.dumps(text)
    return pages.read(Page(url=url, body=spelled.encode()))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("table", [ROW, ROW]),
        ("table", json.dumps([ROW], ensure_ascii=False)),
        ("table", ROW),
        ("table", {name: {"0": value} for name, value in ROW.items()}),
        ("table", {"IsSuccess": True, "Code": 0, "Data": [{"Art_UniqueUrl": URL, "Art_Title": "<em>题</em>", "Art_Content": "一..."}]}),
        ("list-api", {"result": {"passportWeb": [], "cmsArticleWebOld": [{"code": CODE, "title": "题", "mediaName": "甲报"}]}}),
        ("list-api", {"result": {"cmsArticleWebOld": {"list": [{"code": CODE, "title": "题", "mediaName": "甲报"}]}}}),
        ("list-page", f'<html><ul id="newsListContent"><li><p class="title"><a href="{URL}" target="_blank"> 题 </a></p></li></ul>'),
        ("record", {"url": URL, "title": "题", "time": "2022-01-14 13:02:46", "summary": "一"}),
    ],
)  # fmt: skip
def test_lists(kind: str, text: object) -> None:
    found, articles = _read(text)
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
        ('<ul id="newsListContent"></ul>', "list"),
        ({"url": URL, "title": "题", "a": "<p>一</p>", "b": f"<p>{'二' * 400}</p>"}, "a record"),
        ({"url": URL, "title": "题", "content": "二" * 400}, "a record"),
        ({"url": URL, "title": "题", "content": f"<p>{'二' * 400}...</p>"}, "a record"),
    ],
)  # fmt: skip
def test_what_is_told(text: object, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        _read(text)


@pytest.mark.parametrize("html", ["<p>一</p>", '<div class="x"><div id="ContentBody"><p>一</p></div></div>'])
@pytest.mark.parametrize("key", ["html", "content", "article_body"])
def test_a_record_with_a_piece_of_the_page(key: str, html: str) -> None:
    kind, (article,) = _read({"url": URL, "title": "题", "pubtime": "2022-01-14 13:02:46", "source": "甲报", key: html})
    assert kind == "record"
    assert (article.code, article.title, article.time, article.tag) == (CODE, "题", "2022-01-14 13:02:46", "甲报新闻")
    assert (article.origin, article.text) == ("article-page", "<p>一</p>" if "Content" in html else html)


@pytest.mark.parametrize(
    ("kind", "reply"),
    [
        ("app-api", {"rc": 1, "news": {"title": "题", "body": "<p>一</p>"}}),
        ("web-api", {"data": {"Art_Title": "题", "Art_Content": "<p>一</p>"}}),
        ("list-api", {"data": {"list": [{"infoCode": f"NW{CODE}", "title": "题"}]}}),
        ("news-text", {"text": "<p>一</p>", "news": {"body": "x"}}),
        ("news-text", {"x": {"list": [{"infoCode": 1}]}, "content": "<p>一</p>"}),
    ],
)
def test_the_content_tells_the_kind_and_not_the_name(kind: str, reply: object) -> None:
    found, (article,) = _read(reply, REPLY)
    assert (found, article.code.removeprefix("NW")) == (kind, CODE)


def test_a_comment_behind_a_reply() -> None:
    assert _read('{"text":"<p>一</p>"}\n<!-- cached 12:00 -->\n', REPLY)[0] == "news-text"
    with pytest.raises(Unreadable, match="not JSON"):
        _read('{"text":"<p>一</p>"}{"text":"<p>二</p>"}', REPLY)


@pytest.mark.parametrize(
    ("box", "body"),
    [
        ('<div class="a"><h1>题</h1><div id="divContent"><p>一</p><p class="em_media">（文章来源：甲报）</p></div></div>',
         '<p>一</p><p class="em_media">（文章来源：甲报）</p>'),
        (f'<div class="a"><p>{"一" * 300}</p></div>', "a share page with a text"),
        ("<div>正在加载</div><script>load()</script>", "not an article: a share page that is a shell"),
    ],
)  # fmt: skip
def test_share_pages(box: str, body: str) -> None:
    if body.startswith("<"):
        (article,) = _read(f"<html><title>资讯详情</title><body>{box}</body></html>", SHARE)[1]
        assert (article.origin, article.text) == ("share-page", body)
        return
    with pytest.raises(Unreadable, match=body):
        _read(f"<html><title>资讯详情</title><body>{box}</body></html>", SHARE)


LINES = ["---", "layout: post", 'title: "题"', "date: 2022-01-14 13:02:46 +0800", "categories: jiabao", "tags: 甲报新闻", "---",
         "<p>一&amp;二</p>", "", f"<{SHARE}>", ""]  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        lambda: (
            f'<html><script type="application/json">{json.dumps({"payload": {"x": {"blob": {"rawLines": LINES}}}})}</script>'
        ),
        lambda: (
            "<html><table>"
            + "".join(
                f'<tr><td id="LC{n}" class="b">{line.replace("&", "&amp;").replace("<", "&lt;")}</td></tr>'
                for n, line in enumerate(LINES, 1)
            )
        ),
    ],
)
def test_a_page_of_github(page: Callable[[], str]) -> None:
    kind, (article,) = _read(page(), f"2022-01-14-NW{CODE}.md")
    assert (kind, article.origin, article.link, article.text) == ("github", "post-file", SHARE, "<p>一&amp;二</p>")
    with pytest.raises(Unreadable, match="without the lines"):
        _read('<html><script>{"rawLines":null}{"rawLines":[1</script>', f"2022-01-14-NW{CODE}.md")

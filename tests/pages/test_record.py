"""Records of crawlers: an address and its page, or a piece of it."""

import json
from collections.abc import Callable

import pytest
from pages.foreign import CODE, SHARE, URL, read

from crawler.pages.unreadable import Unreadable

POST = f"https://finews.withounder.com/jiabao/2022/01/14/NW{CODE}.html"
TIME = "2022-01-14 13:02:46"


@pytest.mark.parametrize("html", ["<p>一</p>", '<div class="x"><div id="ContentBody"><p>一</p></div></div>'])
@pytest.mark.parametrize("key", ["html", "content", "article_body"])
def test_a_record_with_a_piece_of_the_page(key: str, html: str) -> None:
    kind, (article,) = read({"url": URL, "title": "题", "pubtime": "2022-01-14 13:02:46", "source": "甲报", key: html})
    assert kind == "record"
    assert (article.code, article.title, article.time, article.tag) == (CODE, "题", "2022-01-14 13:02:46", "甲报新闻")
    assert (article.origin, article.text) == ("article-page", "<p>一</p>" if "Content" in html else html)


BODY = "<p>云杉科技一季度开工三条产线。</p>"


@pytest.mark.parametrize(
    "held",
    [
        [{"链接": URL, "标题": "题", "发布时间": "2022-01-14 13:02:46", "来源": "甲报", "正文": BODY}],
        {"hits": {"hits": [{"_source": {"url": URL, "title": "题", "time": TIME, "source": "甲报", "content": BODY}}]}},
        {"data": {"article": BODY, "metadata": {"sourceURL": URL, "title": "题", "date": TIME, "source": "甲报"}}},
        {"items": [{"id": URL, "title": "题", "date_published": TIME, "content_html": BODY, "media": "甲报"}]},
        {
            "news": {
                "link": URL,
                "headline": "题",
                "pubDate": "Fri, 14 Jan 2022 13:02:46 +0800",
                "media": "甲报",
                "a": BODY,
            }
        },
        {"url": URL, "title": "题", "time": {"$date": {"$numberLong": "1642136566000"}}, "media": "甲报", "html": BODY},
        {"url": URL, "title": "题", "time": {"$date": "2022-01-14T05:02:46Z"}, "media": "甲报", "html": BODY},
        {"url": [URL], "title": ["题"], "time": [TIME], "source": ["甲报"], "content": [BODY[:3], BODY[3:]]},
        {"新闻链接": URL, "新闻标题": "题", "发布时间": TIME, "文章来源": "甲报", "新闻内容": BODY},
        {"链接": URL, "标题": "题", "发布时间": TIME, "来源": "甲报", "内容": BODY},
        {URL: {"title": "题", "time": TIME, "source": "甲报", "content": BODY}},
        {"url": URL, "title": "题", "body": BODY, "time": TIME, "media": "甲报"},
        {"url": URL, "title": "题", "published_at": "2022-01-14T05:02:46Z", "content": BODY, "source": "甲报"},
        {"url": URL, "title": "题", "datePublished": f"{TIME}+08:00", "body": BODY, "source": "甲报"},
        {"url": URL, "title": "题", "发布日期": TIME, "正文": BODY, "来源": "甲报"},
        {"页面网址": URL, "标题": "题", "时间": TIME, "正文": BODY, "来源": "甲报"},
        {"网址": URL, "标题": "题", "时间": TIME, "正文": BODY, "来源": "甲报"},
        {"标题链接": URL, "标题": "题", "时间": TIME, "正文": BODY, "来源": "甲报"},
        {"原文链接": URL, "标题": "题", "时间": TIME, "正文": BODY, "来源": "甲报"},
        {"page_url": URL, "news_title": "题", "news_date": TIME, "content": BODY, "media_name": "甲报"},
        {"news_url": URL, "article_title": "题", "published_date": TIME, "content": BODY, "source_name": "甲报"},
        {"article_url": URL, "文章标题": "题", "发表日期": TIME, "content": BODY, "sourceName": "甲报"},
        {"href": URL, "标题": "题", "新闻日期": TIME, "正文": BODY, "媒体": "甲报"},
        {"链接地址": URL, "标题": "题", "时间": TIME, "正文": BODY, "媒体名称": "甲报"},
        {"文章链接": URL, "标题": "题", "时间": TIME, "正文": BODY, "news_source": "甲报"},
        {"新闻地址": URL, "标题": "题", "时间": TIME, "正文": BODY, "来源": "甲报"},
        {"原文地址": URL, "标题": "题", "时间": TIME, "正文": BODY, "来源": "甲报"},
        {"当前网址": URL, "标题": "题", "时间": TIME, "正文": BODY, "来源": "甲报"},
    ],
)
def test_records_wherever_they_lie(held: object) -> None:
    _, (article,) = read(held)
    assert (article.code, article.title, article.time, article.tag) == (CODE, "题", TIME, "甲报新闻")
    assert (article.origin, article.text) == ("article-page", BODY)


@pytest.mark.parametrize(
    ("sign", "end"), [("&lt;", "&gt;"), ("&#60;", "&#62;"), ("\\u003c", "\\u003e"), ("%3C", "%3E")]
)
def test_a_text_that_is_escaped_as_a_whole_is_no_digest_however_short(sign: str, end: str) -> None:
    escaped = BODY.replace("<", sign).replace(">", end)
    kind, (article,) = read({"url": URL, "title": "题", "time": TIME, "content": escaped})
    assert (kind, article.origin, article.text) == ("record", "article-page", escaped)


CLOSED = "云杉科技一季度开工三条产线。\n\n它说，年内还有两条。\n（文章来源：甲报）"
MARKED = '<p>云杉科技一季度开工三条产线。</p><p>它说，年内还有两条。</p><p class="em_media">（文章来源：甲报）</p>'


@pytest.mark.parametrize("end", [r"\n", r"\r\n"])
def test_line_ends_that_are_spelled_are_line_ends(end: str) -> None:
    text = CLOSED.replace("\n\n", end).replace("\n", end)
    _, (article,) = read({"url": URL, "title": "题", "time": TIME, "content": text})
    assert article.text == MARKED


@pytest.mark.parametrize(
    "more", [{"publish_date": "2022-01-14"}, {"publish_date": TIME, "raw_text": CLOSED.replace("\n", " ")}, {}]
)
@pytest.mark.parametrize("key", ["text", "content", "正文", "cleaned_text", "maintext", "content_text", "新闻正文"])
def test_plain_text_that_ends_as_articles_do(key: str, more: dict[str, str]) -> None:
    _, (article,) = read({"url": URL, "title": "题", key: CLOSED, **more})
    assert (article.origin, article.title, article.tag, article.text) == ("extraction", "题", "甲报新闻", MARKED)
    assert article.time == (TIME if "raw_text" in more else None)


@pytest.mark.parametrize(
    "held",
    [
        {"text": CLOSED, "markdown": CLOSED.replace("三", "四")},
        {"text": f"{CLOSED}\n更多文章", "title": "题"},
        {"text": CLOSED, "title": ""},
    ],
)
def test_plain_text_of_which_nobody_can_tell_whether_it_is_whole(held: dict[str, str]) -> None:
    with pytest.raises(Unreadable) as caught:
        read({"url": URL, "title": "题", **held})
    assert not caught.value.is_foreign


LONG = "云杉科技一季度开工三条产线，它说年内还有两条。" * 4
WHOLE = {"url": URL, "title": "题", "time": TIME, "source": "甲报", "content": BODY}
EXCERPT = {"新闻标题": "题", "新闻内容": "一…", "发布时间": TIME, "文章来源": "甲报", "新闻链接": URL}


@pytest.mark.parametrize(
    "held",
    [
        {"topic": "news", "offset": 1, "key": None, "value": json.dumps(WHOLE)},
        [json.dumps(WHOLE)],
        {"@timestamp": TIME, "message": json.dumps({"body": json.dumps(WHOLE, ensure_ascii=False)})},
    ],
)
def test_a_record_in_a_string_is_one(held: object) -> None:
    _, (article,) = read(held)
    assert (article.code, article.title, article.time, article.text) == (CODE, "题", TIME, BODY)


@pytest.mark.parametrize(("row", "text"), [(WHOLE, BODY), (EXCERPT, None)])
@pytest.mark.parametrize(
    "table",
    [
        lambda row: [row, {**row, **dict.fromkeys(set(row) & {"url", "新闻链接"}, "")}],
        lambda row: {name: {"0": value, "1": None} for name, value in row.items()},
        lambda row: {name: [value, None] for name, value in row.items()},
        lambda row: {"columns": list(row), "index": [0], "data": [list(row.values())]},
    ],
)
def test_rows_of_tables(table: Callable[[dict[str, str]], object], row: dict[str, str], text: str | None) -> None:
    kind, (article,) = read(table(row))
    assert (kind, article.code, article.title, article.time, article.tag) == ("record", CODE, "题", TIME, "甲报新闻")
    assert (article.origin, article.text) == ("article-page" if text else "list", text)


@pytest.mark.parametrize("name", ["新闻内容", "新闻正文"])
def test_a_short_article_in_a_table_of_news_is_no_list_s(name: str) -> None:
    _, (article,) = read([{**EXCERPT, name: CLOSED}])
    assert (article.origin, article.text) == ("extraction", MARKED)


def test_a_text_that_closes_as_articles_do_and_names_one_is_not_none_of_ours() -> None:
    with pytest.raises(Unreadable, match="nobody can tell whether they belong together"):
        read([{"type": "message", "text": f"题\n{CLOSED}\n<{URL}>"}])


@pytest.mark.parametrize(
    ("more", "tag"),
    [
        ({"source": "东方财富网", "content": MARKED}, "甲报新闻"),
        ({"source": "spider", "content": MARKED}, "甲报新闻"),
        ({"source": "东方财富网", "media_name": "甲报", "content": BODY}, "甲报新闻"),
        ({"media": "http://a.cn/1.jpg", "source": "甲报", "content": BODY}, "甲报新闻"),
        ({"source": "finance.eastmoney.com", "from": "甲报", "content": BODY}, "甲报新闻"),
        ({"source": "eastmoney", "content": BODY}, None),
        ({"source": "东方财富网", "content": BODY}, "东方财富网新闻"),
    ],
)
def test_what_a_crawler_calls_the_site_is_no_medium_where_another_is_named(
    more: dict[str, str], tag: str | None
) -> None:
    assert [article.tag for article in read({"url": URL, "title": "题", "time": TIME, **more})[1]] == [tag]


@pytest.mark.parametrize(
    "box",
    [
        "<p>版权所有</p>",
        '<div><a href="/">首页</a></div>',
        ["<p>网友：好</p>"],
        '<p><img src="https://a.cn/1.jpg"></p>',
    ],
)
def test_a_piece_of_markup_beside_more_text_is_not_the_body(box: object) -> None:
    _, (article,) = read({"url": URL, "title": "题", "time": TIME, "box": box, "content": CLOSED})
    assert (article.origin, article.text) == ("extraction", MARKED)
    with pytest.raises(Unreadable, match="where its body is"):
        read({"url": URL, "title": "题", "time": TIME, "box": box, "said": CLOSED.partition("（")[0]})


@pytest.mark.parametrize(
    "more", [{"raw": CLOSED}, {"related": ["又一题" * 9] * 9}, {"summary": LONG[:20]}, {"title": "题" * 60}]
)
def test_markup_beside_no_more_than_its_text_is_the_body(more: dict[str, object]) -> None:
    assert [
        article.text for article in read({"url": URL, "title": "题", "time": TIME, "content": MARKED, **more})[1]
    ] == [MARKED]


def test_addresses_and_long_text_beside_them_are_no_list() -> None:
    item = {"canonical": [{"href": URL}], "alternate": [{"href": URL}], "summary": {"content": BODY}}
    with pytest.raises(Unreadable, match="long text beside"):
        read({"items": [item, item]})


def test_paragraphs_in_a_list_are_the_text() -> None:
    _, (article,) = read({"url": URL, "title": "题", "content": CLOSED.split("\n\n"), "images": [URL, URL]})
    assert (article.origin, article.text) == ("extraction", MARKED)


@pytest.mark.parametrize(
    "held",
    [
        {"title": "题", "body": {"sections": [{"paragraphs": [LONG] * 4}]}, "html": {"requested_url": URL}},
        {"title": "题", "body": {"sections": [{"paragraphs": CLOSED.split("\n")}]}, "html": {"requested_url": URL}},
        {"properties": {"URL": {"url": URL}}, "children": [{"rich_text": [{"plain_text": LONG}]}] * 4},
        {"code": CODE, "title": "题", "showTime": TIME, "mediaName": "甲报", "content": BODY},
        {"newsId": f"NW{CODE}", "title": "题", "said": LONG * 4},
        {CODE: {"title": "题", "time": TIME, "content": BODY}},
        [{"新闻链接": URL, "新闻标题": "题", "新闻内容": LONG * 4}],
    ],
)
def test_text_in_a_form_that_is_not_known_is_no_list_and_not_none_of_ours(held: object) -> None:
    with pytest.raises(Unreadable) as caught:
        read(held)
    assert not caught.value.is_foreign


@pytest.mark.parametrize(
    "number", ["148188733789603430", "16421365660001234", "110105199003071234", "202299992200148456"]
)
def test_a_number_of_another_site_s_names_no_article(number: str) -> None:
    for held in ({"id": number, "text": LONG * 4}, {number: {"text": LONG * 4}}):
        with pytest.raises(Unreadable) as caught:
            read(held)
        assert caught.value.is_foreign


@pytest.mark.parametrize("name", ["created", "created_at", "crawl_time", "savedAt", "抓取时间"])
def test_when_somebody_kept_it_is_not_when_it_was_published(name: str) -> None:
    assert read({"url": URL, "title": "题", "content": BODY, name: "2022-02-01 09:00:00"})[1][0].time is None


@pytest.mark.parametrize(
    ("spelled", "title"),
    [
        ("<em>甲</em>乙", "甲乙"),
        ("R&amp;D &quot;甲&quot;", 'R&D "甲"'),
        (" 甲\u3000", "甲"),
        ("甲<3，R&D", "甲<3，R&D"),
        ("<甲>", "<甲>"),
    ],
)
@pytest.mark.parametrize("more", [{}, {"content": BODY}, {"content": CLOSED}])
def test_a_title_is_text(more: dict[str, str], spelled: str, title: str) -> None:
    assert [article.title for article in read({"url": URL, "title": spelled, **more})[1]] == [title]


@pytest.mark.parametrize("title", ["题 _ 东方财富网", "题_东方财富网", "题"])
@pytest.mark.parametrize("more", [{}, {"content": BODY}])
def test_the_site_s_name_is_no_part_of_a_title(title: str, more: dict[str, str]) -> None:
    assert [article.title for article in read({"url": URL, "title": title, **more})[1]] == ["题"]


def test_a_parser_that_knows_no_zone_tells_no_time() -> None:
    held = {"url": URL, "title": "题", "date_published": "2022-01-14T13:02:00.000Z", "content": BODY}
    assert read(held)[1][0].time == "2022-01-14 21:02:00"
    assert read({**held, "next_page_url": None, "rendered_pages": 1})[1][0].time is None


@pytest.mark.parametrize(
    "held",
    [
        {"url": URL, "title": "题", "text": "第一段。"},
        {"title": "题", "source": URL, "raw_text": "第一段。"},
        {"url": URL, "markdown": "# 题", "metadata": {"title": "题"}},
        {"page_of": URL, "held": BODY},
        {"seen": [URL], "said": {"words": "长" * 400}},
        {"log": [{"request": {"uri": URL}, "response": {"url": URL, "body": {"string": f"<html><body>{BODY}"}}}]},
        {"url": SHARE, "title": "题", "text": "第一段。"},
        {"url": POST, "title": "题", "date": "2022-01-14 13:02:46", "text": "第一段。\n返回首页"},
        {"url": URL, "title": "题", "content": "第一段。\n第二段。"},
        {"页面网址": URL, "标题": "题", "内容": "第一段说：“好。”"},
        {"url": URL, "title": "题", "body": ["第一段。", "第二段。"]},
    ],
)
def test_a_text_that_cannot_be_told_is_no_list_and_not_none_of_ours(held: object) -> None:
    with pytest.raises(Unreadable, match="nobody can tell"):
        read(held)


@pytest.mark.parametrize(
    ("held", "origin"),
    [
        ({"url": URL, "title": "题", "content": "摘要…"}, "list"),
        ({"url": URL, "title": "题", "content": "摘要，没有说完的"}, "list"),
        ({"rows": [{"url": URL, "title": "题", "text": "开头的话……"}]}, "list"),
        ({"url": URL, "title": "题", "more": [{"title": "又一题" * 10, "url": URL + "?x"}] * 20}, "list"),
        ([{"新闻链接": URL, "新闻标题": "题", "新闻内容": "摘" * 250}], "list"),
        ({"code": CODE, "title": "题", "summary": "摘要…"}, None),
        ({"url": SHARE, "title": "题", "related": [{"title": "又一题", "digest": "摘要…"}]}, "list"),
        ({"seen": [URL], "said": "短"}, None),
        ({f"NW{CODE}": {"securities": ["600519.SH", "BK0473.BK"] * 20}}, None),
        ({f"NW{CODE}": {"links": ["//finews.withounder.com/category/jiabao(xianggang).html"] * 20}}, None),
        ({"post": f'<p>见<a href="{URL}">这里</a></p>'}, None),
        ([{"链接": URL, "标题": "题", "摘要": "摘要。" * 150}], "list"),
    ],
)
def test_what_holds_no_article_is_a_list_s_or_none(held: object, origin: str | None) -> None:
    if origin:
        assert [article.origin for article in read(held)[1]] == [origin]
        return
    with pytest.raises(Unreadable, match="not an article"):
        read(held)


@pytest.mark.parametrize(
    "beside",
    [f"https://a.example/find?q={'%E4' * 200}", "CvwB" * 100, f"javascript:{'x=1;' * 100}", "<div><a>下一页</a></div>"],
)
def test_bookmarks_and_lists_are_no_text(beside: str) -> None:
    held = {"bar": [{"name": "题", "url": URL}, {"name": "又一题", "url": SHARE}, {"name": "另", "url": beside}]}
    assert [article.origin for article in read(held)[1]] == ["list", "list"]


def test_of_an_excerpt_no_article_is_made() -> None:
    kind, (article,) = read({"url": URL, "title": "题", "time": TIME, "summary": "一"})
    assert (kind, article.origin, article.code, article.title, article.text) == ("record", "list", CODE, "题", None)


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        ({"columns": ["正文", "新闻链接"], "data": [["二" * 400, URL]]}, "nobody can tell"),
        ({"url": URL, "title": "题", "a": "<p>一</p>", "b": f"<p>{'二' * 400}</p>"}, "a record"),
        ({"url": URL, "title": "题", "content": "二" * 400}, "a record"),
        ({"url": URL, "title": "题", "content": f"<p>{'二' * 400}...</p>"}, "a record"),
        ({"url": URL, "title": "题", "content": "<p>一。<a href='x'>查看全文</a></p>"}, "a record"),
    ],
)
def test_a_text_that_may_be_cut_is_told(held: object, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(held)


def test_an_article_behind_another_s_address_is_not_passed_over() -> None:
    with pytest.raises(Unreadable, match="whether they belong together"):
        read({"url": f"https://a.example/go?to={URL}", "title": "题", "content": BODY})
    with pytest.raises(Unreadable, match="not an article"):
        read({"url": "https://a.example/1.html", "title": "题", "content": f'<p>见 <a href="{URL}">此文</a></p>'})

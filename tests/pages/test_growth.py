"""The time to read a page grows with its length: what begins again and again and never ends costs no more than once."""

import contextlib
import time

import pytest

from crawler import pages
from crawler.items import Page

ID = "202201142248170578"
POST = f"https://finews.withounder.com/a/2022/01/14/NW{ID}.html"
HEAD = "<section><small>(GMT+8) 2022-01-14 13:02:46</small><h1>题</h1>\n"
EAST_MONEY = f"http://finance.eastmoney.com/a/{ID}.html"
SHARE = f"http://finews.zning.xyz/html_News/NewsShare.html?infoCode=NW{ID}"
REPLY = f"http://finews.zning.xyz/NewsData/GetNewsText.do?id=NW{ID}"
TEXT = f"标题：甲乙丙丁\n链接：{EAST_MONEY}\n时间：2022-01-14 13:02\n# [a](/&"
BODY = f'<div id="ContentBody"><p>{"正文" * 30}</p></div>'

GROWING = {
    "blanks behind a reply": (REPLY, '{"text":"<p>正文</p>"}', " ", "x"),
    "containers in containers": (SHARE, "", "<div id=content>", ""),
    "sections without end": ("https://finews.withounder.com/", "", "<section>", ""),
    "headings without end": (POST, "<section>", "<section><h1>", "</section>"),
    "brackets in a head": (POST, "<section><small>(GMT+8", ")", ""),
    "brackets in a footer": (POST, f"{HEAD}<p>[返回t](", "((x)", "<返回首页</section>"),
    "links in a footer": (POST, f"{HEAD}<p>[返回", "](", "返回首页</section>"),
    "lists of tags": (POST, HEAD, "<small>tags:", "</section>"),
    "attributes of a footer's link": (POST, f"{HEAD}<p><a", " href=x", "<返回首页</section>"),
    "blanks in a footer's link": (POST, f'{HEAD}<p><a href="x">返回', " \n", "x</a><a>返回首页</section>"),
    "blanks in a tag": (POST, f"{HEAD}<small>tags: <em>", " \n", "</small></section>"),
    "lines of a source": ("", "<body>&lt;html", "</tr> ", "&lt;/html>"),
    "tables": (POST, HEAD, "<table><tbody><tr><td>返回首页", "</section>"),
    "blanks behind a link": (POST, f"{HEAD}<p>&lt;&gt;", " ", "x</section>"),
    "blanks in a digest": (
        POST.replace("/a/", "/emnews/"),
        f"{HEAD}<blockquote><p>",
        " ",
        "x</p></blockquote></section>",
    ),
    "items without end": (EAST_MONEY, '<div class="infos">', '<p class="item">', f"</div>{BODY}"),
    "classes": (EAST_MONEY, '<div id="ContentBody"><p ', "class=", f"><b>{'正文' * 30}</b></div>"),
    "closing lines without end": (EAST_MONEY, '<div id="ContentBody">', '<p class="em_media">', "正文</div>"),
    "blanks in a title": (EAST_MONEY, "<title>题", " ", f"x_东方财富网</title>{BODY}"),
    "bars in a title": (EAST_MONEY, "<title>题", "_", f"x</title>{BODY}"),
    "wide bars in a title": (EAST_MONEY, "<title>题", "｜手机", f"x</title>{BODY}"),
    "translations in translations": (
        EAST_MONEY,
        f'<html imt-state="dual">{BODY}',
        '<font class="immersive-translate-target-wrapper">',
        "",
    ),
    "what a head says": (EAST_MONEY, "<head>", '<meta name="date" ', f"</head>{BODY}"),
    "words of a pager": (
        EAST_MONEY,
        f'<a href="{ID}_2.html">2</a><div id="ContentBody"><p>',
        "next 第2页 ",
        "x</p></div>",
    ),
    "boxes of a head": (EAST_MONEY, '<div id="ContentBody">', "<div><h1>", "</div>"),
    "blanks behind a medium": (EAST_MONEY, '<div class="infos"><p class="item">来源', " ", f"x</p></div>{BODY}"),
    "a heading of Markdown": ("", TEXT, " ", "/"),
    "links in links of Markdown": ("", TEXT, "[[a]((x)", ""),
    "pictures of Markdown": ("", TEXT, "![a](http://a.cn/(", ""),
    "strings in a record": ("", '["{', '[\\"{', '"]'),
    "paragraphs of a record": ("", f'[{{"url":"{EAST_MONEY}","title":"题","content":[', '"正文",', '"正文"]}]'),
    "records in records": ("", f'{{"a":"{EAST_MONEY}"', ',"b":{"c":1}', "}"),
    "names of media in a feed": (
        "",
        f"<rss><item><title>题</title><link>{EAST_MONEY}</link><description>",
        "（文章来源：",
        "</description></item></rss>",
    ),
    "boxes in a body": (EAST_MONEY, '<div id="ContentBody">', '<div class="sharebox">x</div>', "<p>正文。</p></div>"),
    "boxes without end": (EAST_MONEY, '<div id="ContentBody">', '<div class="zwothers">', "<p>正文。</p></div>"),
    "boxes behind a comment": (EAST_MONEY, "<!--文章主体-->", '<div class="sharebox">x</div>', "x"),
    "roots in a body": (EAST_MONEY, BODY, "<html>", ""),
}


def seconds(name: str, times: int) -> float:
    """CPU seconds to read the page whose middle stands so many times."""
    url, before, unit, after = GROWING[name]
    page = Page(url=url, body=(before + unit * times + after).encode())
    begin = time.process_time()
    with contextlib.suppress(pages.Unreadable):
        pages.read(page)
    return time.process_time() - begin


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", GROWING)
def test_eight_times_the_page_takes_less_than_thirty_times_as_long(name: str) -> None:
    seconds(name, 10)
    assert seconds(name, 40_000) < 0.05 + 30 * min(seconds(name, 5_000) for _ in range(3))

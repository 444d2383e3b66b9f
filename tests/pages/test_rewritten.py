"""A page that another program parsed and wrote again says what it said."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from bs4 import BeautifulSoup
from lxml import html
from pages.eastmoney.article_pages import ANNOUNCED, CURRENT, DESKTOP_2018, NEW_WAP, OLD_WAP, URL

from crawler import pages
from crawler.assemble.merge import merge
from crawler.assemble.outcome import Rejected
from crawler.items import Page, Post
from crawler.pages.unreadable import Unreadable

CODE = "NW202201142248170578"
POST_URL = f"https://finews.withounder.com/jiabao/2022/01/14/{CODE}.html"
SHARE = f"http://finews.zning.xyz/html_News/NewsShare.html?infoCode={CODE}"
POST = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>题目</title></head><body><section>
<small>(GMT+8, Asia/Shanghai, CST) 2022-01-14 13:02:46</small>
<h1>题目“甲”</h1>

<p>正文<strong>一</strong></p>
<p class="em_media">（文章来源：甲报）</p>

<p><a href="{SHARE}">{SHARE}</a></p>

<p><a href="//finews.withounder.com/category/jiaBao.html">返回甲报新闻</a>｜<a href="//finews.withounder.com/">返回首页</a></p>


<small>tags: <em>甲报新闻</em></small>
</section></body></html>"""
PAGES = {
    "post": (POST_URL, POST),
    "current": (URL, CURRENT),
    "2018": (URL, DESKTOP_2018),
    "announced": (URL, ANNOUNCED),
    "old wap": (URL, OLD_WAP),
    "new wap": (URL, NEW_WAP),
}


def _tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))


def _with_attributes(page: str) -> bytes:
    """As extensions of browsers leave it."""
    return re.sub(r"<(p|a|h1|h2|div|small|em|article|blockquote)\b", r'<\1 data-walked="1"', page).encode()


WRITERS: dict[str, Callable[[str], bytes]] = {
    "bs4": lambda page: BeautifulSoup(page, "html.parser").encode("utf-8"),
    "bs4, indented": lambda page: BeautifulSoup(page, "html.parser").prettify().encode(),
    "lxml, ASCII": lambda page: html.tostring(_tree(page)),
    "lxml, indented": lambda page: html.tostring(_tree(page), encoding="utf-8", pretty_print=True),
    "lxml, XML": lambda page: html.tostring(_tree(page), encoding="utf-8", method="xml"),
    "other quotes": lambda page: re.sub(r'="([^"\'<>]*)"', r"='\1'", page).encode(),
    "attributes": _with_attributes,
}


def _post(url: str, data: bytes) -> Post:
    return merge(pages.read(Page(url=url, body=data)).articles)


def _shown(post: Post) -> str:
    return re.sub(r"\s+", "", unescape(re.sub("<[^<>]*>", "", post.body)))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("kind", PAGES)
def test_it_says_the_same(kind: str, writer: str) -> None:
    url, page = PAGES[kind]
    was, now = _post(url, page.encode()), _post(url, WRITERS[writer](page))
    fields = ("code", "title", "time", "category", "tag", "link", "kind")
    assert [getattr(now, name) for name in fields] == [getattr(was, name) for name in fields]
    assert _shown(now) == _shown(was)


def test_a_crawl_reads_it_as_a_reprocessing_does() -> None:
    page = Page(url=POST_URL, body=WRITERS["lxml, ASCII"](POST))
    assert pages.read_as("post", page) == pages.read(page)


def test_what_was_written_in_ascii_has_its_characters() -> None:
    assert "中国联通&amp;联通" in _post(URL, WRITERS["lxml, ASCII"](CURRENT)).body
    kept = '<p>一&#20013;二&nbsp;三</p>{"正文":"&#20013;"}'
    assert _post(URL, CURRENT.replace("<p>", kept, 1).encode()).body.count("&#20013;") == 2
    halves = WRITERS["lxml, ASCII"](CURRENT).replace(b"<p>", b"<p>&#55357;&#56832;", 1)
    assert "\U0001f600" in _post(URL, halves).body


def test_a_heading_that_does_not_end_is_not_the_article() -> None:
    endless = POST.replace("</h1>", "").replace("</section>", "</h1>\n</section>")
    with pytest.raises(Unreadable, match="the heading does not end"):
        _post(POST_URL, endless.encode())
    endless = DESKTOP_2018.replace("</h1>", "").replace("</p>", "</p><p>又一段</p>", 1)
    with pytest.raises(Rejected, match="no title"):
        _post(URL, endless.encode())
    assert _post(URL, endless.replace("<body>", "<title>题_东方财富网</title><body>").encode()).title == "题"

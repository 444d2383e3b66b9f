"""Rendered post pages, as the site has them and as savers that follow links leave them."""

from dataclasses import replace

import pytest

from crawler import pages
from crawler.assemble.merge import merge
from crawler.assemble.outcome import Rejected
from crawler.items import Page
from crawler.pages import site_list
from crawler.pages.post_page import read
from crawler.pages.unreadable import Unreadable
from crawler.sites import SITE_HOSTS

CODE = "NW202201142248170578"
URL = f"https://finews.withounder.com/jiabao/2022/01/14/{CODE}.html"
SHARE = f"http://finews.zning.xyz/html_News/NewsShare.html?infoCode={CODE}"
PAGE = """<section><small>(GMT+8) 2022-01-14 13:02:46</small>
<h1>题</h1>

<p>正文</p>

<p><a href="{}">{}</a></p>

<p><a href="{}">返回{}</a>｜<a href="../../../../index.html">返回首页</a></p>

<small>tags: <em>x</em></small></section>"""


@pytest.mark.parametrize(
    ("href", "spelled", "link"),
    [
        (SHARE, SHARE, SHARE),
        (f"../../../../../finews.zning.xyz/html_News/NewsShare5d3a.html?infoCode={CODE}", SHARE, SHARE),
        ("../../x/NewsShare5d3a.html", SHARE, SHARE),
        (f"../../../../../finews.zning.xyz/html_News/NewsShare.html%3FinfoCode={CODE}.html", "x", SHARE),
        (f"../../../../../finews.zning.xyz/html_News/NewsShare.html%3FinfoCode={CODE}", "x", SHARE),
        ("../../../../../finance.eastmoney.com/news/1350,202201142248170578.html", "x",
         "http://finance.eastmoney.com/news/1350,202201142248170578.html"),
        ("NewsShare5d3a.html", "NewsShare5d3a.html", None),
    ],
)  # fmt: skip
def test_the_share_link_is_what_it_was(href: str, spelled: str, link: str | None) -> None:
    (article,) = read(URL, PAGE.format(href, spelled, "//finews.withounder.com/category/jiabao.html", "甲报新闻"))
    assert (article.code, article.link, article.text) == (CODE, link, "<p>正文</p>")


@pytest.mark.parametrize("start", ["<p>", '<p class="x">'])
def test_the_article_s_last_words_are_no_share_link(start: str) -> None:
    page = PAGE.format("http://a.cn/", "公告原文", "//finews.withounder.com/category/jiabao.html", "甲报新闻")
    (article,) = read(URL, page.replace('<p><a href="http://a', f'{start}<a href="http://a'))
    assert (article.link, article.text and "公告原文" in article.text) == (None, True)


@pytest.mark.parametrize(
    ("href", "tag", "category"),
    [
        ("//finews.withounder.com/category/jiaBao.html", "甲报新闻", "jiaBao"),
        ("../../../../category/jiaBao.html", "甲报新闻", "jiaBao"),
        ("//finews.withounder.com/emnews/", "东财滚动新闻", "emnews"),
        ("../../../index.html", "东财滚动新闻", "emnews"),
        ("../../../../emnews/index.html", "东财滚动新闻", "emnews"),
        ("../../../../../finews.withounder.com/emnews/index-2.html", "东财滚动新闻", "emnews"),
        ("../../../../category/index.htm.html", "甲报新闻", "index.htm"),
        ("index.html", "甲报新闻", "jiabao"),
        ("//finews.withounder.com/category/jia&#32;&#32;bao.html", "甲  报新闻", "jia  bao"),
    ],
)
def test_the_footer_names_what_it_named(href: str, tag: str, category: str) -> None:
    (article,) = read(URL, PAGE.format(SHARE, SHARE, href, tag))
    assert (article.tag, article.category) == (tag, category)


@pytest.mark.parametrize(
    ("tag", "slug", "meant"),
    [
        ("甲 报新闻", "jia  bao", "甲  报新闻"),
        ("甲  报新闻", "jia  bao", "甲  报新闻"),
        ("甲 乙 报新闻", "jia yi   bao", "甲 乙   报新闻"),
        ("甲 乙 报新闻", "jia  bao", "甲 乙 报新闻"),
        ("甲 报新闻", "jia bao", "甲 报新闻"),
        ("甲报新闻", "jiabao", "甲报新闻"),
    ],
)
def test_a_tag_has_the_blanks_of_its_slug(tag: str, slug: str, meant: str) -> None:
    (article,) = read(URL, PAGE.format(SHARE, SHARE, f"//finews.withounder.com/category/{slug}.html", tag))
    assert article.tag == meant


def test_damage_where_the_footer_should_be_is_told() -> None:
    """With a footer the text is judged with all else; without, its signs may be what is damaged."""
    damaged = PAGE.replace("正文", "正\ufffd文")
    assert read(URL, damaged.format(SHARE, SHARE, "//finews.withounder.com/category/jiabao.html", "甲报新闻"))
    with pytest.raises(Unreadable):
        read(URL, damaged.replace("返回", "\ufffd回").format(SHARE, SHARE, "x", "y"))


@pytest.mark.parametrize("name", [CODE, CODE.lower(), f"{CODE}(1)", "post-17"])
def test_the_share_link_names_the_article_whose_page_was_renamed(name: str) -> None:
    url = f"https://finews.withounder.com/jiabao/2022/01/14/{name}.html"
    (article,) = read(url, PAGE.format(SHARE, SHARE, "//finews.withounder.com/category/jiabao.html", "甲报新闻"))
    assert (article.code, article.kind) == (CODE, "media")


def test_the_site_s_own_notice_keeps_its_name() -> None:
    url = "https://finews.withounder.com/sitenews/2022/01/14/moved.html"
    (article,) = read(url, PAGE.format(SHARE, SHARE, "//finews.withounder.com/category/sitenews.html", "本站新闻"))
    assert (article.code, article.kind) == ("moved", "site")


def test_a_list_is_no_post() -> None:
    (_, home), *_ = site_list.EXAMPLES
    with pytest.raises(Unreadable, match="a list of posts in place of the post"):
        read(URL, home.replace("<ul>", "<h1>首页</h1><ul>"))


FULL = PAGE.format(SHARE, SHARE, "//finews.withounder.com/category/jiabao.html", "甲报新闻")
SQUARE = FULL.replace("(GMT+8) 2022-01-14 13:02:46", "[GMT+8, Asia/Shanghai, CST] 2022-01-14 13:02:46 &nbsp; ")


def test_the_head_has_round_brackets_or_square_ones() -> None:
    assert read(URL, SQUARE) == read(URL, FULL)
    assert read(URL, SQUARE)[0].time == "2022-01-14 13:02:46"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_whoever_saved_it_are_none_of_the_article_s(end: str) -> None:
    page = FULL.replace("<p>正文</p>", "<p>一</p>\n<p>二</p>\n\n<pre>三\n四</pre>")
    assert read(URL, page.replace("\n", end)) == read(URL, page)
    assert "\r" not in str(read(URL, page.replace("\n", end))[0].text)


def test_a_notice_under_a_square_head_is_the_site_s_own_and_no_article() -> None:
    page = "".join(line for line in SQUARE.splitlines(keepends=True) if "<a" not in line)
    url = "https://finews.withounder.com/sitenews/2021/12/01/init.html"
    (article,) = pages.read(Page(url=url, body=page.encode())).articles
    assert (article.code, article.kind) == ("init", "site")
    with pytest.raises(Rejected, match="the site's own notice") as rejected:
        merge([replace(article, tag="站长消息")])
    assert rejected.value.outcome == "out_of_scope"


@pytest.mark.parametrize("host", SITE_HOSTS)
@pytest.mark.parametrize("mark", ["<h1>", "<p>正文", "</p>\n\n<p><a", "返回首页"])
def test_a_page_of_any_of_the_site_s_hosts_that_is_cut_has_cost_an_article(host: str, mark: str) -> None:
    cut = FULL[: FULL.index(mark)]
    with pytest.raises(Unreadable) as error:
        pages.read(Page(url=URL.replace("finews.withounder.com", host), body=f"<!DOCTYPE html><html>{cut}".encode()))
    assert not error.value.is_foreign


def test_what_kramdown_and_the_saver_wrote_is_undone() -> None:
    page = PAGE.replace("<p>正文</p>", '<p class=a>甲<br>乙<a href="x?a&amp;b">丙</a></p>\n<p>丁</p>')
    (article,) = read(URL, page.format(SHARE, SHARE, "//finews.withounder.com/category/jiabao.html", "甲报新闻"))
    assert article.text == '<p class="a">甲<br />乙<a href="x?a&b">丙</a></p><p>丁</p>'


@pytest.mark.parametrize(
    "stamp",
    [
        "2022-01-14 01:02:46 PM",
        "2022年01月14日 13:02:46",
        "2022/01/14　13:02:46",
        "2022-01-14&nbsp;13:02:46",
        "Jan 14, 2022 1:02:46 PM",
        "2022-01-14T13:02:46+08:00",
    ],
)
def test_a_stamp_in_another_spelling(stamp: str) -> None:
    (article,) = read(URL, FULL.replace("2022-01-14 13:02:46", stamp, 1))
    assert article.time == "2022-01-14 13:02:46"

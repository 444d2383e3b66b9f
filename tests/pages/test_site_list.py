"""List pages: every post's address counts, whatever stands around it; links to further lists; the site's earlier hosts."""

import pytest

from crawler import pages, sites
from crawler.items import Page
from crawler.pages import site_list

HOME = f"{sites.SITE}emnews/"
ONE, TWO = "/qinghe/2022/01/14/NW202201142248170578.html", "/emnews/2022/01/15/202201151200000001.html"
LISTS = {
    "plain": f'<ul><li><a href="{ONE}">题一</a></li><li><a href="{TWO}">题二</a></li></ul>',
    "angles in a title": f'<ul><li><a href="{ONE}">《<关于分红>的通知》</a></li><li><a href="{TWO}">题二</a></li></ul>',
    "a comment in a title": f'<ul><li><a href="{ONE}">题<!--一</a></li><li><a href="{TWO}">题二</a></li></ul>',
    "a script in a title": f'<ul><li><a href="{ONE}">题<script>一</a></li><li><a href="{TWO}">题二</a></li></ul>',
    "an open quote": f'<ul><li><a href="{ONE}">题<b title="一</a></li><li><a href="{TWO}">题二</a></li></ul>',
    "the section's end in a title": f'<ul><li><a href="{ONE}">题</section>一</a></li><li><a href="{TWO}">题二</a></li></ul>',
    "links left open": f'<ul><li><a href="{ONE}">题一<li><a href="{TWO}">题二</ul>',
    "without quotes": f"<ul><li><a href={ONE}>题一</a><li><a href={TWO}>题二</a></ul>",
    "shown as text": f'<ul><li>&lt;a href="{ONE}"&gt;题一&lt;/a&gt;</li><li><a href="{TWO}">题二</a></li></ul>',
    "Markdown": f"<ul><li>[题一]({ONE})</li><li>[题二]({TWO})</li></ul>",
    "code": f'<pre><code>&lt;ul&gt;&lt;li&gt;&lt;a href=&quot;{ONE}&quot;&gt;题&lt;/a&gt;\n&lt;a href="{TWO}"&gt;</code></pre>',
    "with its host": f'<ul><li>https://{sites.SITE_HOST}{ONE}</li><li><a href="//{sites.SITE_HOST}{TWO}">题二</a></li></ul>',
}


@pytest.mark.parametrize("name", LISTS)
def test_every_post_that_a_list_names_counts(name: str) -> None:
    body = f"<html><body><section>{LISTS[name]}</section></body></html>".encode()
    found = pages.read(Page(url=HOME, body=body))
    assert found.page_kind == "list"
    assert {article.url for article in found.articles} == {sites.SITE.rstrip("/") + ONE, sites.SITE.rstrip("/") + TWO}


def test_a_post_is_named_once_with_its_title() -> None:
    brackets = "/qing(he)/2022/01/14/NW202201142248170578.html"
    body = f'<section><ul><li><a href="{brackets}">题一</a>（{brackets}）</li></ul></section>'
    (article,) = site_list.read(HOME, body)
    assert (article.title, article.url) == ("题一", sites.SITE.rstrip("/") + brackets)


def test_links_to_lists() -> None:
    body = (
        '<section><p><a href="../achieves/emnews/">全量</a>[旧](/category/qinghe.html)</p>'
        f'<a href="{ONE}">题</a><a href="/about.html">x</a><a href="/category/a%20b.html#top">a b</a></section>'
    )
    assert site_list.list_links(HOME, body) == tuple(
        sites.SITE + path for path in ("achieves/emnews/", "category/a%20b.html", "category/qinghe.html")
    )


@pytest.mark.parametrize("host", sites.SITE_HOSTS)
@pytest.mark.parametrize("head", ["(GMT+8, CST) 2022-01-14 13:02:46", "[GMT+8, CST] 2022-01-14 13:02:46 &nbsp; "])
def test_a_post_of_every_host_and_header(host: str, head: str) -> None:
    url = f"https://{host}{ONE}"
    body = f"<section><small>{head}</small>\n<h1>题</h1>\n<p>正文</p></section>"
    (article,) = pages.read(Page(url=url, body=body.encode())).articles
    assert article.time == "2022-01-14 13:02:46"
    with pytest.raises(pages.Unreadable, match="cut short"):
        pages.read(Page(url=url, body=body.removesuffix("</section>").encode()))

"""An article is promised by its address, and a text not far from it, in whatever form."""

import base64
import json

import pytest

from crawler import pages
from crawler.items import Page
from crawler.pages.promise import NOT_KNOWN, names_ours, promises_article
from crawler.sites import SHARE_HOSTS

CODE = "202201142248170578"
URL = f"http://finance.eastmoney.com/a/{CODE}.html"
SHARE = f"http://{SHARE_HOSTS[0]}/html_News/NewsShare.html?infoCode=NW{CODE}"
POST = f"https://finews.withounder.com/jiabao/2022/01/14/NW{CODE}.html"
SENTENCE = "青禾股份说，新的产线已经投产，今年前两个季度的订单已经排满，下半年还会再开工两条。"


@pytest.mark.parametrize(
    "text",
    [
        URL,
        SHARE,
        POST,
        json.dumps(URL).replace("/", "\\/"),
        json.dumps(json.dumps(URL).replace("/", "\\/")),
        f"finance.eastmoney.com/news/1350,{CODE}.html",
    ],
)
def test_an_address_of_an_article_is_ours(text: str) -> None:
    assert names_ours(f"见 {text} 。")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://finance.eastmoney.com/a/cgnjj.html",
        f"http://elsewhere.example/a/{CODE}.html",
        f"{URL[:-5]}9",
        f"http://finance.eastmoney.com/ {CODE}",
    ],
)
def test_other_addresses_are_not(text: str) -> None:
    assert not names_ours(text)


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE.encode(),
        SENTENCE.encode("gbk"),
        "甲A股与乙H股价差收窄。\n（文章来源：甲报）".encode(),
        "甲A股与乙H股价差收窄。\n（文章来源：甲报）".encode("gbk"),
        ("青禾股份说新的产线已经投产" * 20).encode(),
        b"<p>new</p>",
        b"&lt;p class=x",
        b"\\u003cp\\u003e",
        json.dumps(SENTENCE * 3).encode(),
        SENTENCE.encode("ascii", "xmlcharrefreplace") * 3,
        base64.b64encode(SENTENCE.encode() * 5),
    ],
)
def test_a_text_beside_it_in_any_form_promises(text: bytes) -> None:
    assert promises_article(URL.encode() + b"\n" + text)
    assert not promises_article(text)


def test_utf_16_needs_no_more_than_the_address() -> None:
    assert promises_article(f"{URL}\n{SENTENCE}".encode("utf-16-le"))


@pytest.mark.parametrize(
    "text", ["", "题一\n题二", "衣服" * 10, "a few words of English prose, and no more than that."]
)
def test_titles_and_words_promise_nothing(text: str) -> None:
    assert not promises_article(f"{URL}\n{text}".encode())


@pytest.mark.parametrize(
    ("page", "promises"),
    [
        ('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>{}</table></html>', True),
        ("<html><head><meta name=ProgId content=Excel.Sheet></head><table>{}</table></html>", True),
        ('<html><body><table border="1" class="dataframe">{}</table></body></html>', True),
        ('<html><body><table class="waffle">{}</table></body></html>', True),
        ("<html><title>题_某某网</title><table>{}</table></html>", False),
    ],
)
def test_a_table_that_a_program_saved_promises_what_it_holds(page: str, promises: bool) -> None:
    body = page.format(f"<tr><td>{URL}<td>题<td>{SENTENCE}</tr>").encode()
    with pytest.raises(pages.Unreadable) as raised:
        pages.read(Page(url="", body=body))
    assert (str(raised.value) == NOT_KNOWN) == promises


CLIPS = [
    '<article class="page sans"><h1>题</h1><table><tr><th>URL</th><td><a href="{0}">{0}</a></td></tr></table><p>{1}</p></article>',
    "<title>题</title><p>Source: {0}</p><div>{1}</div>",
    '<head><title>题</title><meta name="source-url" content="{0}"></head><body><en-note><div>{1}</div></en-note></body>',
    '<title>题</title><h1>题</h1><a href="{0}">View Original</a><p>{1}</p><p>（文章来源：甲报）</p>',
    '<table><tr><td>&lt;link rel="canonical" href="{0}"></td></tr><tr><td>&lt;p&gt;{1}&lt;/p&gt;&lt;p&gt;（文章来源：甲报）&lt;/p&gt;</td></tr></table>',
    '<input name="url" value="{0}"><textarea>&lt;p>{1}&lt;/p>&lt;p>（文章来源：甲报）&lt;/p></textarea>',
]


@pytest.mark.parametrize("clip", CLIPS)
def test_a_clipping_that_shows_where_it_is_from_promises_what_it_holds(clip: str) -> None:
    with pytest.raises(pages.Unreadable, match=NOT_KNOWN):
        pages.read(Page(url="", body=f"<html>{clip.format(URL, SENTENCE)}</html>".encode()))


@pytest.mark.parametrize(
    "page",
    [
        "<title>题_某某网</title><p>原文：{0}</p><p>{1}</p>",
        '<title>题</title><p>{1}见<a href="{0}">此文</a></p>',
        "<title>题</title><p>{0}</p>",
        '<title>题</title><p>{1}（文章来源：甲报）</p><p>见<a href="{0}">此文</a></p>',
        '<title>题_某某网</title><a href="{0}">原文</a><p>{1}</p><p>（文章来源：甲报）</p>',
    ],
)
def test_a_page_of_others_that_leads_to_an_article_is_none(page: str) -> None:
    with pytest.raises(pages.Unreadable, match="not an article"):
        pages.read(Page(url="", body=f"<html>{page.format(URL, SENTENCE)}</html>".encode()))

"""The quick look and the parser give the same answer on 10,000 pages made to fool the quick one."""

import contextlib
import os
import re

import pytest
from pages.eastmoney.adversary import CODE, URL, page

from crawler.items import Article
from crawler.pages.eastmoney.article_page import _article, read
from crawler.pages.eastmoney.parsed import Parsed
from crawler.pages.eastmoney.visible import Doubt, Visible
from crawler.pages.unreadable import Unreadable

SLICES = 20
PAGES = int(os.environ.get("ADVERSARIAL_PAGES", "10000"))


def outcome(look: Visible | Parsed) -> Article | str:
    try:
        return _article(look, CODE, URL)
    except Unreadable as error:
        return re.sub(r"truncated: .*|broken markup: .*", "not to be told", str(error))


@pytest.mark.parametrize("part", range(SLICES))
def test_both_looks_agree(part: int) -> None:
    sure = 0
    for seed in range(part, PAGES, SLICES):
        source = page(seed)
        try:
            quick = outcome(Visible(source))
        except Doubt:
            continue
        sure += 1
        assert quick == outcome(Parsed(source)), f"page {seed}"
    assert sure > PAGES // SLICES // 20  # a look that always doubts would pass, and be of no use


@pytest.mark.parametrize("raw", ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "XMP"])
def test_a_container_in_raw_text_is_none(raw: str) -> None:
    body = '<div id="ContentBody"><p>{}</p><p class="em_media">（文章来源：甲报）</p></div>'
    source = f"<html><body><h1>题目</h1><{raw}>{body.format('假')}</{raw}>{body.format('真')}</body></html>"
    assert outcome(Visible(source)) == outcome(Parsed(source))
    (article,) = read(URL, source)
    assert "真" in (article.text or "")


def test_plain_pages_need_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.pages.eastmoney.parsed._tree", lambda _: pytest.fail("the page was parsed"))
    source = (
        '<html><head><title>联通推进5G _ 东方财富网</title><script>if (a<b) x("<div id=ContentBody>")</script></head><body>'
        '<!-- 头 --><div class="infos"><div class=" item">2022年01月14日 13:02</div><div class="item">人民邮电报</div></div>'
        '<div class="txtinfos" id="ContentBody"><!--文章主体--><p>正文</p><div class="ad_context3"><script>ads()</script></div>'
        '<table><tr><td>1</td></tr></table><p class="em_media">（文章来源：人民邮电报）</p></div></body></html>'
    )
    (article,) = read(URL, source)
    assert article.text is not None
    assert article.text.startswith("<p>正文</p><div")
    assert article.text.endswith("</p>")


@pytest.mark.timeout(8)
@pytest.mark.parametrize(
    "filler",
    [
        "infos ",
        '="infos" ',
        "<b" + " infos=infos" * 9,
        "<b x='infos ",
        "ContentBody ",
        '<p class="infoss infos2">',
        "<!-- infos -->",
        '"',
        "'",
    ],
)
def test_what_names_an_element_and_is_none_costs_no_more_the_more_there_is(filler: str) -> None:
    source = f'<title>联通</title><body>{filler * (400_000 // max(1, filler.count("infos")))}<div class="infos">x</div><div id="ContentBody"><p>{"正文" * 30}</p></div>'
    with contextlib.suppress(Unreadable):
        read(URL, source)


@pytest.mark.timeout(8)
def test_a_tag_that_names_it_again_and_again_is_looked_at_once() -> None:
    tag = f"<b{' a= infos' * 100_000}>"
    source = f'<title>联通</title><body>{tag}<div class="infos">x</div><div id="ContentBody"><p>{"正文" * 30}</p></div>'
    with contextlib.suppress(Unreadable):
        read(URL, source)

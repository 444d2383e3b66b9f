"""Plain text of small pieces of markup, and whose a page's title is."""

import re

import pytest

from crawler.pages.eastmoney import prose
from crawler.pages.eastmoney.media_names import SEPARATOR


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (" <b>甲</b>&amp;乙\u3000", "甲&乙"),
        ("若a<b，则止", "若a<b，则止"),
        ("甲<!-- 乙 -->丙<script>x<b></script>丁<STYLE>p{}</style >", "甲丙丁"),
        ("甲<!-- 乙", "甲<!-- 乙"),
        ("甲<script>x", "甲"),
        ("&lt;b&gt;", "<b>"),
        ("&nbsp;甲\ufeff", "甲"),
        ("", ""),
    ],
)
def test_plain_text(markup: str, text: str) -> None:
    assert prose.plain(markup) == text


def test_one_line_keeps_the_blanks_inside_a_line() -> None:
    assert prose.one_line("甲  乙\u3000丙") == "甲  乙\u3000丙"
    assert prose.one_line("甲\n  乙<br>\t丙") == "甲 乙 丙"


def test_pieces_are_apart_where_tags_were() -> None:
    assert prose.pieces("甲<b>乙</b><i></i>\n<i> 丙 </i>").split(SEPARATOR) == ["甲", "乙", "丙"]
    assert prose.pieces("<b></b>") == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("甲", "甲"),
        (5, "5"),
        ("a\0b\ud800", "ab\ufffd"),
        (True, None),
        (1.5, None),
        (None, None),
        ([], None),
        ({}, None),
    ],
)
def test_of_json_s_values_texts_and_whole_numbers_are_said(value: object, text: str | None) -> None:
    assert prose.sound(value) == text


@pytest.mark.parametrize(
    ("title", "without", "is_ours", "is_anothers"),
    [
        ("题_东方财富网", "题", True, False),
        ("题 _ 东方财富网", "题", True, False),
        ("题 _ 财经 _ 东方财富网", "题", True, False),
        ("题_手机东方财富网", "题", True, False),
        ("题 - 东方财富网", "题", True, False),
        ("美团-W-东方财富网", "美团-W", True, False),
        ("题——东方财富网", "题", True, False),
        ("题|東方財富網", "题", True, False),
        ("早报｜题_东方财富网", "早报｜题", True, False),
        ("早报 | 题 _ 东方财富网", "早报 | 题", True, False),
        ("题_财经_东方财富网_手机", "题", True, False),
        ("题_东方财富网_财经门户", "题", True, False),
        ("题_东方财富网_新浪财经", "题_东方财富网_新浪财经", False, True),
        ("题_天天基金网", "题_天天基金网", True, False),
        ("东方财富发布年报", "东方财富发布年报", False, False),
        ("题-东方财富发布年报", "题-东方财富发布年报", False, False),
        ("题_新浪财经", "题_新浪财经", False, True),
        ("题|某某日报", "题|某某日报", False, True),
        ("题 - a.com", "题 - a.com", False, True),
        ("美团-W", "美团-W", False, False),
        ("", "", False, False),
    ],
)
def test_whose_a_title_is(title: str, without: str, is_ours: bool, is_anothers: bool) -> None:
    assert prose.without_site(title) == without
    assert (prose.is_ours(title), prose.is_anothers(title)) == (is_ours, is_anothers)


def test_the_title_of_a_page() -> None:
    assert prose.page_title("<head><TITLE lang=zh>\n题 &amp; 目\n</TITLE>") == "题 & 目"
    assert prose.page_title(f"<title>{'长' * 600}</title>") == "长" * 500
    assert prose.page_title("<h1>题</h1>") == ""


@pytest.mark.parametrize(
    ("tag", "fits"),
    [
        ('<p class="em_media">', True),
        ("<p id=c class='a em_media b'>", True),
        ("<P CLASS=em_media>", True),
        ("<p data-class=x class=em_media>", True),
        ("<p class=em_mediax>", False),
        ("<p id=em_media>", False),
        ("<div class=em_media>", False),
        ("<p>em_media class=em_media", False),
    ],
)
def test_a_tag_with_a_class(tag: str, fits: bool) -> None:
    pattern = re.compile(prose.with_class("p", "em_media|res-edit"), re.IGNORECASE)
    assert (pattern.match(tag) is not None) == fits


def test_a_paragraph_ends_with_its_tag_or_where_the_next_begins() -> None:
    for source, said in (
        ("甲<b>乙</b></p>丙", "甲<b>乙</b>"),
        ("甲<p>乙</p>", "甲"),
        ("甲<pre>乙</pre></P >", "甲<pre>乙</pre>"),
    ):
        found = re.compile(prose.PARAGRAPH_REST, re.IGNORECASE).match(source)
        assert found is not None
        assert found[1] == said
    assert re.match(prose.PARAGRAPH_REST, "甲<b>乙") is None

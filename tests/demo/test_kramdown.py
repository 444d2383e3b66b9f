"""Markup as kramdown writes it: blocks apart, attributes alike, bare text escaped (measured with a real one)."""

from datetime import datetime

import pytest

from crawler.demo.articles import DemoArticle
from crawler.demo.kramdown import escape_text, excerpt, render_blocks, render_post, smart


@pytest.mark.parametrize(
    ("markup", "rendered"),
    [
        ("<p>一</p><p>二</p>", "<p>一</p>\n<p>二</p>"),
        ("<P Class='a'>一<BR>二</P>", '<p class="a">一<br />二</p>'),
        ('<p><img src="/a?b=1&c=2"></p>', '<p><img src="/a?b=1&amp;c=2" /></p>'),
        ("<p>R&D &amp; 5 > 4</p>", "<p>R&amp;D &amp; 5 &gt; 4</p>"),
        ("<!-- a > b --><p>一</p>", "<!-- a > b -->\n<p>一</p>"),
        ("<center><p>一</p></center>", "<center><p>一</p></center>"),
        ('"好"', "<p>“好”</p>\n"),
        ("<p>不关", "<p>不关"),
        ("", ""),
    ],
)
def test_blocks(markup: str, rendered: str) -> None:
    assert render_blocks(markup) == rendered


@pytest.mark.parametrize(
    ("text", "said"), [('"一"', "“一”"), ("it's", "it’s"), ("'一'", "‘一’"), ("1---2--3...", "1—2–3…"), ("", "")]
)
def test_signs_are_typographic(text: str, said: str) -> None:
    assert smart(text) == said


def test_entities_stay() -> None:
    assert escape_text("&amp;&#20013;&#x4e2d;&nbsp;& &x<") == "&amp;&#20013;&#x4e2d;&nbsp;&amp; &amp;x&lt;"


def test_a_post_is_its_body_link_and_footer_and_an_item_begins_with_its_digest() -> None:
    told = {"code": "1", "title": "题", "date": datetime(2022, 1, 14), "tag": "甲报新闻"}
    media = DemoArticle(
        **told, category="jia", link="http://x/?a=1&b=2", text="<p>\u3000\u3000一</p>", content="<p>二</p>"
    )  # type: ignore[arg-type]
    assert render_post(media).split("\n\n") == [
        "<p>一</p>",
        '<p><a href="http://x/?a=1&amp;b=2">http://x/?a=1&amp;b=2</a></p>',
        '<p><a href="//finews.withounder.com/category/jia.html">返回甲报新闻</a>｜<a href="//finews.withounder.com/">返回首页</a></p>\n',
    ]
    item = DemoArticle(**told, category="emnews", digest="摘&要", text="<p>一</p>", content="<p>二</p>")  # type: ignore[arg-type]
    assert excerpt(item) == "<blockquote>\n  <p>摘&amp;要</p>\n</blockquote>"
    assert render_post(item).split("\n\n")[1:3] == ["<p>二</p>", "<p>&lt;&gt;</p>"]

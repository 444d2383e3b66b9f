"""Bodies in the wrong form as a whole become what they were meant to be, once; all others stay as they are."""

import pytest

from crawler.assemble.as_html import as_html
from crawler.assemble.merge import merge
from crawler.items import Article, Origin

MEDIA = '<p class="em_media">（文章来源：甲报）</p>'
ESCAPED = "&lt;p&gt;一&amp;amp;二&lt;/p&gt;&lt;p class=&quot;x&quot;&gt;三&nbsp;四&lt;/p&gt;"
MEANT = '<p>一&amp;二</p><p class="x">三&nbsp;四</p>'


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (ESCAPED, MEANT),
        (f"\r\n{ESCAPED}\n", MEANT),
        (f"<div>{ESCAPED}</div>", MEANT),
        (f"<p>{ESCAPED}</p>{MEDIA}", MEANT + MEDIA),
        ("&#60;p&#62;一&#x3C;/p&#x3E;", "<p>一</p>"),
        ("&LT;P&GT;一&LT;BR/&GT;二&LT;/P&GT;", "<P>一<BR/>二</P>"),
        ("&lt;p&gt;一&amp;lt;p&amp;gt;二&lt;/p&gt;", "<p>一&lt;p&gt;二</p>"),
        ("&lt;strong&gt;一&lt;/strong&gt;二&lt;br&gt;三&lt;br&gt;", "<strong>一</strong>二<br>三<br>"),
        (r"\u003cp\u003e\u4e00\ud83d\ude00\/\u003c/p\u003e\r\n", "<p>一\U0001f600/</p>\r\n"),
        (r"<p class=\"x\">一<\/p>\r\n<p>\nu<\/p>\n", r'<p class="x">一</p><p>\nu</p>'),
        (f"<![CDATA[{MEANT}]]>\n", MEANT),
        ("%3Cp%3E%E4%B8%80%26amp%3B%3C%2Fp%3E\n", "<p>一&amp;</p>\n"),
        ("%3cdiv%20class=%22x%22%3e%e4%b8%80+1%3c/div%3e", '<div class="x">一+1</div>'),
    ],
)
def test_escaped(body: str, wanted: str) -> None:
    assert as_html(body) == (wanted, "body_was_escaped")
    assert as_html(wanted)[1] == ""


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("一。\n二。", "<p>一。</p><p>二。</p>"),
        ("\r\n一。\r\n\r\n　　二。\r\n", "<p>一。</p><p>　　二。</p>"),
        ("　　一。　　二！　　三。", "<p>　　一。</p><p>　　二！</p><p>　　三。</p>"),
        ("一\r二\u2028三", "<p>一</p><p>二</p><p>三</p>"),
        ("一\x0b二\x85三", "<p>一</p><p>二</p><p>三</p>"),
        (r"一。\n二。\r\n\n（三）\n", "<p>一。</p><p>二。</p><p>（三）</p>"),
        ("x < y\nP<0.05", "<p>x < y</p><p>P<0.05</p>"),
        (
            "一<b>二</b>x<y\n<img src='a'>\n三<a href='b'>四</a>k<p型",
            "<p>一<b>二</b>x<y</p><p><img src='a'></p><p>三<a href='b'>四</a>k<p型</p>",
        ),
        (f"一。\n二。\n{MEDIA}", f"<p>一。</p><p>二。</p>{MEDIA}"),
    ],
)
def test_plain(body: str, wanted: str) -> None:
    assert as_html(body) == (wanted, "body_was_plain_text")
    assert as_html(wanted)[1] == ""


@pytest.mark.parametrize(
    "body",
    [
        "",
        "一。",
        "一。\n",
        r"见 C:\new。与 \n 二",
        "　　一　　二。",
        "%3Cp%3E <b>一</b>",
        "%3C一",
        "<p>一</p>\n<p>二</p>",
        "一<br>\n二",
        "一<b>二\n三</b>四",
        "一\n<video>二</video>",
        r"<p>\frac{a}{b}，\u003c是一个转义</p>",
        "<p>一</p>&lt;p&gt;二&lt;/p&gt;",
        "<p>标签&lt;p&gt;表示段落&lt;/p&gt;</p>",
        "<p>&lt;p&gt;表示段落</p>",
        "&lt;征求意见稿&gt;",
        "&lt;p&gt;",
        "&amp;lt;p&amp;gt;一&amp;lt;/p&amp;gt;",
        '<div class="x"><p>一</p>\n</div>',
    ],
)
def test_what_is_in_form_stays(body: str) -> None:
    assert as_html(body) == (body, "")


@pytest.mark.parametrize(
    ("origin", "body"),
    [
        ("share", MEANT),
        ("article-page", MEANT),
        ("share-page", MEANT),
        ("post-file", ESCAPED),
        ("finews-page", ESCAPED),
    ],
)
def test_posts_of_the_site_keep_what_they_have(origin: Origin, body: str) -> None:
    post = merge([Article(code="NW202201142248170578", origin=origin, title="题", tag="甲报新闻", text=ESCAPED)])
    assert post.body == body
    assert ("body_was_escaped" in post.notes) == (body == MEANT)

"""Lines of Markdown as markup: headings, links, pictures, what is escaped, and what closes an article."""

import pytest

from crawler.pages.markdown_line import paragraph


@pytest.mark.parametrize(
    ("line", "markup"),
    [
        ("## 小标题", "<h2>小标题</h2>"),
        ("#小标题", "<p>#小标题</p>"),
        (
            "甲<乙 & **丙**与[丁](http://a.cn/x?a=1&b=2)\\*。",
            '<p>甲&lt;乙 &amp; <strong>丙</strong>与<a href="http://a.cn/x?a=1&amp;b=2">丁</a>*。</p>',
        ),
        ("![K图 600050_0](https://a.cn/1.png)", '<p><img src="https://a.cn/1.png" alt="K图 600050_0" /></p>'),
        (r"利率\<3%，期限\>5年，A\=B", "<p>利率&lt;3%，期限&gt;5年，A=B</p>"),
        ("&lt;征求意见稿&gt;，AT&amp;T，a&copy=1", "<p>&lt;征求意见稿&gt;，AT&amp;T，a&amp;copy=1</p>"),
        ("（文章来源：甲报）", '<p class="em_media">（文章来源：甲报）</p>'),
        ("（责任编辑：某某）", '<p class="res-edit">（责任编辑：某某）</p>'),
    ],
)
def test_a_line(line: str, markup: str) -> None:
    assert paragraph(line) == markup

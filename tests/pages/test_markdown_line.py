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
        (
            "[![K图 600050_0](https://a.cn/1.png?a=1&b=2)](http://q.cn/1)",
            '<p><a href="http://q.cn/1"><img src="https://a.cn/1.png?a=1&amp;b=2" alt="K图 600050_0" /></a></p>',
        ),
        ("![图[1]](//a.cn/1_(2).png)", '<p><img src="//a.cn/1_(2).png" alt="图[1]" /></p>'),
        (
            "**[甲](/a/1.html)**、[**乙**](<http://b.cn/>)",
            '<p><strong><a href="/a/1.html">甲</a></strong>、<a href="http://b.cn/"><strong>乙</strong></a></p>',
        ),
        ("***甲***，_乙_，*丙*。", "<p><strong>甲</strong>，<em>乙</em>，<em>丙</em>。</p>"),
        ("*ST甲和*ST乙，2*3*4，K图_0和K图_1，* 注", "<p>*ST甲和*ST乙，2*3*4，K图_0和K图_1，* 注</p>"),
        ("带“*”者为甲，带“*”者为乙，(*)丙，(*)丁", "<p>带“*”者为甲，带“*”者为乙，(*)丙，(*)丁</p>"),
        ("见 http://a.cn/_a_/1.html", "<p>见 http://a.cn/_a_/1.html</p>"),
        ("[甲](乙)[1](x)，f[0](a)", "<p>[甲](乙)[1](x)，f[0](a)</p>"),
        ('[甲](javascript:a)[乙](http://a.cn/"onclick="a)', '<p>[甲](javascript:a)[乙](http://a.cn/"onclick="a)</p>'),
        ("## 小标题 ##", "<h2>小标题</h2>"),
        ("## C#", "<h2>C#</h2>"),
        ("> 甲说：**乙**", "<blockquote><p>甲说：<strong>乙</strong></p></blockquote>"),
        (">50亿元的甲", "<p>&gt;50亿元的甲</p>"),
        (">", "<blockquote><p></p></blockquote>"),
        ("* * *", "<hr />"),
        ("------", "<hr />"),
        ("======", ""),
        ("（文章来源：甲报）", '<p class="em_media">（文章来源：甲报）</p>'),
        ("（责任编辑：某某）", '<p class="res-edit">（责任编辑：某某）</p>'),
    ],
)
def test_a_line(line: str, markup: str) -> None:
    assert paragraph(line) == markup

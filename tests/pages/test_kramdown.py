"""What kramdown did to a body or a digest is undone, as far as it can be told."""

import time

import pytest

from crawler.pages import kramdown


@pytest.mark.parametrize(
    ("saved", "meant"),
    [
        ("<p class=a>甲<br>乙</p>", '<p class="a">甲<br />乙</p>'),
        ("<p><img src=//a/b alt=图 width=5></p>", '<p><img src="//a/b" alt="图" width="5" /></p>'),
        ("<p><a hidden href='x'>甲</a></p>", "<p><a hidden=\"\" href='x'>甲</a></p>"),
        ('<p a= >甲<br/>乙<a href="x?a&amp;b">丙</a></p>\n<hr>', '<p a= "">甲<br/>乙<a href="x?a&b">丙</a></p><hr />'),
        ("<p>A&amp;B</p>\n<p>甲\n乙</p>\n\n<p>丙</p>", "<p>A&amp;B</p><p>甲\n乙</p>\n\n<p>丙</p>"),
        ('<img src="x?a&amp;b&amp;c" />\n<!-- 甲 -->\n<p>乙</p>', '<img src="x?a&b&c" /><!-- 甲 --><p>乙</p>'),
        ("<table>\n<tr><td>甲</td></tr>\n</table>\n<p>乙</p>", "<table>\n<tr><td>甲</td></tr>\n</table><p>乙</p>"),
        ("甲\n<p>乙</p>", "甲\n<p>乙</p>"),
        ("", ""),
    ],
)
def test_a_body_is_as_the_source_had_it(saved: str, meant: str) -> None:
    assert kramdown.body(saved) == meant


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>甲。</p>\n", "甲。"),
        ("\n  <p>甲<em>乙</em><strong>丙</strong><code>丁</code></p>", "甲*乙***丙**`丁`"),
        ("<p>A&amp;B &lt;b&gt; &amp;lt;</p>", "A&B <b> &lt;"),
        ("<p>见<a href='x'>此</a></p>\n<p>乙</p>", "见此乙"),
        ("<ol>\n  <li>甲</li>\n</ol>", "1. 甲"),
        ("<ul>\n  <li>甲</li>\n</ul>", "- 甲"),
        ("<table><tbody><tr><td>甲</td>\n<td>乙</td></tr></tbody></table>", "甲 | 乙"),
        ("<p>他说”好”，“行”</p>", '他说"好"，“行”'),
        ("", ""),
    ],
)
def test_a_digest_is_plain_text(html: str, text: str) -> None:
    assert kramdown.digest(html) == text


@pytest.mark.parametrize(
    ("html", "original", "text"),
    [
        ("<p>他说”好”。涨了…</p>", '<p>他说"好"。涨了...</p>', '他说"好"。涨了...'),
        ("<p>甲—乙。丙</p>", "<p>前文。甲---乙。后文</p>", "甲---乙。丙"),
        ("<p>“甲”。乙</p>", '<p>"甲"。</p><p>“甲”。</p>', "“甲”。乙"),
        ("<p>“甲”。乙</p>", "<p>别的文字。</p>", "“甲”。乙"),
        ("<p>R&amp;D”s”。</p>", '<p>R&amp;D"s"。</p>', 'R&D"s"。'),
    ],
)
def test_a_digest_is_spelled_as_the_body_spells_it_where_that_is_sure(html: str, original: str, text: str) -> None:
    assert kramdown.digest(html, original) == text


def test_sixteen_times_the_digest_and_the_body_take_less_than_sixty_times_as_long() -> None:
    def took(number: int) -> float:
        html, original = "".join(f"甲{n}…。" for n in range(number)), "正文。" * number * 10
        started = time.process_time()
        assert kramdown.digest(f"<p>{html}</p>", original) == html
        return time.process_time() - started

    took(10)
    assert took(16_000) < 0.05 + 60 * min(took(1_000) for _ in range(3))

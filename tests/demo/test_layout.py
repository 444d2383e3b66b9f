"""What is around each page: the seo tag's elements, and text that is fit for an attribute."""

import json
import re

import pytest

from crawler.demo.layout import Seo, escape_once, layout, seo_text, strip_html


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一</p>\n <b>二</b>", "一 二"),
        ("<!-- <p> --> 一 <br />", "一"),
        ("\u3000\u3000一\t\r\n二\u3000", "\u3000\u3000一 二\u3000"),
        ("", ""),
    ],
)
def test_text_without_tags(markup: str, text: str) -> None:
    assert strip_html(markup) == text


def test_entities_are_escaped_once() -> None:
    assert escape_once("&amp; & &#39; ' \" <") == "&amp; &amp; &#39; &#39; &quot; &lt;"
    assert seo_text('<p>"R&D"</p>') == "&quot;R&amp;D&quot;"


def linked(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">\n(.*)</script>', page)
    assert found
    told: dict[str, object] = json.loads(found[1])
    return told


def test_a_post_is_told_with_its_time_and_other_pages_are_not() -> None:
    post = Seo("/jia/x.html", "题", "摘要", "2022-01-14T13:02:46+08:00").render()
    assert "<title>题 | 金融消息</title>" in post
    assert 'content="article"' in post
    assert linked(post)["datePublished"] == "2022-01-14T13:02:46+08:00"
    assert linked(post)["url"] == "https://finews.withounder.com/jia/x.html"
    plain = Seo("/emnews/", "题").render()
    assert "description" not in plain
    assert "published_time" not in plain
    assert linked(plain)["@type"] == "WebPage"
    home = Seo("/").render()
    assert "<title>金融消息</title>" in home
    assert linked(home)["@type"] == "WebSite"


def test_the_content_stands_in_the_section() -> None:
    page = layout(Seo("/"), "<p>{一}</p>")
    assert re.search(r"<section>\s+<p>\{一\}</p>\s+</section>", page)

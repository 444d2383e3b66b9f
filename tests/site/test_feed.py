"""The feed of a site: well-formed for any text, and nothing in it acts, in Liquid or in a reader."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from random_posts import EMNEWS, MEDIA

from crawler.items import Post
from crawler.post_format import file_name, render
from crawler.site.entries import entry_of
from crawler.site.feed import feed

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://news.example/base/"


def built(*posts: Post) -> ET.Element:
    """The feed of the posts, once Jekyll has filled in where the site stands."""
    pairs = [(entry_of(file_name(post), render(post)), post) for post in posts]
    source = feed(pairs)
    head, _, text = source.partition("---\n<?xml")
    assert head == "---\nlayout: null\n"
    text = text.replace("{{ site.url }}{{ site.baseurl }}/", HOME).replace("{{ site.title | escape }}", "题")
    assert "{{" not in text
    assert "{%" not in text
    return ET.fromstring(f"<?xml{text}")


def text(entry: ET.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def test_an_entry_is_the_post_with_its_whole_text() -> None:
    root = built(MEDIA, replace(EMNEWS, digest="甲 &lt;b&gt; 乙"))
    assert text(root, "title") == "题"
    assert text(root, "updated") == "2022-01-14T13:02:46+08:00"
    media, item = root.findall(f"{ATOM}entry")
    address = f"{HOME}renminyoudianbao/2022/01/14/{MEDIA.code}.html"
    assert (text(media, "title"), text(media, "published")) == (MEDIA.title, "2022-01-14T13:02:46+08:00")
    assert text(media, "id") == f"tag:finews.withounder.com,2022-01-14:{MEDIA.code}"
    assert media.findtext(f"{ATOM}author/{ATOM}name") == "人民邮电报"
    link, content = media.find(f"{ATOM}link"), media.find(f"{ATOM}content")
    assert link is not None
    assert content is not None
    assert link.get("href") == address
    assert content.get("{http://www.w3.org/XML/1998/namespace}base") == address
    assert (content.get("type"), content.text) == ("html", MEDIA.body)
    assert text(item, "content") == f"<blockquote>甲 &lt;b&gt; 乙</blockquote>{EMNEWS.body}"


@pytest.mark.parametrize(
    ("changed", "name", "said"),
    [
        ({"title": "A &amp; B &lt;b&gt; {{ x }}"}, "title", "A & B <b> {{ x }}"),
        ({"body": "<p>{ {x}}]]>&#123;{</p>"}, "content", "<p>{ {x}}]]>&#123;{</p>"),
        ({"body": "<p>甲\x0b乙\ufffe</p>"}, "content", "<p>甲乙</p>"),
        ({"body": "<p>\U0001f600\t</p>"}, "content", "<p>\U0001f600\t</p>"),
    ],
)
def test_any_text_is_nothing_but_text(changed: dict[str, str], name: str, said: str) -> None:
    (entry,) = built(replace(MEDIA, **changed)).findall(f"{ATOM}entry")  # type: ignore[arg-type]
    assert text(entry, name) == said


def test_of_no_posts_there_is_a_feed_too() -> None:
    root = built()
    assert root.findall(f"{ATOM}entry") == []
    assert text(root, "updated") == "1970-01-01T08:00:00+08:00"

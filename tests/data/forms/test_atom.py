"""A feed is Atom with whole texts: well-formed whatever is in them, and as new as the newest change in it."""

import io
from dataclasses import replace
from datetime import datetime
from typing import Any

from lxml import etree

from crawler.data.article import ArchivedArticle
from crawler.data.forms import atom
from crawler.times import BEIJING

NS = {"a": "http://www.w3.org/2005/Atom"}


def feed(articles: list[ArchivedArticle], title: str = "中国联通", name: str = "1.600050") -> Any:
    file = io.BytesIO()
    atom.write(articles, file, title, name)
    return etree.fromstring(file.getvalue())


def told(tree: Any, path: str) -> list[str]:
    return [str(value) for value in tree.xpath(path, namespaces=NS)]


def test_an_article_is_an_entry_with_its_text(articles: list[ArchivedArticle]) -> None:
    tree = feed(articles)
    assert told(tree, "a:entry/a:title/text()") == [one.title for one in articles]
    assert told(tree, "a:entry/a:link/@href") == [one.address for one in articles]
    assert told(tree, "a:entry/a:author/a:name/text()") == [one.medium for one in articles]
    for content, article in zip(told(tree, "a:entry/a:content/text()"), articles, strict=True):
        assert content.endswith(article.html)
        assert content.startswith("<blockquote>摘 &lt;要&gt;</blockquote>") == bool(article.digest)
    ids = told(tree, "//a:id/text()")
    assert len(set(ids)) == len(articles) + 1
    assert told(feed([articles[0]], name="0.000063"), "a:id/text()") != told(tree, "a:id/text()")


def test_signs_that_xml_cannot_have_are_left_out(articles: list[ArchivedArticle]) -> None:
    odd = replace(articles[0], title="一\0\x1b\ud800\uffff<&\U0001f600", html="<p>\x0b二]]></p>")
    tree = feed([odd], title="<&>\x08")
    assert told(tree, "a:title/text()") == ["<&>"]
    assert told(tree, "a:entry/a:title/text()") == ["一<&\U0001f600"]
    assert told(tree, "a:entry/a:content/text()") == ["<p>二]]></p>"]
    assert told(feed([replace(odd, title="")]), "a:entry/a:title/text()") == [odd.code]


def test_the_feed_is_as_new_as_the_newest_change_in_it(articles: list[ArchivedArticle]) -> None:
    revised = datetime(2022, 3, 1, tzinfo=BEIJING)
    tree = feed([replace(articles[0], revised=revised), *articles[1:]])
    assert told(tree, "a:updated/text()") == ["2022-03-01T00:00:00+08:00"]
    assert told(tree, "a:entry/a:updated/text()")[0] == "2022-03-01T00:00:00+08:00"
    assert told(tree, "a:entry/a:published/text()")[0] == articles[0].published.isoformat()
    assert told(feed([]), "a:updated/text()") == ["1970-01-01T00:00:00+08:00"]

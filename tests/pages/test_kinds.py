"""Every kind of page reads a page of each of its shapes, found as that kind among all others."""

import pytest

from crawler import pages
from crawler.items import Page

EXAMPLES = [(name, *example) for name, kind in pages.KINDS.items() for example in kind.EXAMPLES]


@pytest.mark.parametrize(("name", "url", "text"), EXAMPLES)
def test_an_example_of_every_shape_gives_an_article(name: str, url: str, text: str) -> None:
    found = pages.read(Page(url=url, body=text.encode()))
    assert found.kind == name
    (article,) = found.articles
    assert article.code.endswith("202201142248170578")
    assert article.text == "<p>正文</p>" or article.title == "题" or article.digest == "快讯"


@pytest.mark.parametrize("name", pages.KINDS)
def test_every_kind_has_an_example(name: str) -> None:
    assert pages.KINDS[name].EXAMPLES

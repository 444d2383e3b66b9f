"""Every era's pages are read, and what is no article is told."""

import pytest
from pages.eastmoney.article_pages import (
    URL,
)

from crawler.pages.eastmoney.article_page import read
from crawler.pages.eastmoney.elements import Elements, Selector
from crawler.pages.eastmoney.eras import ERAS, OTHERS, START, WORDS, Era
from crawler.pages.unreadable import Unreadable


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.container.value)
def test_every_era_s_example_is_read(era: Era) -> None:
    (article,) = read(URL, era.example)
    assert (article.title, article.text) == ("题", "<p>正文</p>")
    (twice, _) = read(
        "", "".join(f'<html><link rel="canonical" href="{URL[:-6]}{n}.html">{era.example}</html>' for n in (7, 8))
    )
    assert twice.text == "<p>正文</p>"


@pytest.mark.parametrize("era", ERAS, ids=lambda era: era.container.value)
def test_an_era_is_one_that_no_earlier_one_claims(era: Era) -> None:
    found = [row for row in ERAS if Elements(era.example).shown(row.container)]
    assert found[-1] is era or era.container == Selector("div", "id", "ContentBody")
    assert era.container.value in WORDS


@pytest.mark.parametrize(("selector", "reason"), OTHERS)
def test_what_is_no_article_is_told(selector: Selector, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason) as caught:
        read(URL, f'<html><div {selector.key}="{selector.value}">x</div></html>')
    assert caught.value.is_foreign
    assert selector.value in WORDS
    assert START in WORDS

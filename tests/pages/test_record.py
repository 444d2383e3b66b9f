"""Records of crawlers: an address and its page, or a piece of it."""

import pytest
from pages.foreign import CODE, URL, read


@pytest.mark.parametrize("html", ["<p>一</p>", '<div class="x"><div id="ContentBody"><p>一</p></div></div>'])
@pytest.mark.parametrize("key", ["html", "content", "article_body"])
def test_a_record_with_a_piece_of_the_page(key: str, html: str) -> None:
    kind, (article,) = read({"url": URL, "title": "题", "pubtime": "2022-01-14 13:02:46", "source": "甲报", key: html})
    assert kind == "record"
    assert (article.code, article.title, article.time, article.tag) == (CODE, "题", "2022-01-14 13:02:46", "甲报新闻")
    assert (article.origin, article.text) == ("article-page", "<p>一</p>" if "Content" in html else html)

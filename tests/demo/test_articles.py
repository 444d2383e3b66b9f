"""An invented article is the source post that the site has of it."""

from datetime import datetime

from world import post_bytes, sample_site

from crawler.demo.articles import DemoArticle, quoted

SITE = sample_site()
ARTICLES = list(SITE)


def test_pairs_of_wide_blanks_go_and_single_ones_stay():
    article = next(article for article in ARTICLES if "居民\u3000赵" in article.text)
    assert "\u3000\u3000" in article.text
    assert "\u3000\u3000" not in post_bytes(article).decode()
    assert "居民\u3000赵" in post_bytes(article).decode()


def an_article(**changed: str) -> DemoArticle:
    told = {"code": "NW202201142248170578", "title": "题", "category": "jia", "tag": "甲报新闻"} | changed
    return DemoArticle(date=datetime(2022, 1, 14, 13, 2, 46), **told)  # type: ignore[arg-type]


def test_addresses_are_as_jekyll_makes_them():
    one = an_article(category="21Shiji  Nancai", tag="甲 乙新闻")
    assert one.path == "/21shiji/nancai/2022/01/14/NW202201142248170578.html"
    assert one.list_path == "/category/21Shiji  Nancai.html"
    assert (one.categories, one.tags) == (["21Shiji", "Nancai"], ["甲", "乙新闻"])
    assert an_article(category="联通").path.startswith("/%E8%81%94%E9%80%9A/2022/")
    assert quoted("/a b(c)+d") == "/a%20b(c)+d"


def test_an_item_of_the_rolling_list_has_its_list_and_is_asked_for_as_a_medium_s():
    item = an_article(code="202201142248170578", category="emnews")
    assert (item.list_path, item.info_code) == ("/emnews/", "NW202201142248170578")
    assert item.file_name == "2022-01-14-202201142248170578.md"
    assert an_article().info_code == "NW202201142248170578"

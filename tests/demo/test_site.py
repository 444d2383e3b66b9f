"""A site's articles by code, path, category and tag, the newest first."""

from datetime import datetime, timedelta

from crawler.demo.articles import DemoArticle
from crawler.demo.site import Site

DAY = datetime(2022, 1, 14)


def article(number: int, category: str = "jia", tag: str = "甲报新闻", code: str = "") -> DemoArticle:
    return DemoArticle(code or f"NW20220114224817{number:04}", "题", DAY + timedelta(hours=number), category, tag)


ITEM = article(4, "emnews", "东财滚动新闻", "202201142248170004")
SITE = Site([article(2), article(1, "yi", "乙报新闻"), article(3, "bing  ding", "丙 丁新闻"), ITEM])


def numbers(heads: list[DemoArticle]) -> list[int]:
    return [int(head.code[-4:]) for head in heads]


def test_the_newest_are_first_and_jekyll_built_it_after_them() -> None:
    assert numbers(list(SITE)) == numbers(SITE.newest) == [4, 3, 2, 1]
    assert SITE.built == DAY + timedelta(hours=4, minutes=10)
    assert len(SITE) == 4
    assert (len(Site()), Site().built > DAY) == (0, True)


def test_an_article_by_its_code_or_its_path() -> None:
    assert SITE.article("NW202201142248170004") == SITE.article(ITEM.code) == ITEM
    assert SITE.article("NW1") is None
    assert SITE.article("202201142248170002") is None  # a medium's has its letters
    assert SITE.at_path("/bing/ding/2022/01/14/NW202201142248170003.html") == SITE.newest[1]
    assert SITE.at_path("/none") is None


def test_a_category_with_a_blank_is_two_of_which_its_own_list_has_neither() -> None:
    assert [numbers(SITE.in_category(slug)) for slug in ("bing", "ding", "bing  ding", "none")] == [[3], [3], [], []]
    assert list(SITE.tags) == ["乙报新闻", "甲报新闻", "丙", "丁新闻", "东财滚动新闻"]


def test_list_pages_have_each_others_titles_but_for_the_rolling_list() -> None:
    assert SITE.list_titles == {
        "emnews": "东财滚动新闻", "bing  ding": "丙 丁新闻", "jia": "乙报新闻", "yi": "甲报新闻",
    }  # fmt: skip

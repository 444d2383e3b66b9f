"""Items of East Money's rolling list: whose they are, and what a later page makes of them."""

from typing import Any

import pytest

from crawler import sites
from crawler.assemble.merge import merge
from crawler.assemble.versions import copies
from crawler.items import Article, Post

ID, TIME = "202201142248170578", "2022-01-14 13:02:46"
ITEM = Article(code=ID, origin="list", title="题目在此", time=TIME, category=sites.EMNEWS, digest="摘要")
JSON = Article(code=f"NW{ID}", origin="share", text="<p>文</p>", content="<p>文<b>字</b></p>")
SOURCE = '<p class="em_media">（文章来源：甲社）</p>'
API = Article(code=ID, origin="article-api", title="题目在此", time=TIME, text="<p>文</p>")
NOTHING = Article(code=ID, origin="article-page")


def by(**fields: Any) -> Article:
    return Article(**{"code": ID, "origin": "article-api", "title": "题目在此", "time": TIME} | fields)


CASES = {
    "no medium": ([ITEM, JSON, API], "emnews", ()),
    "nobody could be asked": ([ITEM, JSON], "emnews", ("medium_unknown",)),
    "asked, and there is nothing": ([ITEM, JSON, NOTHING], "emnews", ()),
    "asked, and only the JSON's last line names one": (
        [ITEM, Article(code=f"NW{ID}", origin="share", text=f"<p>文</p>{SOURCE}"), API],
        "emnews",
        (),
    ),
    "by the API": ([ITEM, JSON, by(tag="甲社新闻", text="<p>文</p>")], "media", ()),
    "by the last line of the API's body": ([ITEM, JSON, by(text=f"<p>文</p>{SOURCE}")], "media", ()),
    "by the page": ([ITEM, JSON, by(origin="article-page", tag="甲社新闻")], "media", ()),
    "by a column": ([ITEM, JSON, Article(code=ID, origin="list", title="题目在此", tag="甲社新闻")], "media", ()),
    "by the list itself": (
        [Article(code=ID, origin="list", category="emnews", tag="甲社新闻", title="题目", time=TIME), JSON],
        "media",
        (),
    ),
    "by the last line of the JSON, where nobody could be asked": (
        [ITEM, Article(code=f"NW{ID}", origin="share", text=f"<p>文</p>{SOURCE}")],
        "media",
        (),
    ),
    "the finews site's own": (
        [
            ITEM,
            Article(
                code=ID,
                origin="finews-page",
                kind="emnews",
                title="题目在此",
                category="emnews",
                tag="东财滚动新闻",
                text="x",
            ),
        ],
        "emnews",
        (),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_whose_an_item_is(name: str) -> None:
    said, kind, notes = CASES[name]
    for pages in (said, said[::-1]):
        post = merge(pages)
        assert (post.kind, post.code) == (kind, ID if kind == "emnews" else f"NW{ID}")
        assert post.notes == notes
        assert post.category == ("emnews" if kind == "emnews" else "jiashe")


def test_the_title_of_an_article_is_that_of_its_own_pages() -> None:
    short = Article(
        code=ID, origin="list", title="题目", time="2022-01-14 13:02:40", category=sites.EMNEWS, digest="摘要"
    )
    column = Article(code=ID, origin="list", title="题目在此处", time=TIME, tag="甲社新闻")
    for said in ([short, JSON, column], [column, JSON, short]):
        assert (merge(said).title, merge(said).time) == ("题目在此处", TIME)
    told = merge([short, JSON, by(tag="甲社新闻")])
    assert (told.title, told.time) == ("题目在此", "2022-01-14 13:02:40")
    assert merge([short, JSON, API]).title == "题目"


def on_disk(post: Post) -> list[Article]:
    return list(copies(post, post.sources))


def test_what_it_was_is_known_later() -> None:
    post = merge([ITEM, JSON, API])
    assert (post.body, post.digest, post.link) == (
        "<p>文<b>字</b></p>",
        "摘要",
        f"http://finance.eastmoney.com/a/{ID}.html",
    )
    for fresh in ([JSON], [API], [JSON, API], [Article(code=f"NW{ID}", origin="share", text=f"<p>文</p>{SOURCE}")]):
        again = merge([*fresh, *on_disk(post)])
        assert (again.kind, again.code, again.digest, again.notes) == ("emnews", ID, "摘要", ()), fresh


@pytest.mark.parametrize("fresh", [[JSON], [by(text="<p>文</p>")]])
def test_a_medium_that_is_told_later_makes_it_that_medium_s_with_an_article_s_body(fresh: list[Article]) -> None:
    column = Article(code=ID, origin="list", title="题目在此", tag="甲社新闻")
    post = merge([*fresh, column, *on_disk(merge([ITEM, JSON, NOTHING]))])
    assert (post.kind, post.code, post.tag, post.body, post.digest) == (
        "media",
        f"NW{ID}",
        "甲社新闻",
        "<p>文</p>",
        None,
    )

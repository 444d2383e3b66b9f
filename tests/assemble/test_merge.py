"""Merging: what gives the medium, the body and the time where pages differ, and which posts are at fault."""

from dataclasses import fields, replace
from itertools import permutations

import pytest

from crawler.assemble.merge import BODY_TRUST, body_trust, merge
from crawler.assemble.outcome import Rejected
from crawler.assemble.versions import copies
from crawler.items import Article, Origin, Post
from crawler.origins import ORIGINS
from crawler.sites import share_link

CODE = "NW202201142248170578"


def _reply(closing: str) -> Article:
    return Article(code=CODE, origin="share", title="题", time="2022-01-14 22:48:17", text=f"<p>一</p>{closing}")


@pytest.mark.parametrize(
    ("closing", "medium"),
    [
        ('<p class="em_media">（文章来源：财联社）</p>', "财联社"),
        ('<p class="em_media">（文章来源：<a href="http://a.example/">财联社</a>）</p>', "财联社"),
        ("<p>（文章來源：財聯社）</p>\r\n", "財聯社"),
        ("<p>(文章来源: 财联社)</p>", "财联社"),
        ('<p class="em_media">（文章来源：财联社）</p><p class="res-edit">（责任编辑：1）</p><!-- 完 -->', "财联社"),
        ("<p>（文章来源：甲）</p><p>二</p><p>（文章来源：乙）</p>", "乙"),
        ("<p>（文章来源：安信国际证券（香港））</p>", "安信国际证券（香港）"),
    ],
)
def test_the_body_names_the_medium(closing: str, medium: str) -> None:
    assert merge([_reply(closing)]).tag == f"{medium}新闻"


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ({"list": "青禾股份新产线...", "article-page": "青禾股份新产线投产"}, "青禾股份新产线投产"),
        ({"list": "青禾股份新产线…", "article-page": "青禾股份新产线投产"}, "青禾股份新产线投产"),
        ({"list": "青禾股份涨停……", "article-page": "青禾股份涨停……"}, "青禾股份涨停……"),
        ({"list": "青禾股份涨停…", "article-page": "青禾股份涨停"}, "青禾股份涨停…"),
        ({"list": "青禾股份投产", "article-page": "青禾股份投产并扩建"}, "青禾股份投产"),
    ],
)
def test_of_a_title_that_breaks_off_the_whole_is_taken(told: dict[Origin, str], title: str) -> None:
    pages = [
        replace(
            _reply("（文章来源：甲报）"),
            origin=origin,
            title=said,
            text=None if origin == "list" else "<p>一</p>（文章来源：甲报）",
        )
        for origin, said in told.items()
    ]
    assert {merge(order).title for order in permutations(pages)} == {title}


@pytest.mark.parametrize("closing", ["", "<p>他说（文章来源：某报）不可信。</p>", "<p>来源：某报</p>"])
def test_no_medium_is_no_guess(closing: str) -> None:
    with pytest.raises(Rejected, match="no tag"):
        merge([_reply(closing)])


TOLD = Article(
    code=CODE, origin="post-file", kind="media", title="题", time="2022-01-14 22:48:17", category="jia", tag="甲新闻", text="<p>一</p>"
)  # fmt: skip
OTHERS = {
    "time": "2022-01-14 23:00:00",
    "saved": "2022-01-15T00:00:00+08:00",
    "link": "http://a.example/",
    "kind": "emnews",
}
SHARED = {field.name for field in fields(Article)} & {field.name for field in fields(Post)} - {"code", "origin"}


@pytest.mark.parametrize("name", sorted(SHARED))
def test_each_field_that_a_page_tells_is_the_post_s_and_known_in_later_runs(name: str) -> None:
    page = replace(TOLD, kind="emnews" if name == "digest" else "media")
    page = replace(page, **{name: OTHERS.get(name, "x")})
    post = merge([page])
    assert getattr(post, name) == getattr(page, name)
    assert name == "saved" or getattr(merge(copies(post, post.sources)), name) == getattr(page, name)


PAGE = Article(
    code="202201142248170578",
    origin="article-page",
    url="http://finance.eastmoney.com/a/202201142248170578.html",
    title="题",
    time="2022-01-14 13:02:00",
    tag="人民邮电报新闻",
    text=f'<p>{"文" * 300}</p><img src="./题_files/a.jpg"><p class="em_media">（文章来源：人民邮电报）</p>',
)


def test_of_a_saved_page_and_a_reply_the_one_that_knows_its_pictures_gives_the_body() -> None:
    reply = replace(PAGE, url="", time="2022-01-14 13:02:46", text=f'<p>{"文" * 300}</p><img src="https://a.cn/a.jpg">')
    for pages in permutations((PAGE, reply)):
        assert merge(pages).body == reply.text
    short = replace(reply, text="<p>文</p>")
    for pages in permutations((PAGE, short)):
        assert merge(pages).body == PAGE.text


def test_the_second_is_told_by_the_page_that_knows_it() -> None:
    reply = replace(PAGE, time="2022-01-14 13:02:46", text=None)
    for pages in permutations((PAGE, reply)):
        assert merge(pages).time == "2022-01-14 13:02:46"
        assert merge((replace(pages[0], origin="share-page"), pages[1])).time == "2022-01-14 13:02:46"
    assert merge((PAGE, replace(reply, time="2022-01-14 13:03:46"))).time == PAGE.time


@pytest.mark.parametrize("title", ["-", "——", "……", "《》"])
def test_a_title_without_a_letter_or_digit_is_none(title: str) -> None:
    better = replace(PAGE, origin="article-api", title=title)
    for pages in permutations((PAGE, better)):
        assert merge(pages).title == PAGE.title
    with pytest.raises(Rejected, match="no title"):
        merge([better])


@pytest.mark.parametrize(
    ("medium", "category"),
    [
        ("上证报/中国证券网", "shangzhengbaozhongguozhengquanwang"),
        ("../..", ""),
        ("#话题", "huati"),
        ("A&B财经", "ABcaijing"),
        ("证券时报-e公司", "zhengquanshibaoegongsi"),
        ("21世纪经济报道  南财理财通", "21shijijingjibaodao  nancailicaitong"),
    ],
)
def test_a_medium_s_name_need_be_no_path(medium: str, category: str) -> None:
    article = replace(PAGE, tag=f"{medium}新闻")
    if not category:
        with pytest.raises(Rejected, match="category"):
            merge([article])
    else:
        assert (merge([article]).category, merge([article]).tag) == (category, f"{medium}新闻")


@pytest.mark.parametrize(
    ("told", "time", "notes"),
    [
        (["2022-01-15 00:10:00"], "2022-01-15 00:10:00", ()),
        ([None], "2022-01-14 00:00:00", ("time_unknown",)),
        (["2016-01-14 13:02:00"], "2022-01-14 00:00:00", ("time_unknown", "time_not_believed")),
        (["2016-01-14 13:02:00", "2022-01-14 13:02:00"], "2022-01-14 13:02:00", ("time_not_believed",)),
    ],
)
def test_a_time_years_off_the_id_is_not_believed_and_an_unknown_one_is_told(
    told: list[str | None], time: str, notes: tuple[str, ...]
) -> None:
    for order in permutations(replace(PAGE, time=one, text="<p>一</p>") for one in told):
        post = merge(order)
        assert (post.time, post.notes) == (time, notes)


def test_the_time_that_a_post_of_the_site_has_is_its_time() -> None:
    post = merge(
        [replace(PAGE, origin="post-file", code=CODE, kind="media", time="2016-01-14 13:02:00", text="<p>一</p>")]
    )
    assert (post.time, post.notes) == ("2016-01-14 13:02:00", ())


@pytest.mark.parametrize(
    ("wish", "first"),
    [
        (None, "share"),
        ("article-page,article-api", "share"),  # those that are not named keep their places
        ("wap,share", "wap"),
        ("finews-page,share,wap", "finews-page"),
    ],
)
def test_the_order_of_the_chain_is_the_order_of_trust(wish: str | None, first: str) -> None:
    said = [replace(PAGE, origin=origin, text=f"<p>{origin}</p>") for origin in ORIGINS]
    for order in (said, said[::-1]):
        post = merge(order, trust=body_trust(wish))
        assert (post.origin, post.body) == (first, f"<p>{first}</p>")
    assert sorted(body_trust(wish)) == sorted(BODY_TRUST)


def test_of_east_money_s_bodies_none_wins_that_is_only_the_beginning_of_another() -> None:
    cut = replace(PAGE, origin="article-api", text="<p>一</p>")
    whole = replace(PAGE, text="<p>一</p><p>二</p>")
    for order in permutations((cut, whole)):
        assert (merge(order).origin, merge(order).body) == ("article-page", whole.text)


@pytest.mark.parametrize(("origin", "named"), [("finews-page", True), ("post-file", True), ("share-page", False)])
def test_only_the_site_names_another_share_host(origin: Origin, named: bool) -> None:
    other = f"http://choicewzp1.eastmoney.com/html_News/NewsShare.html?infoCode={CODE}"
    link = merge([PAGE, replace(PAGE, code=CODE, origin=origin, link=other, text="<p>一</p>")]).link
    assert link == (other if named else share_link(CODE))


def test_bodies_from_pages_for_phones_are_told_as_unverified() -> None:
    assert merge([replace(PAGE, origin="wap", text="<p>一</p>")]).notes == ("unverified",)


def test_a_medium_s_body_of_the_share_host_is_none_of_a_rolling_item() -> None:
    """It has another in the same reply, and is asked again, where only the post page has the item's."""
    post = merge([_reply('<p class="em_media">（文章来源：财联社）</p>')])
    there = copies(post, post.sources)
    item = Article(code=CODE, origin="finews-page", kind="emnews", title="题", time="2022-01-14 22:48:17", digest="摘")
    page = replace(item, content="<p>一<a href='http://quote.eastmoney.com/unify/r/1.600050'>联通</a></p>")
    for pages in permutations((*there, page)):
        assert (merge(pages).body, merge(pages).origin) == (page.content, "finews-page")
    assert (merge((*there, item)).body, merge((*there, item)).origin) == (post.body, "share"), "better than none"
    by_api = [replace(one, origin="article-api") for one in there]
    assert merge((*by_api, page)).body == post.body, "it has but one"


@pytest.mark.parametrize(
    ("code", "category", "outcome"),
    [
        ("NW2022011122002004000", "甲报", "quarantined"),
        ("2022011122002004000", "甲报", "quarantined"),
        ("AP202201111540123456", "甲报", "quarantined"),
        ("welcome", "甲报", "out_of_scope"),
        ("20220111", "甲报", "out_of_scope"),
        ("NW2022011122002004000", "sitenews", "out_of_scope"),
    ],
)
def test_a_number_of_another_length_is_no_notice_of_the_site(code: str, category: str, outcome: str) -> None:
    """East Money may number its articles otherwise one day."""
    page = Article(
        code=code, origin="finews-page", kind="site", title="题", time="2022-01-11 22:00:00", category=category,
        tag="甲报新闻", text="<p>一</p>",
    )  # fmt: skip
    with pytest.raises(Rejected) as rejected:
        merge([page])
    assert rejected.value.outcome == outcome

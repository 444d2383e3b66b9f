"""Pages of other articles and damaged fields speak for no article, in whatever order pages come."""

from dataclasses import replace
from itertools import permutations

import pytest

from crawler.assemble.assembler import Assembler
from crawler.assemble.sift import anothers, sift
from crawler.assemble.versions import copies
from crawler.items import Article, OnDisk

CODE = "NW202201142248170578"
SETTINGS = {"FINEWS_CLEANING": "standard", "FINEWS_KLINE_IMAGES": "remote", "FINEWS_SHARE_HOST": "share.example"}
TEXT = "<p>港口吞吐量回升，一号码头恢复作业，企业补库意愿增强。</p><p>二期工程明年开工。</p>"
OTHERS = "<p>甲醇期货夜盘收高，库存连续三周下降，现货报价随之上调。</p><p>（文章来源：甲报）</p>"
LISTED = Article(code=CODE, origin="list", title="青禾股份新产线投产")
PAGE = Article(
    code=CODE,
    origin="finews-page",
    kind="media",
    title="青禾股份新产线投产",
    time="2022-01-14 22:48:17",
    category="jiabao",
    tag="甲报新闻",
    text=TEXT + "<p>（文章来源：甲报）</p>",
)
REPLY = Article(code=CODE, origin="share", text=TEXT)
GONE = "青" + "\ufffd" * 8


def made(*said: Article) -> tuple[str, str, str, str]:
    """Outcome and reason, title and body: the same in every order."""
    (one,) = {
        (one.outcome, one.reason, one.post.title if one.post else "", one.post.body if one.post else "")
        for order in permutations(said)
        for one in Assembler(SETTINGS)(order)
    }
    return one


@pytest.mark.parametrize("reply", [REPLY, replace(REPLY, text=None, content=TEXT), replace(REPLY, text="<p>短</p>")])
def test_a_reply_that_has_the_text_of_the_post_page_gives_the_body(reply: Article) -> None:
    assert made(LISTED, PAGE, reply) == ("written", "", PAGE.title, reply.text or reply.content)


@pytest.mark.parametrize("origin", ["share", "share-page", "article-api", "article-page", "wap"])
def test_a_reply_without_any_of_it_does_not(origin: str) -> None:
    reply = replace(REPLY, origin=origin, text=OTHERS)
    assert made(LISTED, PAGE, reply) == ("written", "", PAGE.title, PAGE.text)
    (one,) = Assembler(SETTINGS)([PAGE, reply])
    assert one.post
    assert one.post.notes == ("pages_refused",)
    assert sift([PAGE, reply])[1] == [(f"its text has nothing in common with the post page of {CODE}", reply)]


def test_an_item_of_the_rolling_list_is_compared_by_its_digest() -> None:
    item = replace(PAGE, kind="emnews", digest="港口吞吐量回升，一号码头恢复作业，企业补库意愿增强。", text=None)
    assert not anothers(REPLY, [item])
    assert anothers(replace(REPLY, text=OTHERS), [item])


@pytest.mark.parametrize(
    ("listed", "same"),
    [
        ("（更正）青禾股份新产线投产", True),
        ("青禾股份：二期工程开工", True),
        ("青禾股份新产线投产 &amp; 二期", True),
        ("甲醇期货夜盘收高", False),
        ("公告", True),
        (GONE, True),
    ],
)
def test_a_post_page_has_the_title_of_the_list(listed: str, same: bool) -> None:
    named = replace(LISTED, title=listed)
    assert bool(anothers(PAGE, [named])) is not same
    assert not anothers(PAGE, [named, LISTED])
    outcome, reason, _, _ = made(named, PAGE)
    assert outcome == ("written" if same else "quarantined")
    assert same or reason == f"another article's page: the list has {CODE} as “{listed}”, not “{PAGE.title}”"


@pytest.mark.parametrize("field", ["title", "tag", "text"])
def test_a_damaged_field_loses_against_a_sound_one_and_alone_makes_no_post(field: str) -> None:
    damaged = replace(PAGE, **{field: f"<p>{GONE}</p>" if field == "text" else GONE})
    sound = Article(code=CODE, origin="article-page", title=PAGE.title, tag=PAGE.tag, text=PAGE.text)
    assert made(damaged, sound) == made(PAGE, sound)
    outcome, reason, _, _ = made(damaged)
    name = "body" if field == "text" else field
    assert (outcome, reason) == ("quarantined", f"damaged text: characters are lost (U+FFFD): its {name}")


def test_a_damaged_reply_leaves_the_body_to_the_page() -> None:
    reply = replace(REPLY, text=TEXT.encode("gbk").decode("utf-8", "replace"))
    assert made(LISTED, PAGE, reply) == ("written", "", PAGE.title, PAGE.text)
    assert made(PAGE, replace(reply, content=TEXT)) == ("written", "", PAGE.title, TEXT)


def test_a_digest_alone_may_be_damaged() -> None:
    item = replace(PAGE, code=CODE[2:], kind="emnews", digest="港口????????????")
    assert made(replace(item, digest=f"{GONE}"))[0] == "quarantined"
    assert made(item)[0] == "written"


FLASH = "<p>青禾股份：二期开工</p>"
LONG = f"<p>青禾股份称二期工程明年开工，投产后产能翻番。</p>{TEXT}"
NOTHING = [
    "系统繁忙，请稍后再试",
    "无权限查看",
    "None",
    "N/A",
    "-",
    "<p>标题</p>",
    '<p class="em_media">（文章来源：甲报）</p>',
]


@pytest.mark.parametrize("text", NOTHING)
def test_a_reply_that_says_nothing_is_no_body_beside_a_long_one(text: str) -> None:
    page, reply = replace(PAGE, text=LONG), replace(REPLY, text=text, fetched=200)
    assert made(LISTED, page, reply) == ("written", "", PAGE.title, LONG)
    assert made(replace(reply, text=LONG, fetched=100, title=PAGE.title, tag=PAGE.tag), reply)[3] == LONG
    item = replace(page, kind="emnews", digest=f"{LISTED.title}，{TEXT}", text=None)
    assert sift([item, reply])[1]
    assert not sift([replace(PAGE, text=FLASH), reply])[1]
    assert not sift([page, replace(reply, text="<p>二期工程明年开工</p>")])[1]
    assert not sift([page, replace(reply, text=f"题外<br /><p>一段短讯。</p>{NOTHING[-1]}")])[1]


def test_a_short_flash_is_whole() -> None:
    assert made(LISTED, replace(PAGE, text=FLASH), replace(REPLY, text=f"{FLASH}<p>完</p>"))[3] == f"{FLASH}<p>完</p>"
    item = replace(PAGE, kind="emnews", digest=f"{LISTED.title}。{LONG}", text=None)
    assert not sift([item, replace(REPLY, text="<p>一号码头恢复作业。</p>")])[1]


ORIGINAL = Article(
    code=CODE, origin="article-page", title=PAGE.title, tag=PAGE.tag, time="2022-01-14 13:02:00", text=LONG
)
ANOTHER = replace(ORIGINAL, title="甲醇期货夜盘收高", time="2022-01-14 15:00:00", text=OTHERS)


@pytest.mark.parametrize("origin", ["article-api", "article-page", "wap"])
def test_an_original_has_a_title_like_that_of_the_list(origin: str) -> None:
    outcome, reason, _, _ = made(LISTED, replace(ANOTHER, origin=origin))
    assert (outcome, reason.partition(":")[0]) == ("quarantined", "another article's page")
    assert made(LISTED, replace(ORIGINAL, origin=origin))[0] == "written"


@pytest.mark.parametrize("another", [replace(REPLY, text=OTHERS), ANOTHER, replace(ANOTHER, origin="wap")])
def test_of_two_that_contradict_each_other_the_surer_one_stays(another: Article) -> None:
    assert made(ORIGINAL, another)[2:] == (ORIGINAL.title, LONG)
    (first,) = Assembler(SETTINGS)([ORIGINAL])
    assert first.post
    there = OnDisk(CODE, first.file, first.data, "written", copies(first.post, first.post.sources))
    (then,) = Assembler(SETTINGS)([another], [there])
    assert then.post
    assert (then.data, then.post.notes) == (first.data, ("pages_refused",))


def test_the_title_on_disk_is_known_though_the_body_is_from_another_page() -> None:
    (first,) = Assembler(SETTINGS)([ORIGINAL, replace(REPLY, text=LONG * 2)])
    assert first.post
    there = OnDisk(CODE, first.file, first.data, "written", copies(first.post, first.post.sources))
    (then,) = Assembler(SETTINGS)([replace(ANOTHER, text=OTHERS * 4)], [there])
    assert then.data == first.data


def test_a_later_version_of_the_same_title_may_be_another_text() -> None:
    later = replace(ANOTHER, title=f"（更正）{ORIGINAL.title}")
    assert made(ORIGINAL, later)[2:] == (later.title, OTHERS)


def test_pages_of_one_article_need_nothing_in_common() -> None:
    parts = [replace(ORIGINAL, part=(1, 2)), replace(ORIGINAL, text=OTHERS, part=(2, 2))]
    assert not sift(parts)[1]


def test_what_was_undone_is_counted() -> None:
    (one,) = Assembler(SETTINGS)([replace(PAGE, undone=True), REPLY])
    assert (one.counts["text/undone"], one.post and one.post.notes) == (1, ())


def test_a_title_names_lost_characters_where_the_body_speaks_of_them() -> None:
    about = "<p>“锟斤拷”是程序员熟悉的乱码，它从一次编码转换中来，常见于旧网页。</p><p>（文章来源：甲报）</p>"
    page = replace(PAGE, title="“锟斤拷”从何而来", text=about)
    assert made(page)[::2] == ("written", "“锟斤拷”从何而来")
    assert "its title" in made(replace(page, text=PAGE.text))[1]
    assert "its title" in made(replace(page, title="锟斤拷从何\ufffd来"))[1]

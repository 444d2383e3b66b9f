"""Pages of one article: of each the sound one of the latest version counts, and it says something of its own."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from crawler.assemble.assembler import Assembler
from crawler.assemble.parts import says_nothing
from crawler.assemble.versions import copies
from crawler.items import WHOLE, Article, OnDisk

CODE = "202203082248170911"
URL = f"http://finance.eastmoney.com/a/{CODE}.html"
SETTINGS = {"FINEWS_CLEANING": "standard", "FINEWS_KLINE_IMAGES": "remote", "FINEWS_SHARE_HOST": "share.example"}
CLOSING = '<p class="em_media">（文章来源：乙报）</p>'
HEAD = "<p>北山水库今年第一次开闸放水，下游三个县的春灌用水由此得到保证。</p>"
REST = "<p>水利部门说，放水持续二十天，流量视土壤墒情调整，农户须提前清理渠道，避免水流倒灌。</p>"
END = f"<p>气象台预计月底有一次降雨过程。</p>{CLOSING}"
PICTURE = '<p><img src="http://e.example/a.png"></p>'
DAY, NEXT = "2022-03-08 10:15:00", "2022-03-09 08:00:00"


def page(number: int, text: str, most: int = 2, time: str | None = DAY, title: str = "北山水库开闸放水") -> Article:
    url = URL if number == 1 else URL.replace(".html", f"_{number}.html")
    named = {"title": title, "time": time, "tag": "乙报新闻"}
    return Article(code=CODE, origin="article-page", url=url, text=text, part=(number, most), **named)  # type: ignore[arg-type]


FIRST, LAST = page(1, HEAD), page(2, REST + END)
LATER = [page(1, HEAD.replace("三个", "四个"), time=NEXT), page(2, REST + END.replace("月底", "下月初"), time=NEXT)]
NEWER = "".join(str(one.text) for one in LATER)
GARBLED = HEAD.replace("水库", "\ufffd\ufffd")


def made(said: Sequence[Article], there: Sequence[OnDisk] = ()) -> tuple[str, str]:
    """The body, else the reason why there is none: the same in every order."""
    (one,) = {
        (one.post.body if one.post else "", one.reason)
        for order in permutations(said)
        for one in Assembler(SETTINGS)(order, there)
    }
    return one


@pytest.mark.parametrize(
    ("said", "body"),
    [
        ([FIRST, LAST], HEAD + REST + END),
        ([FIRST, LAST, *LATER], NEWER),
        ([FIRST, *LATER], NEWER),
        ([LAST, *LATER], NEWER),
        ([replace(FIRST, text=GARBLED), FIRST, LAST], HEAD + REST + END),
        ([page(1, GARBLED, time="2022-03-08 09:00:00"), FIRST, LAST], HEAD + REST + END),
        ([page(1, GARBLED, title="北山\ufffd\ufffd"), FIRST, LAST], HEAD + REST + END),
        ([page(1, HEAD, title="\ufffd\ufffd水库开闸放水"), LAST], HEAD + REST + END),
        ([page(1, HEAD, time=None), LAST], HEAD + REST + END),
        ([FIRST, page(2, REST + END, title="北山水库开闸放水（2）")], HEAD + REST + END),
        ([FIRST, page(2, PICTURE)], HEAD + PICTURE),
        ([replace(FIRST, part=WHOLE), LAST], HEAD + REST + END),
        ([replace(FIRST, text=HEAD + REST + END, part=WHOLE), LAST], HEAD + REST + END),
        ([LAST, replace(FIRST, time=NEXT, text=HEAD + END, part=WHOLE)], HEAD + END),
    ],
)
def test_the_latest_version_is_joined(said: list[Article], body: str) -> None:
    assert made(said) == (body, "")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ([FIRST, LATER[1]], "cut by a pager: page 1 of"),
        ([LATER[0], LAST], "cut by a pager: page 2 of"),
        (
            [FIRST, replace(LAST, text=LAST.text and LAST.text.replace("水利", "\ufffd\ufffd"))],
            "cut by a pager: page 2",
        ),
        ([FIRST, replace(LAST, text="")], "cut by a pager: page 2 of"),
        ([FIRST, replace(LAST, text=CLOSING)], "cut by a pager: page 2 of"),
        ([FIRST, replace(LAST, text="服务器忙，请过一会儿再来看看")], "cut by a pager: page 2 of"),
        ([FIRST, replace(LAST, text="<p>登录以后才能看这一页</p>")], "cut by a pager: page 2 of"),
        ([FIRST, page(2, END, title="南湖大桥合龙")], "another article's page: its title is not that"),
        ([replace(FIRST, part=WHOLE), LATER[1]], "cut by a pager: page 1 of"),
        ([page(1, HEAD, 3), LAST], "cut by a pager: page 3 of"),
        ([FIRST, replace(FIRST, origin="finews-page", part=WHOLE)], "cut by a pager: page 2 of"),
    ],
)
def test_what_is_missing_is_told(said: list[Article], reason: str) -> None:
    body, told = made(said)
    assert body == ""
    assert told.startswith(reason)


def test_pages_of_two_titles_are_not_mixed() -> None:
    corrected = [page(1, HEAD + REST, title="（更正）北山水库开闸放水"), page(2, END, title="（更正）北山水库开闸放水")]
    assert made([FIRST, LAST, *corrected])[0] == HEAD + REST + END
    assert made([FIRST, page(2, REST * 2 + END), *corrected])[0] in (HEAD + REST * 2 + END, HEAD + REST + END)


def test_a_short_page_that_closes_as_articles_do_is_one() -> None:
    assert not says_nothing(page(2, END))
    assert says_nothing(page(2, END.removesuffix(CLOSING)))


def on_disk(said: Sequence[Article]) -> OnDisk:
    (first,) = Assembler(SETTINGS)(said)
    assert first.post
    return OnDisk(f"NW{CODE}", first.file, first.data, "written", copies(first.post, first.post.sources))


def test_a_post_of_all_pages_is_none_when_a_further_one_is_named() -> None:
    there = on_disk([FIRST, LAST])
    assert made([page(1, HEAD, 3), FIRST, LAST], [there]) == ("", "cut by a pager: page 3 of the article is not there")
    assert made([FIRST, LAST], [there]) == (HEAD + REST + END, "")


def test_the_first_page_may_be_on_disk_as_an_article() -> None:
    assert made([LAST], [on_disk([replace(FIRST, part=WHOLE)])]) == (HEAD + REST + END, "")
    assert made([LAST], [on_disk([FIRST, LAST])]) == (HEAD + REST + END, "")

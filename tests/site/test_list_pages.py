"""Pages of lists: which posts stand where, in which order, and how they are linked."""

import re

import pytest

from crawler.site.entries import Mention, SitePost
from crawler.site.list_pages import List, lists, pages


def entries(number: int, category: str = "a", first: int = 0) -> list[SitePost]:
    """Posts of one day and security, the newest first."""
    made = [
        SitePost(
            f"2022-01-14-NW{n:03}.md", f"NW{n:03}", f"题{n}", f"2022-01-14 10:{n // 60 % 60:02}:{n % 60:02}", category, "甲新闻",
            f"{category}/2022/01/14/NW{n:03}.html", (Mention("600050.SH", "联通", ()),), (), (), has_zone=True, is_odd=False,
        )
        for n in range(first, first + number)
    ]  # fmt: skip
    return made[::-1]


def made(some: list[SitePost]) -> dict[str, str]:
    return dict(pages(some, lists(some)))


def rows(page: str) -> list[str]:
    return re.findall(r'<li><time .*">(.*)</a> <small>', page)


@pytest.mark.parametrize(
    ("number", "sizes"), [(1, [1]), (100, [100]), (199, [199]), (200, [100, 100]), (350, [150, 100, 100])]
)
def test_a_list_of_up_to_a_hundred_posts_is_one_page(number: int, sizes: list[int]) -> None:
    some = entries(number)
    every = made(some)
    for stem in ("category/a", "securities/600050.SH", "archive/2022-01-14"):
        older = [f"{stem}/{n}.html" for n in range(len(sizes) - 1, 0, -1)]
        shown = [rows(every[name]) for name in (f"{stem}.html", *older)]
        assert [len(one) for one in shown] == sizes
        assert [title for one in shown for title in one] == [f"题{n}" for n in range(number)][::-1]
        assert f"{stem}/{len(sizes)}.html" not in every
        assert all(name.rpartition("/")[2] in every[f"{stem}.html"] for name in older)


def test_another_post_changes_the_first_page_of_its_lists_alone() -> None:
    before, after = made(entries(350)), made(entries(351))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "index.html", "archive/index.html", "archive/2022-01-14.html", "category/a.html", "securities/index.html",
        "securities/600050.SH.html",
    }  # fmt: skip


def test_the_rolling_list_is_there_without_posts() -> None:
    every = made([])
    assert "暂无文章" in every["emnews/index.html"]
    assert set(every) == {"index.html", "emnews/index.html", "securities/index.html", "archive/index.html"}


def test_the_rolling_list_has_a_page_of_its_own() -> None:
    every = made(entries(200, "emnews"))
    assert "category/emnews.html" not in every
    assert len(rows(every["emnews/index.html"])) == len(rows(every["emnews/1.html"])) == 100
    assert '<a href="../emnews/1.html">' in every["emnews/index.html"]


def test_addresses_are_relative_and_spelled() -> None:
    every = made(entries(1, "a:b c?{d"))
    assert '<a href="./category/a:b%20c%3F%7Bd.html">' in every["index.html"]
    assert '<a href="../category/' not in every["index.html"]


def test_the_name_of_a_security_is_the_usual_one() -> None:
    some = [
        e._replace(mentions=(Mention("600050.SH", name, ()),))
        for e, name in zip(entries(4), ["", "联", "通", "通"], strict=True)
    ]
    (one,) = lists(some)["security"]
    assert (one.title, one.names) == ("600050.SH", ("通",))
    assert List("x", "x", ()).older == 0


def test_nothing_of_a_text_acts() -> None:
    some = [e._replace(title="<script>{{ x }}{% y %}", tag='"><img onerror>新闻') for e in entries(1)]
    some[0] = some[0]._replace(mentions=(Mention("600050.SH", "<b>{%", ()),))
    for page in made(some).values():
        assert "{{" not in page
        assert "{%" not in page.partition("\n---\n")[2]
        assert not re.search("<script|<img|<b>", page)

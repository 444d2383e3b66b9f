"""Posts in any YAML tell the same article; other front matter is no post."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from random_posts import EMNEWS

from crawler.items import Article, Post
from crawler.pages import post_file
from crawler.pages.unreadable import Unreadable
from crawler.post_format import file_name, render

CODE = "NW202201142248170578"
NAME = f"2022-01-14-{CODE}.md"
BODY = (
    f"---\n<p>正文</p>\n\n<http://finews.zning.xyz/html_News/NewsShare.html?infoCode={CODE}>\n\n"
    "[返回甲报新闻](//finews.withounder.com/category/jiabao.html)｜[返回首页](//finews.withounder.com/)"
)
USUAL = ("layout: post", 'title: "题"', "date: 2022-01-14 13:02:46 +0800", "categories: jiabao", "tags: 甲报新闻")


def _with(**lines: str) -> tuple[str, ...]:
    return tuple(lines.get(line.partition(":")[0], line) for line in USUAL)


def test_every_field_of_the_post_is_the_article_s() -> None:
    names = {field.name for field in fields(Article)} & {field.name for field in fields(Post) if field.compare}
    post = replace(EMNEWS, **{name: "x" for name in names if not getattr(EMNEWS, name)})
    (article,) = post_file.read(file_name(post), render(post).decode())
    assert {name: getattr(article, name) for name in names} == {name: getattr(post, name) for name in names}


@pytest.mark.parametrize(
    "lines",
    [
        USUAL,
        USUAL[::-1],
        USUAL[1:],
        ("# 存档", *USUAL, "author: 某", "pinned: true"),
        (f"description: {'长' * 3000}", *USUAL),
        _with(layout='layout: "post"'),
        _with(layout="layout:   post  # x"),
        _with(layout="'layout': 'post'"),
        _with(title="title: 题"),
        _with(title="title: >-\n  题"),
        _with(title="title: |\n  题\n"),
        _with(tags="tags: 甲报新闻\ntag: 甲报新闻"),
        _with(categories="categories: [jiabao]", tags="tags: [ 甲报新闻 ]"),
        _with(categories="categories:\n- jiabao", tags="tags:\n  - 甲报新闻"),
        _with(categories="category: jiabao", tags="tag: 甲报新闻"),
        _with(tags="tags: 甲报新闻 # 存档"),
        _with(tags="tags: '甲报新闻'"),
        _with(date="date: 2022-01-14T05:02:46Z"),
        _with(date='date: "2022-01-14 13:02:46"'),
        _with(date="date: 2022-01-14 05:02:46 +0000"),
        _with(date="date: 2022-01-14T13:02:46.000+08:00"),
    ],
)
def test_any_yaml(lines: tuple[str, ...]) -> None:
    text = "\n".join(("---", *lines, BODY))
    for spelled in (text, text.replace("\n", "\r\n")):
        assert post_file.matches(NAME, spelled)
        (article,) = post_file.read(NAME, spelled)
        assert (article.code, article.title, article.time) == (CODE, "题", "2022-01-14 13:02:46")
        assert (article.category, article.tag, article.text) == ("jiabao", "甲报新闻", "<p>正文</p>")


TOML = ('title = "题"', "date = 2022-01-14T13:02:46+08:00", 'categories = ["jiabao"]', "tags = [ '甲报新闻' ]")


def _with_toml(**lines: str) -> str:
    told = (lines.get(line.partition(" ")[0], line) for line in TOML)
    return "\n".join(("+++", *told, BODY.replace("---", "+++", 1)))


@pytest.mark.parametrize(
    "text",
    [
        _with_toml(),
        _with_toml(date="date = 2022-01-14 05:02:46Z\ndraft = false\n# x"),
        _with_toml(
            date="date = '2022-01-14 13:02:46'", categories="category = 'jiabao'", tags="layout='post'\ntag='甲报新闻'"
        ),
        _with_toml(categories="[taxonomies]\ncategories = ['jiabao']"),
    ],
)
def test_toml(text: str) -> None:
    for spelled in (text, text.replace("\n", "\r\n"), f"\ufeff{text}"):
        assert post_file.matches(NAME, spelled)
        (article,) = post_file.read(NAME, spelled)
        assert (article.code, article.title, article.time) == (CODE, "题", "2022-01-14 13:02:46")
        assert (article.category, article.tag, article.text) == ("jiabao", "甲报新闻", "<p>正文</p>")


@pytest.mark.parametrize(
    "text",
    [
        _with_toml(tags="tags = ['甲报新闻', '乙报新闻']"),
        _with_toml(date="date = 2022-01-15"),
        _with_toml(title="title = 题"),
        _with_toml(title=f"title = '题'\na{'.a' * 20000} = 1"),
        _with_toml(title=f"title = '题'\na = {'[' * 30000}"),
    ],
)
def test_toml_that_cannot_be_told_whole_is_not_read(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        post_file.read(NAME, text)
    assert not caught.value.is_foreign


@pytest.mark.parametrize(
    "lines",
    [
        _with(tags="tags: [甲报新闻, 乙报新闻]"),
        _with(date="date: 2022-01-15"),
        _with(categories="categories:\n- a\n- b"),
        _with(tags="tags: {a: b}"),
        _with(tags="tags: 甲报新闻\ntag: 乙报新闻"),
        _with(tags="tag: 甲报新闻\ntags: [乙报新闻]"),
        _with(date="date: 昨天"),
    ],
)
def test_what_cannot_be_told_whole_is_not_read(lines: tuple[str, ...]) -> None:
    with pytest.raises(Unreadable) as caught:
        post_file.read(NAME, "\n".join(("---", *lines, BODY)))
    assert not caught.value.is_foreign


@pytest.mark.parametrize("header", ["layout: page\ntitle: x\ntags: y", "layout: category\ntitle: x", "title: x", "x"])
def test_other_front_matter(header: str) -> None:
    assert not post_file.matches("about.md", f"---\n{header}\n---\n<p>x</p>")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.partition("\n\n<http")[0], "cut short"),
        (lambda text: text.replace(f"={CODE}", "=NW202201142248170579"), "which article is it"),
        (lambda text: text + "\n" + text, "two posts in one file"),
        (lambda text: text.replace("<p>", "<<<<<<< HEAD\n<p>旧</p>\n=======\n<p>", 1) + "\n>>>>>>> b\n", "a merge"),
        (
            lambda text: text.replace('title: "题"', '<<<<<<< a\ntitle: "题"\n=======\ntitle: "目"\n>>>>>>> b'),
            "a merge",
        ),
    ],
)
def test_what_may_not_be_the_whole_article_is_told(change: Callable[[str], str], told: str) -> None:
    with pytest.raises(Unreadable, match=told) as caught:
        post_file.read(NAME, change("\n".join(("---", *USUAL, BODY))))
    assert not caught.value.is_foreign


@pytest.mark.parametrize(
    ("date", "time"),
    [
        ("", None),
        (" +0800", None),
        *((f" {day}", None) for day in ("2022-01-14", "'2022-01-14'", "2022/1/14", "2022年1月14日")),
        (" 2022-01-14 00:00:00 +0800", "2022-01-14 00:00:00"),
    ],
)
def test_a_post_without_a_time_tells_none(date: str, time: str | None) -> None:
    (article,) = post_file.read(NAME, "\n".join(("---", *_with(date=f"date:{date}"), BODY)))
    assert article.time == time


def test_the_code_in_small_letters_is_the_same_code() -> None:
    (article,) = post_file.read(NAME.lower(), "\n".join(("---", *USUAL, BODY)))
    assert article.code == CODE


@pytest.mark.parametrize(("held", "foreign"), [("第一段。" * 40, False), ("见上。", True)])
def test_a_note_that_may_hold_an_article_is_not_told_to_be_another_s(held: str, foreign: bool) -> None:
    note = (
        f"---\ntitle: 题\ntags: [摘录]\n---\n\n# 题\n[原文](http://finance.eastmoney.com/a/{CODE[2:]}.html)\n\n{held}"
    )
    assert post_file.matches("题.md", note)
    with pytest.raises(Unreadable) as caught:
        post_file.read("题.md", note)
    assert caught.value.is_foreign is foreign

"""An archive, asked for its articles: as they are, and as of a time what stood there then, however it reads now."""

import shutil
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from data.samples import UNICOM, made
from data.test_as_of import DAYS, History, day, made_once, said, write
from search.archives import finder, post, put

from crawler.data.wish import Wish
from crawler.search.finder import _BEFORE, _LENGTH, snippet
from crawler.search.folding import folded
from crawler.search.query import Hit
from crawler.store import revisions
from crawler.store.run import Run

__all__ = ["made_once"]


def numbers(hits: list[Hit]) -> list[int]:
    return [int(hit.code[-4:]) for hit in hits]


@pytest.mark.long
def test_every_day_of_a_history(made_once: History) -> None:
    asked = finder(made_once.output)
    words = ["新", "7", "12新", "题3"]
    for number in range(4, DAYS, 7):
        wish, there = Wish(as_of=day(number)), made_once.days[number]
        for word in words:
            standing = {a for a, (text, _) in there.items() if word in text.replace(" ", "") or word in f"题{text}"}
            found = asked.search([word], wish)
            assert (set(numbers(found.hits)), found.total) == (standing, len(standing)), (number, word)
            assert [asked.snippet(hit, [word]) for hit in found.hits] == [there[a][0] for a in numbers(found.hits)]
        listed = list(asked.listed_then(wish))
        assert numbers(listed) == sorted(there, reverse=True)  # all are of one minute: by their codes
        assert {a: hit.title for a, hit in zip(numbers(listed), listed, strict=True)} == {
            a: f"题{text}" for a, (text, _) in there.items()
        }
    assert asked.search(["题"], Wish(as_of=day(-1))).hits == []


def test_pages_of_a_list_meet(made_once: History) -> None:
    asked, wish = finder(made_once.output), Wish(as_of=day(9))
    found, after = list[Hit](), tuple[str, ...]()
    while some := list(islice(asked.listed_then(wish, after), 17)):
        found += some
        after = some[-1].published, some[-1].code, some[-1].file
    assert found == list(asked.listed_then(wish))
    limited = asked.search(["题"], wish, limit=5, start=3)
    assert (limited.total, limited.hits) == (len(found), asked.search(["题"], wish).hits[3:8])


def test_without_a_ledger_what_nothing_tells_is_counted(made_once: History, tmp_path: Path) -> None:
    asked = finder(made_once.output)
    asked._archive._ledger_url = f"sqlite:///{tmp_path / 'none'}"
    list(asked.listed_then(Wish(as_of=day(9))))
    assert asked.untold > 0
    with pytest.raises(ValueError, match="no article is about"):
        asked.secids_meant("联通")


def test_a_category_that_an_article_had_then_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, category in enumerate(("jia", "yi")):
        monkeypatch.setattr(revisions, "now", lambda number=number: day(number))
        with Run(tmp_path) as run:
            one = said(1, f"{number}", f"{number}")
            assert one.post
            write(run, [made(replace(one.post, category=category))])
    shutil.rmtree(tmp_path / "category")
    asked = finder(tmp_path)
    assert asked.categories("yi") == ("yi",)
    assert asked.categories("jia", day(0.5)) == ("jia",)
    for time in (None, day(1.5)):
        with pytest.raises(ValueError, match="no article is of the category jia: none is like it"):
            asked.categories("jia", time)


def test_no_posts_are_wrong_usage_and_leave_no_trace(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are no posts in"):
        finder(tmp_path).search(["x"])
    assert list(tmp_path.iterdir()) == []


def test_an_article_by_either_spelling_and_articles_in_the_order_that_is_asked(tmp_path: Path) -> None:
    put(tmp_path, *(post(number, body=f"<p>第{number}篇</p>") for number in (1, 2, 3)))
    asked = finder(tmp_path)
    code = post(2).code
    for spelled in (code, code.removeprefix("NW")):
        found = asked.article(spelled)
        assert found
        assert found.code == code
    assert asked.article("NW1") is None
    hits = asked.listed().hits
    (tmp_path / "_posts" / hits[1].file).unlink()
    assert [one.code for one in asked.articles([hits[2], hits[1], hits[0]])] == [hits[2].code, hits[0].code]
    assert asked.snippet(hits[1], ["篇"]) == ""
    assert asked.pictures(hits[1], ["1.600050"]) == []


def test_the_pictures_of_a_security_are_those_that_the_article_shows(tmp_path: Path) -> None:
    put(tmp_path, post(1, body=UNICOM * 2))
    asked = finder(tmp_path)
    (hit,) = asked.listed().hits
    (picture,) = asked.pictures(hit, ["1.600050"])
    assert "nid=1.600050" in picture
    assert asked.pictures(hit, ["0.000063"]) == []


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("", ["联通"], ""),
        ("中国联通", ["联通"], "中国联通"),
        ("中国\n 联通\t5G", ["5g"], "中国 联通 5G"),
        ("一" * 10, ["没有"], "一" * 10),
        ("一" * 200, ["没有"], "一" * _LENGTH + "…"),
        ("一" * 200, [], "一" * _LENGTH + "…"),
        ("一" * 200 + "联通", ["联通"], "…" + "一" * _BEFORE + "联通"),
        ("一" * 20 + "联通" + "二" * 200, ["联通"], "一" * 20 + "联通" + "二" * 58 + "…"),
        ("一" * 21 + "联通" + "二" * 200, ["联通"], "…" + "一" * 20 + "联通" + "二" * 58 + "…"),
        ("联通" + "一" * 100 + "移动", ["没有", "移动", "联通"], "…" + "一" * _BEFORE + "移动"),
        ("一" * 100 + "ＡＢＣ", ["abc"], "…" + "一" * _BEFORE + "ＡＢＣ"),
        ("一" * 100 + "联 通", ["联通"], "…" + "一" * _BEFORE + "联 通"),
    ],
)
def test_the_piece_with_the_first_word_that_is_there(text: str, words: list[str], shown: str) -> None:
    assert snippet(text, map(folded, words)) == shown


@pytest.mark.parametrize("name", ["2022-01-14-我的题目.md", "nw202201140000000001.md"])
def test_a_post_that_was_renamed_is_given_as_it_is_found(name: str, tmp_path: Path) -> None:
    file, _ = put(tmp_path, post(1), post(2))
    file.rename(file.with_name(name))
    asked = finder(tmp_path)
    for hits in (asked.listed().hits, asked.search(["标题"]).hits):
        assert sorted(hit.code for hit in hits) == [post(1).code, post(2).code]
        assert [one.code for one in asked.articles(hits)] == [hit.code for hit in hits]
    found = asked.article(post(1).code)
    assert found
    assert (found.code, found.file) == (post(1).code, name)
    assert asked.article(post(3).code) is None

"""Reprints are told, on both sides: measured on made-up pairs, of which some are alike and are none."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from data.samples import made
from data.test_as_of import day
from forked_scrapy import ROOT
from search.archives import finder, post, put

from crawler.data.archive import Archive
from crawler.data.wish import Wish
from crawler.items import Post
from crawler.search.index import ask
from crawler.search.reprints import reprints
from crawler.store import revisions
from crawler.store.run import Run

SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 1200)]
_words = random.Random(9)
WORDS = ["".join(_words.choices(SIGNS, k=_words.randint(1, 3))) for _ in range(3000)]
NAMES = ["".join(_words.choices(SIGNS, k=4)) for _ in range(50)]


def sentence(dice: random.Random) -> str:
    return "，".join("".join(dice.choices(WORDS, k=dice.randint(3, 7))) for _ in range(dice.randint(1, 4))) + "。"


def text(dice: random.Random) -> list[str]:
    return [sentence(dice) for _ in range(dice.randint(6, 40))]


def closed(sentences: list[str], medium: str) -> str:
    return "".join(f"<p>{one}</p>" for one in sentences) + f'<p class="em_media">（文章来源：{medium}）</p>'


def other_medium(dice: random.Random, said: list[str]) -> str:
    return closed(said, "另一家报")


def other_markup(dice: random.Random, said: list[str]) -> str:
    return (
        f"<div><strong>{said[0]}</strong><br/>{'　'.join(said[1:])}</div><p>责任编辑：某某</p><p>（文章来源：乙报）</p>"
    )


def shortened(dice: random.Random, said: list[str]) -> str:
    """By up to a third."""
    return closed(said[: len(said) - dice.randint(0, len(said) // 3)], "丙报")


def introduced(dice: random.Random, said: list[str]) -> str:
    """Sentences of its own round it, up to a third."""
    return closed([f"本报记者{dice.choice(NAMES)}报道", *said, *text(dice)[: dice.randint(0, len(said) // 3)]], "丁报")


def edited(dice: random.Random, said: list[str]) -> str:
    """A word in a sentence of three to twelve is another, the width of signs, too."""
    often = dice.randint(3, 12)
    changed = [
        one.replace(one[2:4], dice.choice(WORDS), 1) if not number % often else one for number, one in enumerate(said)
    ]
    return closed([one.replace("，", ",") for one in changed], "戊报")


def follow_up(dice: random.Random, said: list[str]) -> str:
    """Up to two thirds of it are quoted, in a text of its own."""
    return closed([*text(dice), *said[: dice.randint(1, len(said) * 2 // 3)]], "甲报")


def digest_of_it(dice: random.Random, said: list[str]) -> str:
    """Of up to two thirds of it."""
    return closed(said[: dice.randint(1, len(said) * 2 // 3)], "甲报")


def same_form(dice: random.Random, said: list[str]) -> str:
    """A report by form, of another company and another day."""
    return closed(
        [f"{one[: len(one) * 2 // 3]}{dice.choice(NAMES)}{dice.randint(1, 9999)}万元。" for one in said], "甲报"
    )


def another(dice: random.Random, said: list[str]) -> str:
    return closed(text(dice), "甲报")


REPRINTS = (other_medium, other_markup, shortened, introduced, edited)
OTHERS = (follow_up, digest_of_it, same_form, another)


def made_pairs(seed: int, count: int) -> tuple[list[Post], dict[str, str]]:
    """Posts, and by code that of its reprint, of those that have one."""
    dice, posts, same = random.Random(seed), list[Post](), dict[str, str]()
    for number in range(count):
        said = text(dice)
        kind = dice.choice(REPRINTS if number % 2 else OTHERS)
        one = post(2 * number, body=closed(said, "甲报"), title=f"题{number}")
        other = post(
            2 * number + 1, body=kind(dice, said), title=dice.choice([one.title, "又题"]), time="2022-01-15 08:00:00"
        )
        posts += [one, other]
        if kind in REPRINTS:
            same |= {one.code: other.code, other.code: one.code}
    return posts, same


def test_precision_and_recall_are_what_the_docs_say(tmp_path: Path) -> None:
    posts, same = made_pairs(1, 400)
    put(tmp_path, *posts)
    told = {(code, other) for code, others in ask(tmp_path, reprints, print).items() for other in others}
    right = told & {*same.items()}
    precision, recall = len(right) / len(told), len(right) / len(same)
    words = f"precision {precision:.3f}, recall {recall:.3f}"
    assert words in (ROOT / "docs" / "asking.md").read_text("utf-8"), words


def test_both_tell_of_each_other_and_a_changed_one_no_more(tmp_path: Path) -> None:
    posts, same = made_pairs(2, 12)
    put(tmp_path, *posts)
    asked = finder(tmp_path)
    archive = Archive(tmp_path, f"sqlite:///{tmp_path / 'state' / 'ledger.sqlite'}")

    def told() -> dict[str, tuple[str, ...]]:
        return {one.code: one.same_as for one in asked.with_reprints(archive.articles()) if one.same_as}

    assert told() == {code: (other,) for code, other in same.items()} != {}
    code, other = next(iter(same.items()))
    (only,) = asked.with_reprints(archive.articles(codes=[code]), codes=[code])
    assert only.same_as == (other,)
    put(tmp_path, replace(next(one for one in posts if one.code == code), body="<p>别的</p>"))
    assert told().keys() == same.keys() - {code, other}


@pytest.mark.parametrize(
    "bodies",
    [
        ["<p>短讯：涨停。</p>"] * 2,  # made by forms
        [f"<p>{'告示' * 30}{'一二三四五六七八九十' * 9}</p>"] * 25,  # what many have is a form
        ["", ""],
    ],
    ids=["short", "of many", "none"],
)
def test_what_is_no_reprint(bodies: list[str], tmp_path: Path) -> None:
    put(tmp_path, *(post(number, body=body) for number, body in enumerate(bodies)))
    assert ask(tmp_path, reprints, print) == {}


def test_two_spellings_of_one_code_are_one_article(tmp_path: Path) -> None:
    one = post(1, body=closed(text(random.Random(3)), "甲报"))
    put(tmp_path, one, replace(one, code=one.code.removeprefix("NW")))
    assert ask(tmp_path, reprints, print) == {}


def test_as_of_a_time_no_later_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = text(random.Random(4))
    for number in (1, 2):
        monkeypatch.setattr(revisions, "now", lambda number=number: day(number))
        with Run(tmp_path) as run:
            run.store(
                [made(post(number, body=closed(said, f"{number}报"), sources=(("share", (1, 1, 1, "x"), ("text",)),)))]
            )
    asked, archive = finder(tmp_path), Archive(tmp_path, f"sqlite:///{tmp_path / 'state' / 'ledger.sqlite'}")
    for moment, named in ((1, {post(1).code: ()}), (2, {post(1).code: (post(2).code,), post(2).code: (post(1).code,)})):
        wish = Wish(as_of=day(moment))
        assert {one.code: one.same_as for one in asked.with_reprints(archive.articles(wish), wish)} == named

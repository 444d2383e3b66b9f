"""What is found: every phrase that stands in a title or a text, in the order of how well it fits."""

import random
from pathlib import Path

import pytest
from full_or_small import size
from search.archives import alike, codes, drawn, finder, post, put, shown

from crawler.data.wish import Wish, day
from crawler.search import query


@pytest.mark.long
@pytest.mark.timeout(size(120, 3600))
@pytest.mark.parametrize("seed", range(size(3, 1)))
def test_every_phrase_is_found_where_it_stands_and_nowhere_else(seed: int, tmp_path: Path) -> None:
    posts = drawn(seed, size(150, 20_000))
    put(tmp_path, *posts)
    asked, rng = finder(tmp_path), random.Random(seed)
    texts = {one.code: [alike(part) for part in shown(one)] for one in posts}
    for _ in range(300):
        text = rng.choice(shown(rng.choice(posts)))
        length = rng.randint(1, 6)
        at = rng.randrange(max(1, len(text) - length + 1))
        if not (phrase := text[at : at + length]):
            continue
        standing = {code for code, parts in texts.items() if any(alike(phrase) in part for part in parts)}
        found = asked.search([phrase])
        assert (codes(found), found.total) == (standing, len(standing)), phrase


def test_several_words_may_stand_anywhere_and_blanks_end_a_word(tmp_path: Path) -> None:
    put(tmp_path, post(1, title="联通", body="<p>业绩</p>"), post(2, title="联通业", body="<p>绩</p>"))
    asked = finder(tmp_path)
    assert codes(asked.search(["联通", "业绩"])) == codes(asked.search(["联通\u3000业绩 业绩"])) == {post(1).code}
    assert codes(asked.search(["业绩"])) == {post(1).code}  # not across title and text


def test_full_width_and_capitals_make_no_difference(tmp_path: Path) -> None:
    put(tmp_path, post(1, body="<p>５Ｇ Ｃloud</p>"), post(2, body="<p>5g cLOUD</p>"))
    for words in ("5G", "５ｇ", "CLOUD", "gCl"):
        assert finder(tmp_path).search([words]).total == 2


def test_letters_are_the_same_with_their_accents_beside_them(tmp_path: Path) -> None:
    one, apart = "Café ガ", "Cafe\u0301 カ\u3099"
    put(
        tmp_path,
        post(1, title=one),
        post(2, title=apart),
        post(3, body=f"<p>{one}</p>"),
        post(4, body=f"<p>{apart}</p>"),
    )
    asked = finder(tmp_path)
    for word in ("Café", "cafe\u0301", "É", "e\u0301", "ガ", "ｶﾞ", "カ\u3099"):
        found = asked.search([word])
        assert codes(found) == {post(number).code for number in range(1, 5)}, word
        assert {asked.snippet(hit, [word]) for hit in found.hits if hit.code > post(2).code} == {one, apart}
    assert asked.search(["è"]).total == 0


HOSTILE = [
    '"', '""', "'", "*", "^", "+", "-", ":", "title:", "title : x", "{title}: x", "(", ")", "NEAR(a b)", "a OR b", "NOT", "AND",
    "a AND", "%", "_", "\\", ";", "');--", "\0", "a\0b", "\ud800", "\udce4", "\u200b", "\U0001f4c8", "?", "?1", ":x", "@x", "$x",
    "x" * 10_000, "联通" * 5_000, '"' * 10_000, " ".join(map(str, range(2_000))), "\u0301", "\ufdfa" * 1_000,
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: ascii(words)[:20])
def test_hostile_words_are_words(words: str, tmp_path: Path) -> None:
    put(tmp_path, post(1), post(2, body=f"<p>{'联通' * 20}</p>"))
    asked = finder(tmp_path)
    if words in {"\0", "\u200b"}:
        with pytest.raises(ValueError, match="at least one word"):
            asked.search([words])
    else:
        assert asked.search([words]).total == 0


@pytest.mark.parametrize(
    "sign", ['"', "*", "(", "NEAR(a b)", "title:x", "a OR b", "');--", "\\", "' OR 1=1", "联通" * 3_000]
)
def test_signs_of_a_syntax_are_found(sign: str, tmp_path: Path) -> None:
    put(tmp_path, post(1, body="<p>x</p>"), post(2, body=f"<p>{sign}</p>"), post(3, body=f"<p>{sign[:-1]}</p>"))
    assert codes(finder(tmp_path).search([sign])) == {post(2).code}


def test_the_title_counts_most_then_how_often_then_what_is_new(tmp_path: Path) -> None:
    filler = "文" * 50
    put(
        tmp_path,
        post(1, body=f"<p>联通{filler}</p>", time="2022-01-10 10:00:00"),
        post(2, body=f"<p>联通{filler}</p>", time="2022-01-12 10:00:00"),
        post(3, body=f"<p>{'联通' * 5}{filler[:-8]}</p>", time="2022-01-01 10:00:00"),
        post(4, body=f"<p>{filler}文文</p>", title="联通", time="2022-01-01 10:00:00"),
        post(5, body=f"<p>{filler}</p>"),
    )
    hits = finder(tmp_path).search(["联通"]).hits
    assert [hit.code for hit in hits] == [post(number).code for number in (4, 3, 2, 1)]
    assert finder(tmp_path).search(["联通"], limit=2).total == 4
    assert finder(tmp_path).search(["联通"], limit=2).hits == hits[:2]


def test_where_thousands_have_it_the_title_still_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "_MOST_RANKED", 3)
    some = [post(number, body="<p>联通</p>", time=f"2022-01-{number:02} 10:00:00") for number in range(1, 7)]
    put(tmp_path, *some, post(9, title="联通", time="2021-01-01 00:00:00"))
    hits = finder(tmp_path).search(["联通"]).hits
    assert [hit.code for hit in hits] == [post(number).code for number in (9, 6, 5, 4, 3, 2, 1)]


def test_filters(tmp_path: Path) -> None:
    unicom, other = '<span data-code="1,600050">中国联通</span>', '<span data-code="0,000063">中兴通讯</span>'
    put(
        tmp_path,
        post(1, body=f"<p>联通{unicom}</p>", time="2022-01-09 23:59:59"),
        post(2, body=f"<p>联通{unicom}</p>", time="2022-01-10 00:00:00"),
        post(3, body=f"<p>联通{other}</p>", time="2022-01-11 23:59:59", category="yi"),
        post(4, body="<p>联通</p>", time="2022-01-12 00:00:00", category="yi"),
    )
    asked = finder(tmp_path)
    wishes = {
        (2, 3): Wish(since=day("2022-01-10"), until=day("2022-01-11")),
        (3, 4): Wish(categories=["yi"]),
        (1, 2): Wish(secids=asked.secids_meant("中国联通")),
        (2, 1): Wish(secids=asked.secids_meant("６０００５０．ＳＨ")),
        (1, 2, 3): Wish(secids=[*asked.secids_meant("600050"), *asked.secids_meant("000063.SZ")]),
        (3,): Wish(secids=asked.secids_meant("0.000063"), categories=["yi", "x"], until=day("2022-01-11")),
    }
    for numbers, wish in wishes.items():
        expected = {post(number).code for number in numbers}
        assert codes(asked.search(["联通"], wish)) == codes(asked.listed(wish)) == expected
        assert asked.search(["联通"], wish).total == asked.listed(wish, 1).total == len(numbers)
    (tmp_path / "category").mkdir()
    (tmp_path / "category" / "gone.html").touch()  # a list that has no article
    assert asked.categories(" yi,, renminyoudianbao,gone") == ("yi", "renminyoudianbao", "gone")
    with pytest.raises(ValueError, match="no article is of the category yii: did you mean yi"):
        asked.categories("yi,yii")
    with pytest.raises(ValueError, match="no article is about 600051: did you mean"):
        asked.secids_meant("600051")

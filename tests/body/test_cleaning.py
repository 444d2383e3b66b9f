"""Cleaning: golden folders for each piece of furniture, the real bodies of shared/posts, what is counted and safe."""

import difflib
from pathlib import Path

import pytest
from bodies import real_bodies
from run_scrapy import shared_posts

from crawler.body import clean, is_safe, profile

GOLDEN = sorted((Path(__file__).parent / "golden").iterdir())
BASE = "https://finance.eastmoney.com/a/202201010000000001.html"
LISTED = ("display:none", "quote_", "风险自担", "<span", "</span", "sp", "n", "\r\n ")


@pytest.mark.parametrize("name", ["source", "standard"])
@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_furniture(folder: Path, name: str) -> None:
    given, wanted = ((folder / f"{stem}.html").read_bytes().decode() for stem in ("input", name))
    cleaned = clean(given, profile(name), BASE)
    assert cleaned.body == wanted
    assert cleaned.fallback is None
    assert is_safe(cleaned.body)
    assert bool(cleaned.counts) == (given != wanted)


def test_source_leaves_every_real_body_as_it_is() -> None:
    shared_posts()
    real = list(real_bodies())
    assert len(real) >= 8
    for name, body in real:
        cleaned = clean(body, profile("source"))
        assert (name, cleaned.body, dict(cleaned.counts)) == (name, body, {})


def test_standard_only_takes_away_what_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    shared_posts()
    for name, body in real_bodies():
        cleaned = clean(body, profile("standard")).body
        for kind, start, end, new, new_end in difflib.SequenceMatcher(
            None, body, cleaned, autojunk=False
        ).get_opcodes():
            if kind == "equal":
                continue
            gone, put = body[start:end], cleaned[new:new_end]
            print(f"{name} {start}:{end} {gone!r} -> {put!r}")
            assert put in ("", "a"), "nothing but the name of a link is ever written"
            assert any(mark in gone for mark in LISTED), gone
    assert "display:none" in capsys.readouterr().out


def test_the_source_rule_is_literal() -> None:
    for count in range(9):
        assert (
            clean("<p>" + "\u3000" * count + "x</p>", profile("source")).body
            == "<p>" + "\u3000" * (count % 2) + "x</p>"
        )


def test_each_cut_is_counted_by_the_name_of_its_edit() -> None:
    cleaned = clean('<p onclick="x">　　甲　　乙</p><script>x</script><!--丙-->', profile("standard"))
    assert cleaned.body == "<p>甲乙</p>"
    assert cleaned.counts == {"pairs": 2, "attributes": 1, "elements": 1, "comments": 1}


@pytest.mark.parametrize(
    "body", ["<p>甲", "<p onclick=x>甲</p>", "<script>x</script>", "{{ 甲 }}", "<p>甲\0</p>", "\ufeff<p>甲</p>"]
)
def test_a_body_on_which_a_safety_edit_would_act_is_not_safe(body: str) -> None:
    assert not is_safe(body)
    assert is_safe(clean(body, profile("source")).body)

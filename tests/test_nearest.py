"""A wrong word is answered with the right one, or with none."""

import pytest

from crawler.nearest import answer, nearest, suggest

SETTINGS = ("FINEWS_OUTPUT_DIR", "FINEWS_CLEANING", "FINEWS_CLEANING_ADD", "FINEWS_LANG")


@pytest.mark.parametrize(
    ("word", "words", "told"),
    [
        ("crwal", ["crawl", "check", "reprocess"], "did you mean crawl?"),
        ("CRAWL", ["crawl"], "did you mean crawl?"),
        ("FINEWS_CLEANNG", SETTINGS, "did you mean FINEWS_CLEANING?"),
        ("output_dir", SETTINGS, "did you mean FINEWS_OUTPUT_DIR?"),
        ("FINEWS_XYZZY", SETTINGS, "none is like it."),
        ("crawl", ["crawls"], "did you mean crawls?"),
        ("crawl", [], "none is like it."),
        ("", SETTINGS, "none is like it."),
    ],
)
def test_the_right_word_is_said_as_it_is_written(word: str, words: list[str], told: str) -> None:
    assert suggest(word, words) == told


def test_of_words_that_are_as_near_one_that_begins_alike() -> None:
    assert nearest("600051", ["700051", "600052", "500051"]) == "600052"
    assert nearest("600051", iter(["700051"])) == "700051"


def test_how_near_a_word_must_be() -> None:
    assert nearest("abcd", ["abxx"]) is None
    assert nearest("abcd", ["abxx"], 0.5) == "abxx"


def test_an_answer() -> None:
    assert (answer("crawl"), answer(None), answer("")) == (
        "did you mean crawl?",
        "none is like it.",
        "none is like it.",
    )

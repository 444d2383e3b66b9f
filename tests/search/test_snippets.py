"""The piece of a text that is shown is the one with the word in it, as the text spells it."""

import pytest

from crawler.search.folding import folded
from crawler.search.snippets import _BEFORE, _LENGTH, snippet


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

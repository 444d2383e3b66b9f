"""A place in a page is told without reading the tags before it, as reading all of them tells it."""

import random

import pytest
from pages.eastmoney.adversary import page

from crawler.markup import tokens
from crawler.pages.eastmoney.token_start import UNUSED, token_start


@pytest.mark.parametrize(
    ("source", "needle", "start"),
    [
        ("<p>甲<b>乙</b>", "乙", 7),
        ("<p>甲<a title='x'>", "title", 4),
        ("<p><a title='1 > 0'>", "0'", 3),
        ('<p>he said "x" and 乙', "乙", 19),
        ("<!-- <p>甲 -->", "甲", 0),
        ("<script>a='<p>乙'</script>", "乙", 0),
        ("<template><p>甲</template>", "甲", 0),
        ("<SCRIPT>x</SCRIPT><p>甲", "甲", 0),
        ("<section><p>甲", "甲", 12),
        ("1 < 2 甲", "甲", 6),
    ],
)
def test_where_a_token_begins(source: str, needle: str, start: int) -> None:
    assert token_start(source, 0, source.index(needle)) == start


def test_it_is_a_place_from_which_reading_on_comes_to_the_same_token() -> None:
    dice = random.Random(7)
    for seed in range(150):
        source = page(seed)
        read_on = list(tokens(source))
        for place in dice.sample(range(len(source)), 15):
            inside = next((token for token in read_on if token.start <= place < token.end), None)
            begin = token_start(source, 0, place)
            assert begin <= (inside.start if inside else place), (seed, place)
            again = next((token for token in tokens(source, begin) if token.end > place), None)
            is_hidden = inside is not None and any(f"<{name}" in source[begin:place].lower() for name in UNUSED)
            assert is_hidden or again is None or again.start > place or again == inside, (seed, place)

"""What a body shows without some of its elements: a text that is there in one place is a copy, what is short or in pieces is none."""

import pytest

from crawler.body.shown_text import ShownText

SHOWN = "<p>订单排到年底，产线 <b>已经</b>投产。</p>"


@pytest.mark.parametrize(
    ("markup", "has"),
    [
        ("<div>订单排到年底，\n产线已经投产。</div>", True),
        ("订单排到年底，产线已经<i>投产</i>", True),
        ("订单排到年底，产线尚未投产。", False),
        ("产线已经投产。", False),  # so few characters are in two places by accident
        ("", False),
    ],
)
def test_all_of_a_text_in_one_place(markup: str, has: bool) -> None:
    assert ShownText(SHOWN, []).has(markup) is has


def test_what_is_left_out_shows_nothing_and_joins_nothing() -> None:
    source = f"{SHOWN}甲乙丙丁戊己<span hidden>隐</span>庚辛壬癸子丑"
    assert not ShownText(source, [(0, len(SHOWN))]).has(SHOWN)
    hidden = source.index("<span"), source.index("</span>") + len("</span>")
    assert not ShownText(source, [hidden]).has("甲乙丙丁戊己庚辛壬癸子丑")
    overlapping = [(0, 5), (2, len(SHOWN)), (3, 4)]
    assert ShownText(source, overlapping).has("甲乙丙丁戊己隐庚辛壬癸子丑")


def test_so_many_are_looked_for_and_no_more() -> None:
    shown = ShownText(SHOWN, [])
    assert all(shown.has(SHOWN) for _ in range(64))
    assert shown.is_spent
    assert not shown.has(SHOWN)

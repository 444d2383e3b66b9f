"""Hostile rows, hostile sizes, and a fixed number of mutated bodies."""

import time

import pytest
from full_or_small import size
from fuzz import HOSTILE, PROFILES, faults, run
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.body import clean, profile

SIZE = size(15_000, 60_000)
HUGE = {
    "nothing": "",
    "blanks": " " * SIZE,
    "text": "x中" * (SIZE // 2),
    "paragraphs": ("<p>" + "中文字" * 30 + "</p>") * (SIZE // 97),
    "nested": "<div>" * (SIZE // 5),
    "nested and closed": "<b>" * (SIZE // 7) + "</b>" * (SIZE // 7),
    "crossed": "<b><p>" * (SIZE // 6),
    "signs": "<" * SIZE,
    "open tags": "<a " * (SIZE // 3),
    "open comments": "<!--" * (SIZE // 4),
    "open values": '<a b="' * (SIZE // 6),
    "entities": "&amp;" * (SIZE // 5),
    "numeric": "&#1" * (SIZE // 3),
    "braces": "{{" * (SIZE // 2),
    "brackets": "](" * (SIZE // 2),
    "surrogates": "\ud800" * SIZE,
    "controls": "\0" * SIZE,
    "attributes": "<p " + 'a="b" ' * (SIZE // 6) + ">x</p>",
    "handlers": "<p " + "onx=b " * (SIZE // 6) + ">x</p>",
    "styles": '<p style="' + "position:fixed;" * (SIZE // 15) + '">x</p>',
    "svg": "<svg>" * (SIZE // 5),
    "notices": "<p>责任编辑：" * (SIZE // 8),
    "fillers": '<p style="display:none">' * (SIZE // 24),
    "lines": "a\r\n" * (SIZE // 3),
    "hostile": "".join(HOSTILE) * 8,
}


@pytest.mark.parametrize("row", HOSTILE)
def test_hostile_row(row: str) -> None:
    assert faults(row) == []


@pytest.mark.long
@pytest.mark.parametrize("name", HUGE)
def test_hostile_size(name: str) -> None:
    assert faults(HUGE[name]) == []


def test_very_deeply_nested_tags() -> None:
    depth = size(10_000, 100_000)
    for rules in PROFILES:
        body = clean("<div>" * depth + "x" + "</div>" * depth, rules).body
        assert body == "<div>" * 100 + "x" + "</div>" * 100


@pytest.mark.long
@pytest.mark.parametrize(
    "body", ["x中" * 20_000, ("<p>" + "中文" * 40 + "</p>") * 500, "<p onclick=x>y" * 600, "<b>{{" * 1_500]
)
def test_ten_times_the_body_takes_ten_times_as_long(body: str) -> None:
    def took(text: str) -> float:
        best = float("inf")
        for _ in range(3):
            started = time.process_time()
            clean(text, profile("standard"))
            best = min(best, time.process_time() - started)
        return best

    assert took(body * 10) < 30 * took(body) + 0.5  # a square would be a hundred times


def test_mutated_bodies() -> None:
    assert run(size(1_000, 25_000), seed=20_220_114) == 0


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_string(text: str) -> None:
    assert faults(text) == []

"""Hostile rows, hostile sizes, and a small fixed number of mutated bodies."""

import time
from collections.abc import Callable

import pytest
from fuzz import HOSTILE, PROFILES, faults, run
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import dangers

from crawler.body import clean, fallback, is_safe, profile
from crawler.body.judge import is_harmless

SIZE = 60_000
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


@pytest.mark.parametrize("name", HUGE)
def test_hostile_size(name: str) -> None:
    assert faults(HUGE[name]) == []


def test_a_hundred_thousand_nested_tags() -> None:
    for rules in PROFILES:
        body = clean("<div>" * 100_000 + "x" + "</div>" * 100_000, rules).body
        assert body == "<div>" * 100 + "x" + "</div>" * 100


@pytest.mark.parametrize(
    "body", ["x中" * 20_000, ("<p>" + "中文" * 40 + "</p>") * 500, "<p onclick=x>y" * 3_000, "<b>{{" * 8_000]
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
    assert run(4_000, seed=20_220_114) == 0


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_string(text: str) -> None:
    assert faults(text) == []


def test_the_judge_sees_what_browsers_run() -> None:
    for body in (
        "<svg onload=x>",
        "<a href='javascript:x'>y</a>",
        "<p style='position:fixed'>x</p>",
        "<a href='weixin://x'>y</a>",
        "<math><style><img onerror=x>",
    ):
        assert not is_harmless(body)
        assert not is_safe(body)
    for body in (
        "<p web=1 data-x='y' orginial_src='z'>x</p>",
        "<o:p></o:p>",
        "<a href='mailto:x@y.cn'>y</a>",
        "<td>x",
        "1 < 2 & 3",
    ):
        assert is_harmless(body)


@pytest.mark.parametrize(("name", "write"), fallback.WRITERS, ids=lambda value: value if isinstance(value, str) else "")
def test_every_writer_ends_in_a_safe_body(name: str, write: Callable[[str], str]) -> None:
    for row in [*HOSTILE, "".join(HOSTILE), "<div>" * 3_000]:
        body = clean(write(row.encode("utf-8", "replace").decode()), profile("standard")).body
        assert is_safe(body), name
        assert dangers(body) == [], name

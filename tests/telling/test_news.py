"""What of a run's end is news, and in which words."""

from typing import Any

import pytest

from crawler import exits
from crawler.telling.memory import Memory
from crawler.telling.news import RunEnd, _failures, news


def test_every_kind_of_list_that_is_missing_is_named() -> None:
    lists = {f"lists_{kind}": [f"http://h/{kind}"] for kind in ("failed", "refused", "unseen")}
    assert [*_failures({**lists, "failed": []})] == [
        f"list http://h/{kind}" for kind in ("failed", "refused", "unseen")
    ]


WELL, FAILED = Memory(), Memory(exit_code=5, quiet=["rate"])
REPORT: dict[str, Any] = {
    "output": "out", "run": "r1", "found": 3, "written": 1, "unchanged": 0, "quarantined": 2, "out_of_scope": 0, "unfinished": 0,
    "exit_code": 5, "counts": {}, "reasons": {}, "given_up": {"a.example": "HTTP status 403"},
    "failed": [{"id": f"NW{n}", "reason": "no title" if n < 2 else "no body", "title": "", "url": ""} for n in range(3)],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "quiet", "before", "title"),
    [
        (0, {}, WELL, None),
        (5, {}, WELL, "finews crawl: exit 5"),
        (5, {}, FAILED, None),
        (8, {}, FAILED, "finews crawl: exit 8"),
        (0, {}, FAILED, "finews crawl: well again"),
        (11, {}, WELL, None),
        (11, {}, FAILED, None),
        (0, {"rate": "few"}, WELL, "finews crawl: gone quiet"),
        (5, {"rate": "few"}, FAILED, None),
        (5, {"list x": "nothing"}, FAILED, "finews crawl: exit 5"),
        (0, {"list x": "nothing"}, FAILED, "finews crawl: well again"),
    ],
)
def test_news_is_what_was_not_told_before(code: int, quiet: dict[str, str], before: Memory, title: str | None) -> None:
    told = news("crawl", RunEnd(code, None, ""), quiet, before)
    assert (told and told.title) == title


def test_a_failure_is_told_with_its_reasons_hosts_and_report() -> None:
    told = news("crawl", RunEnd(5, REPORT, ""), {"rate": "few\x07"}, WELL)
    assert told is not None
    assert told.text.splitlines() == [
        f"exit 5: {exits.WORDS[5]}",
        "gone quiet: few\\x07",
        "a.example: HTTP status 403",
        "2 x no title",
        "1 x no body",
        "report out/reports/r1.json",
    ]
    well = news("crawl", RunEnd(0, REPORT, ""), {}, FAILED)
    assert well is not None
    assert well.text.splitlines() == ["exit 0: all well", "before it was exit 5", "report out/reports/r1.json"]


def test_of_many_five_are_named_and_no_line_is_long() -> None:
    many = {**REPORT, "lists_failed": [f"http://h/{n}" for n in range(7)], "failed": [], "given_up": {}}
    assert [*_failures(many)][4:] == ["list http://h/4", "and 2 more"]
    long = news("crawl", RunEnd(2, None, "x" * 1000), {}, WELL)
    assert long is not None
    assert max(map(len, long.text.splitlines())) == 300


def test_an_end_says_its_sentence_and_all_of_the_summary() -> None:
    assert RunEnd(6, None, "").sentence == f"exit 6: {exits.WORDS[6]}"
    assert RunEnd(2, None, "no such\nsetting").sentence == "exit 2: no such\\nsetting"
    assert RunEnd(99, None, "").sentence == "exit 99: wrong usage"
    assert RunEnd(5, None, "").text == RunEnd(5, None, "").sentence
    text = RunEnd(7, REPORT, "disk full").text
    assert text.startswith("disk full\narticles: found 3, written 1")
    assert RunEnd(5, REPORT, "").text.startswith("articles: found 3")

"""What is noted of inputs comes back as it was put, is numbered and ordered, and leaves no file behind."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.reprocess.noted import Noted
from crawler.reprocess.reading import ReportLine
from crawler.reprocess.spool import PLACE

ODD = "\ud800\0\u2028\U0001f600"
DIGITS = [f"2022011422481{n:05}" for n in (3, 1, 2)]
LAST = (1 << 63) - 1
"""The largest number of a batch."""


def _noted(folder: Path) -> Noted:
    made = Noted(folder)
    for part in range(2):
        made.add(
            [
                (ReportLine("a", "read", ODD, [f"NW{DIGITS[0]}", DIGITS[1]]), _at(part, DIGITS[1], f"NW{DIGITS[0]}")),
                (ReportLine(f"{ODD}{part}", "read", "a list"), _at(part + 10, *DIGITS)),
                (ReportLine("cut", "out_of_scope", is_page=False, missing=f"NW{DIGITS[2]}", withdrawn=ODD), []),
            ]
        )
    return made


def _at(place: int, *codes: str) -> list[tuple[str, int]]:
    return [(code, LAST - part << PLACE | place) for part, code in enumerate(codes)]


def test_lines_are_as_they_were_and_each_has_its_name(tmp_path: Path) -> None:
    made = _noted(tmp_path / "state")
    assert [line.path for line in made] == ["a", f"{ODD}0", "cut", "a (2)", f"{ODD}1", "cut (2)"]
    assert next(iter(made)) == ReportLine("a", "read", ODD, [f"NW{DIGITS[0]}", DIGITS[1]])
    assert (made.lines, made.articles, made.has_page, made.has_lost) == (6, 3, True, False)
    assert not list((tmp_path / "state").iterdir()), "a kill leaves nothing"
    made.close()


def test_whoever_is_interrupted_has_noted_what_came(tmp_path: Path) -> None:
    def lines() -> Iterator[tuple[ReportLine, list[tuple[str, int]]]]:
        yield ReportLine("a", "read"), _at(1, DIGITS[0])
        yield ReportLine("b", "read"), []
        raise KeyboardInterrupt

    noted = Noted(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        noted.add(lines())
    noted.add([(ReportLine("c", "read"), [])])
    assert ([line.path for line in noted], noted.lines, noted.articles) == (["a", "b", "c"], 3, 1)
    noted.close()


def test_addresses_are_in_the_order_of_articles_and_of_what_was_read(tmp_path: Path) -> None:
    made = _noted(tmp_path)
    said = dict(made.said())
    assert [*said] == sorted(DIGITS)
    assert said[DIGITS[0]] == [LAST - 1 << PLACE | 0, LAST << PLACE | 10, LAST - 1 << PLACE | 1, LAST << PLACE | 11]
    assert [made.names(code) for code in (DIGITS[2], f"NW{DIGITS[2]}", "9")] == [True, True, False]
    tellers = [made.teller(digits) for digits in DIGITS]
    assert [line and line.path for line in tellers] == ["a", "a", None], "a list is none"
    made.close()


def test_what_misses_an_article_is_given_in_parts_and_may_be_changed(tmp_path: Path) -> None:
    made = _noted(tmp_path)
    made.add([(ReportLine("cut", "out_of_scope", missing=DIGITS[0]), [])] * 300)
    seen = []
    for some in made.missing():
        for number, line in some:
            line.outcome = "quarantined"
            made.change(number, line)
            seen.append(number)
    assert seen == [2, 5, *range(6, 306)]
    assert {line.outcome for line in made if line.missing} == {"quarantined"}
    assert made.has_lost
    made.close()


def test_a_disk_that_refuses_is_told_as_one(tmp_path: Path) -> None:
    made = _noted(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, hard))
    try:
        with pytest.raises(OSError, match="what is noted"):
            made.add([(ReportLine(f"{number} {'x' * 100_000}", "read"), []) for number in range(100)])
        resource.setrlimit(resource.RLIMIT_FSIZE, (512, hard))
        with pytest.raises(OSError, match="what is noted"):
            Noted(tmp_path / "full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list((tmp_path / "full").iterdir())
    made.close()

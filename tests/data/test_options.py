"""Options tell which articles are wanted; a time without a zone is Beijing's, and that is said."""

import argparse
from collections.abc import Collection
from datetime import date, datetime

import pytest

from crawler.data import options
from crawler.data.wish import Wish
from crawler.times import BEIJING


def wish(*typed: str, as_of: bool = True) -> Wish:
    parser = argparse.ArgumentParser()
    options.add(parser)
    if as_of:
        options.add_as_of(parser)

    def categories(spelled: str, time: datetime | None) -> Collection[str]:
        return [f"{slug}@{time and time.year}" for slug in spelled.split(",") if slug]

    return options.wish_of(parser.parse_args(typed), lambda stock: {f"1.{stock}"}, categories)


def test_what_is_not_said_leaves_nothing_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert wish() == wish(as_of=False) == Wish(categories=[])
    assert capsys.readouterr().err == ""


def test_all_that_can_be_said(capsys: pytest.CaptureFixture[str]) -> None:
    typed = ("--since", "2022-01-14", "--until", "2022-01-15", "--category", "jia,yi", "--stock", "600050")
    assert wish(*typed, "--as-of", "2025-09-23T01:30Z") == Wish(
        since=date(2022, 1, 14),
        until=date(2022, 1, 15),
        categories=["jia@2025", "yi@2025"],
        secids={"1.600050"},
        as_of=datetime(2025, 9, 23, 9, 30, tzinfo=BEIJING),
    )
    assert capsys.readouterr().err == ""


def test_a_time_without_a_zone_is_said_to_be_beijing_s(capsys: pytest.CaptureFixture[str]) -> None:
    assert wish("--as-of", "2025-09-23T09:30").as_of == datetime(2025, 9, 23, 9, 30, tzinfo=BEIJING)
    told = capsys.readouterr()
    assert (told.out, "Beijing" in told.err, "2025-09-23T09:30:00+08:00" in told.err) == ("", True, True)


@pytest.mark.parametrize(
    "typed",
    [("--since", "x"), ("--until", "14.1.2022"), ("--as-of", ""), ("--since", "2022-01-15", "--until", "2022-01-14")],
)
def test_what_is_no_day_or_time_is_refused(typed: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"is written so|is after"):
        wish(*typed)

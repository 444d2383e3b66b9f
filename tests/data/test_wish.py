"""Which articles are wanted: those that pass all that is said, by days of Beijing."""

from datetime import date, datetime
from pathlib import Path

import pytest
from data.samples import UNICOM, post, stored

from crawler.data.wish import ALL, Wish, day, moment
from crawler.times import BEIJING


def test_filters_leave_out_what_does_not_pass_all_of_them(tmp_path: Path) -> None:
    later = post(2, time="2022-01-15 00:00:00", category="yi", body="<p>2</p>")
    data = stored(tmp_path, post(1), later, post(3, time="2022-01-16 23:59:59", body=UNICOM))
    wishes = {
        "since": (Wish(since=date(2022, 1, 15)), [2, 3]),
        "until": (Wish(until=date(2022, 1, 15)), [1, 2]),
        "one day": (Wish(since=date(2022, 1, 16), until=date(2022, 1, 16)), [3]),
        "category": (Wish(categories={"yi", "other"}), [2]),
        "stock": (Wish(secids={"1.600050"}), [1, 3]),
        "both": (Wish(secids={"1.600050"}, until=date(2022, 1, 15)), [1]),
    }
    for name, (wish, numbers) in wishes.items():
        assert [int(one.code[-4:]) for one in data.articles(wish)] == numbers, name
    assert [one.code for one in data.articles(codes={later.code})] == [later.code]


def test_times_and_days_as_they_are_typed() -> None:
    told, has_zone = moment("2025-09-23T09:30")
    assert (told, has_zone) == (datetime(2025, 9, 23, 9, 30, tzinfo=BEIJING), False)
    assert moment("2025-09-23T01:30Z") == (told, True)
    for wrong in ("yesterday", "2025-13-01", ""):
        with pytest.raises(ValueError, match="is written so"):
            moment(wrong)
        with pytest.raises(ValueError, match="is written so"):
            day(wrong)


@pytest.mark.parametrize(
    ("wish", "days"),
    [
        (ALL, "13 14 15 16"),
        (Wish(since=date(2022, 1, 14)), "14 15 16"),
        (Wish(until=date(2022, 1, 14)), "13 14"),
        (Wish(since=date(2022, 1, 15), until=date(2022, 1, 15)), "15"),
    ],
)
def test_both_days_are_among_those_that_are_wanted(wish: Wish, days: str) -> None:
    assert [told for told in ("13", "14", "15", "16") if wish.wants_day(f"2022-01-{told}")] == days.split()


def test_days_between_which_there_is_none_are_refused() -> None:
    with pytest.raises(ValueError, match="since 2022-01-16 is after until 2022-01-15"):
        Wish(since=date(2022, 1, 16), until=date(2022, 1, 15))

"""Trading days of the exchanges, as an article's readers in China count them."""

from datetime import date, datetime, timedelta, timezone

import pytest

from crawler.pictures.calendar import shown_day, trading_day
from crawler.times import BEIJING


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("market", "moment", "day"),
    [
        (1, "2022-01-14 13:02", "2022-01-14"),
        (1, "2022-01-14 00:00", "2022-01-14"),  # before the bell of its own day
        (1, "2022-01-14 23:59", "2022-01-14"),
        (1, "2022-01-15 10:00", "2022-01-14"),  # Saturday
        (0, "2022-01-30 10:00", "2022-01-28"),  # a Sunday on which offices worked
        (90, "2022-02-04 10:00", "2022-01-28"),  # Spring Festival
        (113, "2022-10-07 10:00", "2022-09-30"),
        (116, "2022-02-04 10:00", "2022-02-04"),  # Hong Kong trades again
        (116, "2022-12-26 10:00", "2022-12-23"),
        (116, "2023-09-01 10:00", "2023-08-31"),  # typhoon
        (106, "2022-05-26 09:00", "2022-05-25"),  # New York closed five hours ago
        (106, "2022-05-26 21:29", "2022-05-25"),  # summer time
        (106, "2022-05-26 21:30", "2022-05-26"),
        (105, "2022-01-14 22:29", "2022-01-13"),  # winter time
        (105, "2022-01-14 22:30", "2022-01-14"),
        (107, "2022-05-31 12:00", "2022-05-27"),  # Memorial Day was Monday
        (155, "2022-06-03 18:00", "2022-06-01"),  # jubilee holidays
        (100, "2022-02-04 10:00", "2022-02-04"),
        (999, "2022-01-16 10:00", "2022-01-14"),
    ],
)
def test_sessions(market: int, moment: str, day: str) -> None:
    assert trading_day(market, at(moment)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("market", "article", "fetched", "same"),
    [
        (1, "2022-01-14 13:02", "2022-01-14 13:03", True),
        (1, "2022-01-14 08:00", "2022-01-14 20:00", True),
        (1, "2022-01-14 08:00", "2022-01-14 09:29", False),  # it still shows the day before
        (1, "2022-01-14 08:00", "2022-01-14 09:30", True),
        (116, "2022-02-04 08:00", "2022-02-04 09:00", False),
        (1, "2022-01-14 13:02", "2022-01-16 23:59", True),  # nothing traded since
        (1, "2022-01-14 13:02", "2022-01-17 00:01", True),
        (1, "2022-01-14 13:02", "2022-01-17 09:30", False),
        (1, "2022-01-14 13:02", "2026-01-14 13:02", False),
        (106, "2022-05-26 09:00", "2022-05-26 21:00", True),
        (106, "2022-05-26 09:00", "2022-05-26 22:00", False),
        (90, "2022-01-28 18:00", "2022-02-06 10:00", True),
    ],
)
def test_whether_a_live_picture_shows_the_day_of_the_article(
    market: int, article: str, fetched: str, same: bool
) -> None:
    assert (trading_day(market, at(article)) == shown_day(market, at(fetched))) is same


def test_any_zone_will_do_but_one_is_needed() -> None:
    moment = at("2022-01-15 00:30")
    assert trading_day(1, moment.astimezone(timezone(timedelta(hours=-5)))) == trading_day(1, moment)
    with pytest.raises(ValueError, match="time zone"):
        trading_day(1, moment.replace(tzinfo=None))

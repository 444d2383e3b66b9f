"""Times in every spelling that East Money uses are read; what is no time gives none."""

import pytest

from crawler.pages.eastmoney.times import beijing


@pytest.mark.parametrize(
    ("spelled", "time"),
    [
        ("2022-01-14 13:02:46", "2022-01-14 13:02:46"),
        ("2026/09/19 01:09:08", "2026-09-19 01:09:08"),
        ("2026年08月19日 17:46", "2026-08-19 17:46:00"),
        ("2026年8月9日17:46", "2026-08-09 17:46:00"),
        ("2026-07-24 11:43:04:552", "2026-07-24 11:43:04"),
        ("2022-01-14T13:02:46+08:00", "2022-01-14 13:02:46"),
        ("2022-01-14T05:02:46Z", "2022-01-14 13:02:46"),
        (1642136566, "2022-01-14 13:02:46"),
        ("1642136566000", "2022-01-14 13:02:46"),
        ("发布时间：2022-01-14 13:02", "2022-01-14 13:02:00"),
        ("今天 16:25", None),
        ("08-19 16:25", None),
        ("2022-01-14", None),
        ("2022-13-45 99:99", None),
        ("2022-01-14T05:02:46+99:99", None),
        (None, None),
        (True, None),
        ("", None),
    ],
)
def test_times(spelled: object, time: str | None) -> None:
    assert beijing(spelled) == time

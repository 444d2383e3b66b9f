"""When a page was saved: told for pages that hold pictures themselves, which show that day."""

from datetime import UTC, datetime

import pytest

from crawler import pages
from crawler.items import Page
from crawler.pages.saved_date import saved_date

MOMENT = datetime(2022, 1, 14, 8, 29, 5, tzinfo=UTC)
NOTE = "<!--\n Page saved with SingleFile \n url: https://a.example/ \n saved date: {} \n-->"


@pytest.mark.parametrize("spelled", [
    "Fri Jan 14 2022 16:29:05 GMT+0800 (China Standard Time)", "Fri Jan 14 2022 16:29:05 GMT+0800 (中国标准时间)",
    "Fri Jan 14 2022 03:29:05 GMT-0500", "2022-01-14T08:29:05Z",
])  # fmt: skip
def test_the_note_of_singlefile(spelled: str) -> None:
    assert saved_date(f"<html>{NOTE.format(spelled)}") == MOMENT


@pytest.mark.parametrize("spelled", ["x", "", "2022-01-14T08:29:05", "Fri Foo 14 2022 16:29:05 GMT+0800", "9" * 99])
def test_what_tells_no_moment(spelled: str) -> None:
    assert saved_date(NOTE.format(spelled)) is None


PAGE = (
    "<html>{}<section><small>(GMT+8) 2022-01-14 13:02:46</small><h1>题</h1>\n<p><img src='{}'>正文</p>\n"
    "<p><a href='http://a/?infoCode=NW202201142248170578'>x</a></p></section></html>"
)


@pytest.mark.parametrize(
    ("note", "src", "fetched", "saved"),
    [
        (NOTE.format("2022-01-14T08:29:05Z"), "data:image/png;base64,AAAA", None, MOMENT),
        ("", "data:image/png;base64,AAAA", MOMENT, MOMENT),
        (NOTE.format("2021-01-14T08:29:05Z"), "data:image/png;base64,AAAA", MOMENT, MOMENT),
        (NOTE.format("2022-01-14T08:29:05Z"), "http://a/b.png", MOMENT, None),
        ("", "data:image/png;base64,AAAA", None, None),
    ],
)
def test_articles_with_pictures_inside_are_dated(
    note: str, src: str, fetched: datetime | None, saved: datetime | None
) -> None:
    url = "https://finews.withounder.com/a/2022/01/14/NW202201142248170578.html"
    page = Page(url=url, body=PAGE.format(note, src).encode(), encoding="utf-8", fetched=fetched)
    (article,) = pages.read(page).articles
    assert article.saved == (saved and saved.isoformat())

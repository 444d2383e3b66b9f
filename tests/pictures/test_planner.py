"""Which picture a post wants: a live one of its own day, a drawn one of any other."""

from datetime import datetime

import pytest

from crawler import kline
from crawler.items import Post
from crawler.pictures.planner import PicturePlanner
from crawler.times import BEIJING

DAILY = '<img alt="K图 600050_0" data-code="1,600050">'
WEEKLY = '<img src="//image.sinajs.cn/newchart/weekly/n/sh600050.gif">'
FOREIGN = '<img src="http://example.com/a.png" alt="K图 000338_0">'


def post(body: str = DAILY + WEEKLY + DAILY + FOREIGN) -> Post:
    return Post(
        code="NW1", kind="media", title="t", time="2022-01-14 13:02:00", category="c", tag="t", link=None,
        body=body, klines=kline.find(body),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("charts", "now", "ways"),
    [
        (True, "2022-01-14 20:00", ["fetch", "fetch"]),
        (True, "2022-01-16 20:00", ["fetch", "fetch"]),  # nothing traded since
        (True, "2022-01-17 09:29", ["fetch", "fetch"]),  # nor yet
        (True, "2022-01-17 09:30", ["draw", "gone"]),  # weekly charts are not drawn
        (False, "2022-01-17 20:00", ["gone", "gone"]),
        (True, "2022-01-14 09:00", ["wait", "wait"]),  # the picture still shows the day before
        (True, "2022-01-14 09:30", ["fetch", "fetch"]),
        (False, "2022-01-13 20:00", ["gone", "gone"]),  # a clock that is wrong
    ],
)
def test_each_picture_once_and_of_its_day(charts: bool, now: str, ways: list[str]) -> None:
    plan = list(PicturePlanner(charts=charts).plan(post(), datetime.fromisoformat(now).replace(tzinfo=BEIJING)))
    assert [request.how for request in plan] == ways
    assert {(request.key.secid, request.day.isoformat()) for request in plan} == {("1.600050", "2022-01-14")}
    assert ["end=20220114&" in request.url for request in plan] == [way == "draw" for way in ways]
    assert [bool(request.url) for request in plan] == [way in {"draw", "fetch"} for way in ways]


def test_an_intraday_picture_of_a_past_day_is_gone() -> None:
    intraday = '<img src="https://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=r">'
    for now, how in (("2022-01-14 15:00", "fetch"), ("2022-01-17 15:00", "gone")):
        moment = datetime.fromisoformat(now).replace(tzinfo=BEIJING)
        (request,) = PicturePlanner(charts=True).plan(post(intraday), moment)
        assert request.how == how

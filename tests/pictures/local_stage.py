"""A stage that keeps pictures, at a time of one's choice, and a post for it."""

from datetime import datetime
from pathlib import Path

from crawler import kline
from crawler.demo.pictures import kline_picture
from crawler.items import Post
from crawler.pictures.planner import PicturePlanner
from crawler.pictures.stage import LocalPictures
from crawler.pictures.store import PictureStore
from crawler.times import BEIJING

BODY = '<img alt="K图 600050_0" data-code="1,600050"><img alt="K图 000338_0" data-code="0,000338">'


PNG = kline_picture("1.600050")


NOW = datetime(2022, 1, 14, 15, tzinfo=BEIJING)
FRIDAY, MONDAY = NOW, datetime(2022, 1, 17, 15, tzinfo=BEIJING)


def post(body: str = BODY, saved: datetime | None = None) -> Post:
    return Post(
        code="NW1", kind="media", title="t", time="2022-01-14 13:02:00", category="c", tag="t", link=None,
        body=body, klines=kline.find(body), saved=saved and saved.isoformat(),
    )  # fmt: skip


def stage(output: Path, now: datetime, *, charts: bool = False) -> LocalPictures:
    return LocalPictures(PicturePlanner(charts=charts), PictureStore(output), clock=lambda: now)

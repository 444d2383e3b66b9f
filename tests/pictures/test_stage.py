"""The picture stage as both doors call it: what is fetched is kept, what is kept is pointed to, the rest stays remote."""

from collections import Counter
from pathlib import Path

import pytest

from crawler import kline
from crawler.demo.pictures import kline_picture
from crawler.items import Post
from crawler.pictures import LocalPictures, local_pictures, picture_stage
from crawler.pictures.fetch import NoPicture
from crawler.pictures.planner import PicturePlanner
from crawler.pictures.store import PictureStore

SETTINGS = {"FINEWS_KLINE_IMAGES": "local", "FINEWS_KLINE_CHARTS": False, "USER_AGENT": "x"}
BODY = '<img alt="K图 600050_0" data-code="1,600050"><img alt="K图 000338_0" data-code="0,000338">'
PNG = kline_picture("1.600050")


def post(body: str = BODY) -> Post:
    return Post(
        code="NW1", kind="media", title="t", time="2022-01-14 13:02:00", category="c", tag="t", link=None,
        body=body, klines=kline.find(body),
    )  # fmt: skip


def test_the_settings_choose_the_stage(tmp_path: Path) -> None:
    assert picture_stage(tmp_path, {**SETTINGS, "FINEWS_KLINE_IMAGES": "remote"}, online=False) is None
    assert isinstance(picture_stage(tmp_path, SETTINGS, online=False), LocalPictures)
    with pytest.raises(ValueError, match="FINEWS_KLINE_IMAGES"):
        picture_stage(tmp_path, {**SETTINGS, "FINEWS_KLINE_IMAGES": "none"}, online=False)


def test_the_same_post_whoever_fetches(tmp_path: Path) -> None:
    answers = {"600050": PNG, "000338": NoPicture("HTTP status 404")}

    def fetch(url: str) -> bytes:
        answer = next(answers[code] for code in answers if code in url)
        if isinstance(answer, NoPicture):
            raise answer
        return answer

    counts: Counter[str] = Counter()
    fetching = LocalPictures(PicturePlanner(charts=False), PictureStore(tmp_path / "a"), fetch)
    one = fetching(post(), counts)
    assert counts == {"pictures/kept": 1, "pictures/failed/HTTP status 404": 1, "pictures/missing": 1}
    crawl = local_pictures(tmp_path / "b", SETTINGS)
    assert len(crawl.requests(post())) == 2
    other = crawl.finish(post(), {crawl.requests(post())[0].url: PNG}, Counter())
    assert (one, one.pictures_missing) == (other, 1)
    assert one.body.count("../assets/kline/1.600050/2022-01-14.png") == one.body.count("data-remote-src") == 1
    assert [request.key.secid for request in crawl.requests(post())] == ["0.000338"]
    assert crawl(post(), Counter()) == other  # a later run, offline


def test_what_is_no_picture_is_refused_with_its_reason(tmp_path: Path) -> None:
    stage, counts = local_pictures(tmp_path, SETTINGS), Counter[str]()
    wanted = stage.requests(post())
    left = stage.finish(post(), {request.url: b"<html>" for request in wanted}, counts)
    assert counts == {"pictures/refused/a page of text, not a picture": 2, "pictures/missing": 2}
    assert left.body == kline.resolve(BODY, kline.find(BODY))
    (tmp_path / "assets").symlink_to(tmp_path.parent)
    assert stage.requests(post()) == []

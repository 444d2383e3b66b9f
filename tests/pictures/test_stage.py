"""The picture stage as both doors call it: what is fetched is kept, what is kept is pointed to, the rest stays remote."""

from base64 import b64decode, b64encode
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from pictures.local_stage import BODY, FRIDAY, MONDAY, PNG, post, stage

from crawler import kline
from crawler.pictures.fetch import Fetched, NoPicture
from crawler.pictures.formats import FORMATS
from crawler.pictures.planner import PicturePlanner
from crawler.pictures.stage import LocalPictures, picture_stage
from crawler.pictures.store import PictureStore
from crawler.times import BEIJING

SETTINGS = {"FINEWS_KLINE_IMAGES": "local", "FINEWS_KLINE_CHARTS": False, "USER_AGENT": "x"}


def test_the_settings_choose_the_stage(tmp_path: Path) -> None:
    assert picture_stage(tmp_path, {**SETTINGS, "FINEWS_KLINE_IMAGES": "remote"}) is None
    assert isinstance(picture_stage(tmp_path, SETTINGS), LocalPictures)
    with pytest.raises(ValueError, match="FINEWS_KLINE_IMAGES"):
        picture_stage(tmp_path, {**SETTINGS, "FINEWS_KLINE_IMAGES": "none"})


def test_the_same_post_whoever_fetches(tmp_path: Path) -> None:
    answers = {"600050": PNG, "000338": NoPicture("HTTP status 404")}

    def fetch(url: str) -> Fetched:
        answer = next(answers[code] for code in answers if code in url)
        if isinstance(answer, NoPicture):
            raise answer
        return Fetched(answer, FRIDAY)

    counts: Counter[str] = Counter()
    fetching = LocalPictures(PicturePlanner(charts=False), PictureStore(tmp_path / "a"), fetch, clock=lambda: FRIDAY)
    one = fetching(post(), counts)
    assert counts == {"pictures/kept": 1, "pictures/failed/HTTP status 404": 1, "pictures/missing": 1}
    crawl = stage(tmp_path / "b", FRIDAY)
    assert len(crawl.requests(post())) == 2
    other = crawl.finish(post(), {crawl.requests(post())[0].url: Fetched(PNG, FRIDAY)}, Counter())
    assert (one, one.pictures_missing) == (other, 1)
    assert one.body.count("../assets/kline/1.600050/2022-01-14.png") == one.body.count("data-remote-src") == 1
    assert [request.key.secid for request in crawl.requests(post())] == ["0.000338"]
    assert crawl(post(), Counter()) == other  # a later run, offline
    counts.clear()
    later = stage(tmp_path / "b", MONDAY)(post(), counts)
    assert (later.body, later.pictures_missing) == (other.body, 0)  # nobody can have the other one any more
    assert counts == {"pictures/missing": 0, "pictures/day_is_past": 1}


def test_what_is_no_picture_is_refused_with_its_reason(tmp_path: Path) -> None:
    crawl, counts = stage(tmp_path, FRIDAY), Counter[str]()
    page = {request.url: Fetched(b"<html>", FRIDAY) for request in crawl.requests(post())}
    left = crawl.finish(post(), page, counts)
    assert counts == {"pictures/refused/a page of text, not a picture": 2, "pictures/missing": 2}
    assert left.body == kline.resolve(BODY, kline.find(BODY))
    (tmp_path / "assets").symlink_to(tmp_path.parent)
    assert crawl.requests(post()) == []


def test_a_live_picture_is_never_stored_under_another_day(tmp_path: Path) -> None:
    late = stage(tmp_path, MONDAY)
    assert late.requests(post()) == []
    url = stage(tmp_path, FRIDAY).requests(post())[0].url
    for at in (MONDAY, datetime(2022, 1, 14, 9, tzinfo=BEIJING)):  # asked for earlier in the run, for another post
        counts: Counter[str] = Counter()
        left = stage(tmp_path, FRIDAY).finish(post(), {url: Fetched(PNG, at)}, counts)
        assert counts["pictures/refused/it shows another day"] == 1
        assert left.body == kline.resolve(BODY, kline.find(BODY))
    assert late.finish(post(), {url: Fetched(PNG, MONDAY)}, Counter()).body == left.body
    assert not (tmp_path / "assets").exists()


EMBEDDED = (
    f'<p><img alt="K图 600050_0" data-code="K 600050|1|1" src="data:image/png;base64,{b64encode(PNG).decode()}"></p>'
)


def test_a_picture_in_the_page_is_kept_under_the_day_of_saving(tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    local = stage(tmp_path, datetime(2022, 3, 1, 15, tzinfo=BEIJING))
    made = local(post(EMBEDDED, saved=datetime(2022, 1, 18, 8, tzinfo=BEIJING)), counts)
    assert 'src="../../../../assets/kline/1.600050/2022-01-17.png" data-remote-src="https://webquote' in made.body
    assert (tmp_path / "assets/kline/1.600050/2022-01-17.png").read_bytes() == PNG
    assert counts == {"pictures/from_page": 1, "pictures/missing": 0}
    again = local(post(made.body), Counter())
    assert again.body == made.body  # its own post, reprocessed
    (tmp_path / "assets/kline/1.600050/2022-01-17.png").unlink()
    assert local(post(made.body), Counter()).body == kline.restore(made.body)


@pytest.mark.parametrize(
    ("body", "saved"),
    [
        (EMBEDDED, None),
        (EMBEDDED, datetime(2022, 1, 13, 16, tzinfo=BEIJING)),
        (EMBEDDED, datetime(2022, 1, 17, 16, tzinfo=BEIJING)),
        (EMBEDDED.replace("iVBOR", "AAAAA"), FRIDAY),
        (EMBEDDED.replace(' data-code="K 600050|1|1"', "").replace("600050", "000001"), FRIDAY),  # of which market?
        (EMBEDDED.replace("base64,", "base64,A"), FRIDAY),
        (EMBEDDED.replace("png;base64", "svg+xml;utf8"), FRIDAY),
    ],
)
def test_a_picture_in_the_page_that_cannot_be_kept_stays_there(
    tmp_path: Path, body: str, saved: datetime | None
) -> None:
    assert stage(tmp_path, MONDAY)(post(body, saved), Counter()).body == body
    assert not (tmp_path / "assets").exists()


def test_a_placeholder_is_no_chart(tmp_path: Path) -> None:
    body, counts = EMBEDDED.replace(EMBEDDED.split("base64,")[1], f'{FORMATS[2].example}"></p>'), Counter[str]()
    made = stage(tmp_path, MONDAY)(post(body, FRIDAY), counts)
    assert 'src="https://webquote' in made.body
    assert "data:" not in made.body
    assert counts["pictures/refused/no chart: 1 x 1 pixels"] == 1
    assert not (tmp_path / "assets").exists()


def test_a_chart_takes_the_place_of_a_placeholder_that_was_stored(tmp_path: Path) -> None:
    (place := tmp_path / "assets/kline/1.600050/2022-01-14.gif").parent.mkdir(parents=True)
    place.write_bytes(b64decode(FORMATS[2].example))
    assert "2022-01-14.png" in stage(tmp_path, MONDAY)(post(EMBEDDED, FRIDAY), Counter()).body

"""Pictures inside a saved page show the day of saving, and are kept under it."""

from base64 import b64decode, b64encode
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from pictures.local_stage import FRIDAY, MONDAY, PNG, post, stage

from crawler import kline
from crawler.pictures.formats import FORMATS
from crawler.times import BEIJING

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

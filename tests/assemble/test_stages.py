"""The stages: each in the one order, pictures where they belong."""

from collections import Counter

import pytest
from crawling import given

from crawler import kline
from crawler.assemble import ORDER
from crawler.assemble.stages import STAGES, RemotePictures, removes_more, settings_fingerprint, stages
from crawler.items import Post


def test_every_stage_is_in_the_one_order_and_pictures_are_where_they_belong() -> None:
    assert set(STAGES) == set(ORDER) - {"merge", "pictures", "write"}
    pictures = stages(given(FINEWS_KLINE_IMAGES="local"), lambda post, _: post)
    assert [type(stage).__name__ for stage in pictures] == ["Clean", "FindKLines", "function"]
    assert [type(stage).__name__ for stage in stages(given())] == ["Clean", "FindKLines", "RemotePictures"]


DATA = "data:image/png;base64,iVBORw0KGgo="
LIVE = "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050"


@pytest.mark.parametrize(
    ("tag", "made"),
    [
        ('<img alt="K图 600050_0" data-code="K 600050|1|1" src="{}">', f'src="{LIVE}'),
        ("<img alt=K图&#32;600050_0 src={} data-code='K 600050|1|1'>", f'src="{LIVE}'),
        ('<img alt="图表" src="{}">', DATA),
        ('<img alt="K图 12345" src="{}">', DATA),
    ],
)
def test_a_picture_inside_a_saved_page_gets_its_address_again(tag: str, made: str) -> None:
    counts: Counter[str] = Counter()
    body = f"<p>a</p>{tag.format(DATA)}<p>b</p>"
    post = Post(
        code="NW1", kind="media", title="t", time="2022-01-14 13:02:00", category="c", tag="t", link=None, body=body,
        klines=kline.find(body),
    )  # fmt: skip
    mended = RemotePictures()(post, counts)
    assert made in mended.body
    assert counts["klines/addressed"] == (DATA not in mended.body)
    assert RemotePictures()(mended, counts) is mended


@pytest.mark.parametrize(
    ("before", "now", "more"),
    [
        ({"CLEANING": "source"}, {"CLEANING": "standard"}, False),
        ({"CLEANING": "standard"}, {"CLEANING": "source"}, True),
        ({"CLEANING": "standard"}, {"CLEANING": "standard"}, False),
        ({}, {"KLINE_IMAGES": "local"}, False),
        ({}, {"CLEANING_REMOVE": ["editor"]}, True),
        ({"CLEANING_ADD": "editor", "CLEANING": "source"}, {}, False),
    ],
)
def test_settings_are_compared_by_what_they_take_out(
    before: dict[str, object], now: dict[str, object], more: bool
) -> None:
    first, second = (
        settings_fingerprint(given(**{f"FINEWS_{name}": value for name, value in one.items()})) for one in (before, now)
    )
    assert removes_more(first, second) is more


@pytest.mark.parametrize("unknown", ["", "CLEANING=other CLEANING_ADD= CLEANING_REMOVE=", "CLEANING_ADD=x"])
def test_of_settings_that_are_not_known_nothing_is_taken_for_granted(unknown: str) -> None:
    assert removes_more(unknown, settings_fingerprint(given()))

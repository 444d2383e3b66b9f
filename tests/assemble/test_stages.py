"""The stages: each in the one order, pictures where they belong."""

from crawling import given

from crawler.assemble import ORDER
from crawler.assemble.stages import STAGES, stages


def test_every_stage_is_in_the_one_order_and_pictures_are_where_they_belong() -> None:
    assert set(STAGES) == set(ORDER) - {"merge", "pictures", "write"}
    pictures = stages(given(FINEWS_KLINE_IMAGES="local"), lambda post, _: post)
    assert [type(stage).__name__ for stage in pictures] == ["Clean", "FindKLines", "function"]
    assert [type(stage).__name__ for stage in stages(given())] == ["Clean", "FindKLines", "RemotePictures"]

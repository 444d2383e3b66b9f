"""The stages: each in the one order, and settings that mean the same have one fingerprint."""

from crawling import given

from crawler.assemble import ORDER
from crawler.assemble.stages import STAGES, settings_fingerprint, stages


def test_every_stage_is_in_the_one_order_and_pictures_are_where_they_belong() -> None:
    assert set(STAGES) == set(ORDER) - {"merge", "pictures", "write"}
    pictures = stages(given(FINEWS_KLINE_IMAGES="local"), lambda post, _: post)
    assert [type(stage).__name__ for stage in pictures] == ["Clean", "FindKLines", "function"]
    assert [type(stage).__name__ for stage in stages(given())] == ["Clean", "FindKLines", "RemotePictures"]


def test_the_fingerprint_tells_meanings_apart_and_spellings_not() -> None:
    def made(**changed: object) -> str:
        return settings_fingerprint(given(**changed))

    assert made() == made(FINEWS_CLEANING_ADD="") == made(FINEWS_CLEANING="standard")
    assert made(FINEWS_CLEANING_ADD=["b", "a"]) == made(FINEWS_CLEANING_ADD="a,b")
    several = {made(), made(FINEWS_CLEANING="source"), made(FINEWS_CLEANING_REMOVE="a"), made(FINEWS_KLINE_CHARTS=True)}
    assert len(several) == 4
    assert "rules=" in made()

"""Articles that wait on disk come back as they went, and a disk that refuses is told as one."""

from pathlib import Path

import pytest

from crawler.items import Article
from crawler.reprocess import spool
from crawler.reprocess.spool import Spool


def _articles() -> list[Article]:
    odd = "http://x/\ud800\0\u2028\U0001f600"
    codes = [f"{prefix}2022011422481{n:05}" for n in (3, 1, 2) for prefix in ("NW", "")]
    return [Article(code=code, source="eastmoney", url=odd, text="联通" * 9, link="") for code in codes]


@pytest.mark.parametrize("room", [1 << 20, 1200, 0])
def test_articles_come_back_by_code_as_they_were(room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", room)
    articles, kept = _articles(), Spool(tmp_path / "spool")
    for article in articles:
        kept.add(article)
    assert (tmp_path / "spool").exists() == (room < 1 << 20)
    assert len(kept) == 3
    assert list(kept) == [articles[2:4], articles[4:], articles[:2]]
    kept.close()
    assert not list(tmp_path.iterdir())


def test_a_disk_that_refuses_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "IN_MEMORY", 0)
    kept = Spool(tmp_path / "gone" / "spool")
    with pytest.raises(OSError, match="database"):
        kept.add(_articles()[0])

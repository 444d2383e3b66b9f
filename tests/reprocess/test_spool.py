"""Articles that wait on disk come back as they went, and a disk that refuses is index as one."""

import os
from pathlib import Path

import pytest

from crawler.items import Article
from crawler.reprocess.spool import ArticleIndex, Spool


def _articles() -> list[Article]:
    odd = "http://x/\ud800\0\u2028\U0001f600"
    codes = [f"{prefix}2022011422481{n:05}" for n in (3, 1, 2) for prefix in ("NW", "")]
    return [Article(code=code, origin="article-page", url=odd, text="联通" * 9, link="") for code in codes]


def test_articles_come_back_by_code_as_they_were(tmp_path: Path) -> None:
    articles, kept, index = _articles(), Spool(tmp_path), ArticleIndex()
    for article, address in zip(articles, kept.add(articles[:4]) + kept.add(()) + kept.add(articles[4:]), strict=True):
        index.add(article.code, address)
    other = Spool(tmp_path)
    assert len(index) == 3
    assert [[other.get(address) for address in same] for _, same in index] == [
        articles[2:4],
        articles[4:],
        articles[:2],
    ]
    other.close()
    kept.close()
    Spool(tmp_path).clear()
    assert not list(tmp_path.iterdir())


def test_each_process_finds_what_others_kept(tmp_path: Path) -> None:
    one, two = _articles()[:2]
    kept = Spool(tmp_path)
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writing, str(kept.add([one])[0]).encode())
        os._exit(0)
    os.waitpid(child, 0)
    (mine,) = kept.add([two])
    assert (kept.get(mine), kept.get(int(os.read(reading, 99)))) == (two, one)
    kept.clear()


def test_a_disk_that_refuses_is_told_as_one(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        Spool(tmp_path / "gone").add(_articles())

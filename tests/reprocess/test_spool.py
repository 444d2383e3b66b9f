"""Articles that wait on disk come back as they went, and a disk that refuses is told as one."""

import os
from pathlib import Path

import pytest

from crawler.items import Article
from crawler.reprocess.spool import Spool


def _articles() -> list[Article]:
    odd = "http://x/\ud800\0\u2028\U0001f600"
    codes = [f"{prefix}2022011422481{n:05}" for n in (3, 1, 2) for prefix in ("NW", "")]
    return [Article(code=code, origin="article-page", url=odd, text="联通" * 9, link="") for code in codes]


def test_articles_come_back_as_they_were(tmp_path: Path) -> None:
    articles, kept = _articles(), Spool(tmp_path)
    addresses = kept.add(1, articles[:4]) + kept.add(2, ()) + kept.add(3, articles[4:])
    other = Spool(tmp_path)
    assert [*map(other.get, addresses)] == articles
    other.close()
    kept.end()
    assert not list(tmp_path.iterdir())


def test_only_what_is_durable_is_there_for_later_runs(tmp_path: Path) -> None:
    for durable in (False, True):
        killed, later = Spool(tmp_path, durable=durable), Spool(tmp_path, durable=durable)
        (address, *_), _ = killed.add(1, _articles()), killed.add(2, _articles())
        later.begin()
        assert [later.has(number) for number in (1, 2, 3)] == [durable, durable, False]
    assert later.get(address) == _articles()[0]
    later.end()
    assert later.has(2), "nobody knows whether it is used"
    later.end({1, 3})
    assert (later.has(1), later.has(2)) == (True, False)


def test_each_process_finds_what_others_kept(tmp_path: Path) -> None:
    one, two = _articles()[:2]
    kept = Spool(tmp_path)
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writing, str(kept.add(1, [one])[0]).encode())
        os._exit(0)
    os.waitpid(child, 0)
    (mine,) = kept.add(2, [two])
    assert (kept.get(mine), kept.get(int(os.read(reading, 99)))) == (two, one)
    kept.clear()


def test_a_disk_that_refuses_is_told_as_one(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        Spool(tmp_path / "gone").add(1, _articles())

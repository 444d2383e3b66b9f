"""Files of earlier posts: what their names tell, what is wrong with them, and who looks after them."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from run_scrapy import scrapy
from store.samples import CODE, POST, made

from crawler.prune import plan
from crawler.store.atomic import commit
from crawler.store.run import Run
from crawler.store.versions import BadVersion, Kept, Versions, checksum_of, name_of, of_name, read

BEGIN = datetime(2026, 1, 1, 9, 30, tzinfo=UTC)
DATA = made(POST).data


def kept(since: int | None, until: int, why: str = "source-changed", data: bytes = DATA) -> Kept:
    begin = None if since is None else BEGIN + timedelta(days=since)
    return Kept(
        code=CODE, since=begin, until=BEGIN + timedelta(days=until), version=1, origin="share", why=why,  # type: ignore[arg-type]
        checksum=checksum_of(data),
    )  # fmt: skip


def put(output: Path, *some: Kept) -> list[Path]:
    for number, one in enumerate(some):
        both = Versions(output).prepare(one, DATA, output / f"{number}.part")
        assert both
        commit([both])
    return [output / "versions" / name_of(one) for one in some]


def test_a_name_tells_all_and_is_found_by_code_and_time(tmp_path: Path) -> None:
    one, undated = kept(0, 1), kept(None, 0)
    assert (
        name_of(one)
        == f"20220114/{CODE}.20260101T093000Z.20260102T093000Z.v1.share.source-changed.{checksum_of(DATA)}.md.gz"
    )
    for each in (one, undated):
        assert of_name(name_of(each).rpartition("/")[2]) == each
    (path, earlier) = put(tmp_path, one, undated)
    assert Versions(tmp_path).of(CODE) == [(undated, earlier), (one, path)]
    assert list(Versions(tmp_path).all()) == [(CODE, [(undated, earlier), (one, path)])]
    assert read(path) == DATA
    assert Versions(tmp_path).prepare(one, DATA, tmp_path / "x.part") is None  # it lies there
    for wrong in ("x", f"{CODE}.md.gz", path.name.replace("v1", "v"), path.name.replace("0102", "1399")):
        assert of_name(wrong) is None


@pytest.mark.parametrize(
    "wrong",
    [b"", b"x", gzip.compress(DATA)[:-3], gzip.compress(DATA + b"x"), gzip.compress(b"x")],
    ids=["empty", "one letter", "cut short", "longer", "another's"],
)
def test_what_is_damaged_is_named(wrong: bytes, tmp_path: Path) -> None:
    (path,) = put(tmp_path, kept(0, 1))
    with Run(tmp_path) as run:
        run.store([made(POST)])
    assert scrapy("verify", output=tmp_path).code == scrapy("doctor", output=tmp_path).code == 0
    path.write_bytes(wrong)
    with pytest.raises(BadVersion, match="damaged"):
        read(path)
    for name in ("verify", "doctor"):
        done = scrapy(name, output=tmp_path)
        assert done.code == 9
        assert path.name in done.out


def test_a_double_of_a_killed_run_is_one_post_and_goes(tmp_path: Path) -> None:
    put(tmp_path, kept(0, 1), kept(0, 2))
    assert [one for one, _ in Versions(tmp_path).of(CODE)] == [kept(0, 2)]
    Versions(tmp_path).remove_doubles(kept(0, 2))
    assert [path.name for path in (tmp_path / "versions").rglob("*.gz")] == [name_of(kept(0, 2))[9:]]


def test_those_that_were_no_news_can_go_and_their_pictures_stay(tmp_path: Path) -> None:
    news, origin, late = put(tmp_path, kept(0, 1), kept(1, 2, "better-origin"), kept(2, 300, "newer-cleaning"))
    now = BEGIN + timedelta(days=301)
    assert plan(tmp_path, {"versions": 90}, now) == {"versions": [origin]}
    assert plan(tmp_path, {"versions": 0}, now) == {"versions": sorted([origin, late])}
    data = DATA.replace(b"<p>1</p>", b'<img src="/assets/kline/1.600050/2022-01-14.png">')
    shown, other = (tmp_path / "assets/kline/1.600050" / name for name in ("2022-01-14.png", "2022-01-15.png"))
    shown.parent.mkdir(parents=True)
    for path in (shown, other):
        path.write_bytes(b"x")
    news.with_name(name_of(kept(0, 1, data=data))[9:]).write_bytes(gzip.compress(data))
    with Run(tmp_path) as run:  # without posts none would go
        run.store([made(POST)])
    assert plan(tmp_path, {"pictures": 0}, now) == {"pictures": [other]}

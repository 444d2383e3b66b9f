"""What need not be kept goes, and what was put aside stays known."""

import os
import shutil
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from run_scrapy import Crawl, scrapy
from world import World, generated_site

from crawler.pictures.calendar import BEIJING
from crawler.prune import carry_out, plan
from crawler.store.lock import RunLock

SITE = generated_site(6, 2)
DAY = 24 * 3600


def _prune(output: Path, *args: str) -> tuple[int, str]:
    done = scrapy("prune", *args, output=output)
    return done.code, done.out + done.err


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*")}


def test_old_posts_are_put_aside_and_every_command_still_knows_them(crawl: Crawl, tmp_path: Path) -> None:
    output = tmp_path / "output"
    with World(SITE) as world:
        before = crawl(world).posts()
        assert _prune(output, "--posts", "3", "--dry-run")[1].endswith(f"posts {len(before)}\n")
        assert crawl(world).posts() == before
        assert _prune(output, "--posts", "3") == (0, f"posts {len(before)}\n")
        assert (_files(output / "old_post"), _files(output / "_posts")) == (before, {})
        world.forget_requests()
        again = crawl(world)
        assert f"written 0, unchanged {len(before)}, quarantined 0" in again.out
        assert "missing" not in again.out
        assert not [request for request in world.requests if "/2022/" in request.path or "NewsText" in request.path]
        anew = crawl(world, "-a", "full=1", "-s", "FINEWS_CLEANING=source")
        assert anew.code == 0
        assert anew.posts() == {}
        assert _files(output / "old_post").keys() == before.keys()
        crawl(world, "-a", "full=1")
    assert _files(output / "old_post") == before
    checked = scrapy("verify", output=output)
    assert (checked.code, checked.out) == (0, f"posts checked {len(before)}, with faults 0\n")
    copy = tmp_path / "copy"
    shutil.copytree(output / "old_post", copy)
    done = scrapy("reprocess", str(copy), output=output)
    assert f"written 0, unchanged {len(before)}" in done.out
    assert _files(output / "old_post") == before
    assert _files(output / "_posts") == {}


def test_an_edited_old_post_stays_a_lost_one_is_asked_for_and_a_lost_ledger_is_made_of_them(
    crawl: Crawl, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    with World(SITE) as world:
        before = crawl(world).posts()
        _prune(output, "--posts", "3")
        mine, lost = sorted((output / "old_post").iterdir())[:2]
        mine.write_bytes(mine.read_bytes() + "附注".encode())
        lost.unlink()
        done = crawl(world)
        assert f"edited by hand 1: {mine.name}\n" in done.out
        assert f"missing from disk 1: {lost.name}\n" in done.out
        assert done.posts() == {lost.name: before[lost.name]}
        assert f"{mine}: edited by hand\n" in scrapy("verify", output=output).out
        mine.write_bytes(before[mine.name])
        rebuilt = scrapy("verify", "--rebuild", output=output)
        assert (rebuilt.code, rebuilt.out.splitlines()[0]) == (0, f"articles in the ledger {len(before)}")
        assert f"written 0, unchanged {len(before)}" in crawl(world).out
        shutil.copy(lost.parent / mine.name, output / "_posts")
        twice = scrapy("verify", output=output)
        assert (twice.code, f"the same article as {output / '_posts' / mine.name}" in twice.out) == (9, True)


def test_pictures_that_no_post_shows_go(crawl: Crawl, tmp_path: Path) -> None:
    output = tmp_path / "output"
    local = ("-s", "FINEWS_KLINE_IMAGES=local", "-s", "FINEWS_KLINE_CHARTS=1")
    with World(SITE) as world:
        assert crawl(world, *local).code == 0
    shown = sorted(output.glob("assets/kline/*/*"))
    assert shown
    _prune(output, "--posts", "3")
    orphan = shown[0].with_name("1999-01-04.svg")
    foreign = shown[0].with_name("notes.txt")
    for path in (orphan, foreign):
        path.write_text("x")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "1999-01-04.png").write_text("x")
    (output / "assets/kline/1.600001").symlink_to(elsewhere)
    assert _prune(output, "--pictures") == (0, "pictures 1\n")
    assert sorted(output.glob("assets/kline/*/*")) == sorted(
        [*shown, foreign, output / "assets/kline/1.600001/1999-01-04.png"]
    )
    assert scrapy("verify", output=output).code == 0


def test_old_reports_and_archives_go_but_not_those_of_the_last_runs(tmp_path: Path) -> None:
    now = datetime(2026, 5, 1, 12, tzinfo=BEIJING)
    for folder in ("reports", "archive"):
        (tmp_path / folder).mkdir()
    runs = [f"{now - timedelta(days=age):%Y%m%dT%H%M%SZ}-00{age:02}" for age in range(30)]
    for run in runs:
        for suffix in (".json", ".html"):
            (tmp_path / f"reports/{run}{suffix}").touch()
    for name in ("latest.html", "notes.json"):
        (tmp_path / "reports" / name).touch()
    for age in (1, 20, 21):
        file = tmp_path / f"archive/finews-{age}.warc.gz"
        file.touch()
        os.utime(file, (time.time(), now.timestamp() - age * DAY - 60))
    planned = plan(tmp_path, {"reports": 20, "archive": 20}, now)
    carry_out(tmp_path, planned)
    assert sorted(_files(tmp_path / "reports")) == sorted(
        ["latest.html", "notes.json", *(f"{run}{suffix}" for run in runs[:21] for suffix in (".json", ".html"))]
    )
    assert [*_files(tmp_path / "archive")] == ["finews-1.warc.gz"]
    carry_out(tmp_path, plan(tmp_path, {"reports": 0}, now))
    assert sorted(_files(tmp_path / "reports"))[:20:2] == [f"{run}.html" for run in reversed(runs[:10])]


def test_what_clusters_keep_of_pages_goes_and_the_folder_they_know_each_other_by_stays(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "read"
    folder.mkdir(parents=True)
    for name, age in (("spool-1", 1), ("spool-2", 100), ("folder-4711", 100)):
        (folder / name).touch()
        os.utime(folder / name, (time.time(), time.time() - age * DAY))
    assert _prune(tmp_path, "--dry-run")[1].endswith(f"read: {folder / 'spool-2'}\nread 1\n")
    assert _prune(tmp_path, "--read", "20") == (0, "read 1\n")
    assert sorted(_files(folder)) == ["folder-4711", "spool-1"]


@pytest.mark.parametrize("args", [[], ["--posts", "-1"], ["--posts", "x"], ["reports"], ["--archive", "1e9"]])
def test_wrong_usage(args: list[str], tmp_path: Path) -> None:
    assert _prune(tmp_path, *args)[0] == 2
    assert [*tmp_path.iterdir()] == []


def test_another_run_and_a_folder_that_is_none(tmp_path: Path) -> None:
    assert _prune(tmp_path / "nowhere", "--pictures")[0] == 2
    assert not (tmp_path / "nowhere").exists()
    lock = RunLock(tmp_path)
    lock.take()
    assert _prune(tmp_path, "--pictures")[0] == 6
    assert _prune(tmp_path, "--dry-run") == (0, "reports 0\narchive 0\nversions 0\npictures 0\nposts 0\n")
    lock.release()

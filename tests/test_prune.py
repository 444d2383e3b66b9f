"""Of an output folder goes what need not be kept, and nothing else."""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from commands.command import files_in, prune
from run_scrapy import Crawl, scrapy
from world import World, generated_site

from crawler.prune import carry_out, plan
from crawler.times import BEIJING

SITE = generated_site(6, 2)


DAY = 24 * 3600


def test_pictures_that_no_post_shows_go(crawl: Crawl, tmp_path: Path) -> None:
    output = tmp_path / "output"
    local = ("-s", "FINEWS_KLINE_IMAGES=local", "-s", "FINEWS_KLINE_CHARTS=1")
    with World(SITE) as world:
        assert crawl(world, *local).code == 0
    shown = sorted(output.glob("assets/kline/*/*"))
    assert shown
    prune(output, "--posts", "3")
    orphan = shown[0].with_name("1999-01-04.svg")
    foreign = shown[0].with_name("notes.txt")
    for path in (orphan, foreign):
        path.write_text("x")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "1999-01-04.png").write_text("x")
    (output / "assets/kline/1.600001").symlink_to(elsewhere)
    assert prune(output, "--pictures") == (0, "pictures 1\n")
    assert sorted(output.glob("assets/kline/*/*")) == sorted(
        [*shown, foreign, output / "assets/kline/1.600001/1999-01-04.png"]
    )
    assert scrapy("verify", output=output).code == 0


def test_where_no_posts_are_no_picture_goes(tmp_path: Path) -> None:
    """They may lie on a disk of their own, which is not there now."""
    picture = tmp_path / "assets" / "kline" / "1.600001" / "1999-01-04.svg"
    picture.parent.mkdir(parents=True)
    picture.write_text("x")
    for _ in range(2):
        assert prune(tmp_path, "--pictures") == (0, "pictures 0\n")
        (tmp_path / "_posts").mkdir(exist_ok=True)
    assert picture.exists()


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
    assert sorted(files_in(tmp_path / "reports")) == sorted(
        ["latest.html", "notes.json", *(f"{run}{suffix}" for run in runs[:21] for suffix in (".json", ".html"))]
    )
    assert [*files_in(tmp_path / "archive")] == ["finews-1.warc.gz"]
    carry_out(tmp_path, plan(tmp_path, {"reports": 0}, now))
    assert sorted(files_in(tmp_path / "reports"))[:20:2] == [f"{run}.html" for run in reversed(runs[:10])]


def test_what_clusters_keep_of_pages_goes_and_the_folder_they_know_each_other_by_stays(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "read"
    folder.mkdir(parents=True)
    for name, age in (("spool-1", 1), ("spool-2", 100), ("folder-4711", 100)):
        (folder / name).touch()
        os.utime(folder / name, (time.time(), time.time() - age * DAY))
    assert prune(tmp_path, "--dry-run")[1].endswith(f"read: {folder / 'spool-2'}\nread 1\n")
    assert prune(tmp_path, "--read", "20") == (0, "read 1\n")
    assert sorted(files_in(folder)) == ["folder-4711", "spool-1"]

"""What need not be kept goes, and what was put aside stays known."""

import shutil
from pathlib import Path

import pytest
from commands.command import files_in, prune
from run_scrapy import Crawl, scrapy
from world import World, generated_site

from crawler.store.lock import RunLock

SITE = generated_site(6, 2)


def test_old_posts_are_put_aside_and_every_command_still_knows_them(crawl: Crawl, tmp_path: Path) -> None:
    output = tmp_path / "output"
    with World(SITE) as world:
        before = crawl(world).posts()
        assert prune(output, "--posts", "3", "--dry-run")[1].endswith(f"posts {len(before)}\n")
        assert crawl(world).posts() == before
        assert prune(output, "--posts", "3") == (0, f"posts {len(before)}\n")
        assert (files_in(output / "old_post"), files_in(output / "_posts")) == (before, {})
        world.forget_requests()
        again = crawl(world)
        assert f"written 0, unchanged {len(before)}, quarantined 0" in again.out
        assert "missing" not in again.out
        assert not [request for request in world.requests if "/2022/" in request.path or "NewsText" in request.path]
        anew = crawl(world, "-a", "full=1", "-s", "FINEWS_CLEANING=source")
        assert anew.code == 0
        assert anew.posts() == {}
        assert files_in(output / "old_post").keys() == before.keys()
        crawl(world, "-a", "full=1")
    assert files_in(output / "old_post") == before
    checked = scrapy("verify", output=output)
    assert (checked.code, checked.out) == (0, f"posts checked {len(before)}, with faults 0\n")
    copy = tmp_path / "copy"
    shutil.copytree(output / "old_post", copy)
    done = scrapy("reprocess", str(copy), output=output)
    assert f"written 0, unchanged {len(before)}" in done.out
    assert files_in(output / "old_post") == before
    assert files_in(output / "_posts") == {}


def test_an_edited_old_post_stays_a_lost_one_is_asked_for_and_a_lost_ledger_is_made_of_them(
    crawl: Crawl, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    with World(SITE) as world:
        before = crawl(world).posts()
        prune(output, "--posts", "3")
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


@pytest.mark.parametrize("args", [[], ["--posts", "-1"], ["--posts", "x"], ["reports"], ["--archive", "1e9"]])
def test_wrong_usage(args: list[str], tmp_path: Path) -> None:
    assert prune(tmp_path, *args)[0] == 2
    assert [*tmp_path.iterdir()] == []


def test_another_run_and_a_folder_that_is_none(tmp_path: Path) -> None:
    assert prune(tmp_path / "nowhere", "--pictures")[0] == 2
    assert not (tmp_path / "nowhere").exists()
    lock = RunLock(tmp_path)
    lock.take()
    assert prune(tmp_path, "--pictures")[0] == 6
    assert prune(tmp_path, "--dry-run") == (0, "reports 0\narchive 0\nversions 0\npictures 0\nposts 0\n")
    lock.release()

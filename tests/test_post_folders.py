"""Posts in folders of months: every door and command, in a folder that holds both, and when the setting changes."""

import json
import shutil
from pathlib import Path

import pytest
from forked_scrapy import Done
from run_scrapy import Crawl, scrapy
from store.test_places import tree
from world import World, generated_site

from crawler.store.places import MONTH, ONE, place

pytestmark = pytest.mark.timeout(400)

SITE = generated_site(9, 3)
OTHER_WAY = {ONE: MONTH, MONTH: ONE}
WHERE = {ONE: {"_posts"}, MONTH: {"_posts/2022/01"}}


def by(folders: str) -> tuple[str, str]:
    return "-s", f"FINEWS_POST_FOLDERS={folders}"


def by_name(output: Path) -> dict[str, bytes]:
    """The posts by their names; of each there is one."""
    found = tree(output)
    posts = {name.rpartition("/")[2]: data for name, data in found.items()}
    assert len(posts) == len(found), f"a second copy: {sorted(found)}"
    return posts


def folders(output: Path) -> set[str]:
    return {name.rpartition("/")[0] for name in tree(output)}


def times(output: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in (output / "_posts").rglob("*")}


def well(done: Done) -> Done:
    assert done.code == 0, done.out + done.err
    return done


@pytest.mark.long
@pytest.mark.parametrize("first", [ONE, MONTH])
def test_runs_and_doors_in_turn_with_the_setting_changed_between(first: str, crawl: Crawl, tmp_path: Path) -> None:
    output, other = tmp_path / "output", OTHER_WAY[first]
    with World(SITE) as world:
        well(crawl(world, *by(first)))
        wanted, before = by_name(output), times(output)
        assert (len(wanted), folders(output)) == (9, WHERE[first])
        for again in (first, other):
            assert "written 0, unchanged 9" in well(crawl(world, *by(again))).out
            assert times(output) == before, "a run that had nothing to do touched something"
        well(crawl(world, *by(other), "-a", "full=1", "-s", "FINEWS_CLEANING=source"))
        assert folders(output) == WHERE[first]
        assert by_name(output) != wanted
        well(crawl(world, *by(other), "-a", "full=1"))
        assert (by_name(output), folders(output)) == (wanted, WHERE[first])
        shutil.copytree(output / "_posts", tmp_path / "saved")
        done = well(scrapy("reprocess", str(tmp_path / "saved"), *by(other), output=output))
        assert "written 0, unchanged 9" in done.out
        lost = place(output / "_posts", min(wanted))
        lost.unlink()
        done = well(scrapy("reprocess", str(tmp_path / "saved"), *by(other), output=output))
        assert "written 1, unchanged 8" in done.out
        assert (by_name(output), folders(output)) == (wanted, WHERE[first] | WHERE[other])
        before = times(output)
        assert "written 0, unchanged 9" in well(crawl(world, *by(first))).out
        assert times(output) == before
        assert well(scrapy("arrange", *by(other), output=output)).out == "posts moved 8\n"
        assert (by_name(output), folders(output)) == (wanted, WHERE[other])
        before = times(output)
        world.forget_requests()
        assert "written 0, unchanged 9" in well(crawl(world, *by(other))).out
        assert times(output) == before
        assert not [request for request in world.requests if "/2022/" in request.path or "NewsText" in request.path]
    checked = well(scrapy("verify", output=output))
    assert checked.out == "posts checked 9, with faults 0\n"


@pytest.mark.long
def test_every_command_reads_a_folder_that_holds_both(crawl: Crawl, tmp_path: Path) -> None:
    output = tmp_path / "output"
    with World(SITE) as world:
        well(crawl(world))
        wanted = by_name(output)
        for name in sorted(wanted)[::2]:
            to = output / "_posts" / name[:4] / name[5:7] / name
            to.parent.mkdir(parents=True, exist_ok=True)
            (output / "_posts" / name).rename(to)
        _read_by_all(output, wanted)
        page = (output / "reports" / "latest.html").read_text()
        assert page.count('href="../_posts/2022-') >= len(wanted), "the page of the first run leads to the one folder"
        assert well(scrapy("verify", "--rebuild", output=output)).out.startswith("articles in the ledger 9\n")
        assert "written 0, unchanged 9" in well(crawl(world, *by(MONTH))).out
        gone = output / "_posts" / sorted(wanted)[1]
        gone.unlink()
        assert f"missing from disk 1: {gone.name}" in scrapy("doctor", output=output).out
        assert "written 1, unchanged 8" in well(crawl(world, *by(MONTH))).out
        assert f'href="../_posts/2022/01/{gone.name}"' in (output / "reports" / "latest.html").read_text()
        assert well(scrapy("prune", "--posts", "3", output=output)).out == "posts 9\n"
        assert folders(output) == {"old_post", "old_post/2022/01"}
        assert "written 0, unchanged 9" in well(crawl(world, *by(MONTH))).out
        assert well(scrapy("arrange", *by(MONTH), output=output)).out == "posts moved 3\n"
    assert (by_name(output), folders(output)) == (wanted, {"old_post/2022/01"})
    assert list((output / "_posts").iterdir()) == [], "folders of months that are empty were left"
    assert well(scrapy("verify", output=output)).out == "posts checked 9, with faults 0\n"


def _read_by_all(output: Path, wanted: dict[str, bytes]) -> None:
    assert folders(output) == WHERE[ONE] | WHERE[MONTH]
    assert well(scrapy("verify", output=output)).out == "posts checked 9, with faults 0\n"
    looked = well(scrapy("doctor", output=output))
    assert looked.out == (
        "posts that lie where another FINEWS_POST_FOLDERS has them 5: see `arrange`\nnothing is wrong\n"
    )
    exported = [json.loads(line) for line in well(scrapy("export", "-", output=output)).out.splitlines()]
    assert [f"{one['published'][:10]}-{one['code']}.md" for one in exported] == sorted(wanted)
    found = json.loads(well(scrapy("search", exported[0]["title"], "--json", output=output)).out)
    assert exported[0]["code"] in {hit["code"] for hit in found["hits"]}
    assert "posts 9," in well(scrapy("site", str(output.with_name("site")), output=output)).out
    linked = {p.relative_to(output.with_name("site")).as_posix() for p in output.with_name("site").rglob("*-*.md")}
    assert linked == tree(output).keys()

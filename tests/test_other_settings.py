"""Settings change between runs: every post is as the last ones want it, or is named as one that is not yet."""

from pathlib import Path

import pytest
from forked_scrapy import START
from run_scrapy import Done, scrapy
from world import Fault, World, generated_site

SOURCE = ("-s", "FINEWS_CLEANING=source")
STANDARD = ("-s", "FINEWS_CLEANING=standard")
SITE = generated_site(4, 2)
MEDIA = ",".join(article.code for article in SITE.newest if article.code.startswith("NW"))
SHARE = ("share", "-a", f"links={MEDIA}")
NOT_YET = "made with other settings"


class Runs:
    """Crawls of one site into one folder, and what others, undisturbed, make of it."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder = world, folder

    def crawl(self, *args: str, output: str = "out", fault: Fault | None = None) -> Done:
        self.world.faults.replace(*filter(None, [fault]))
        return scrapy("crawl", *args, output=self.folder / output, env=self.world.env())

    def wanted(self, *settings: str) -> dict[str, bytes]:
        done = self.crawl("finews", *START, *settings, output=f"fresh{settings[-1]}")
        assert done.code == 0, done.err
        return done.posts()


@pytest.mark.long
@pytest.mark.parametrize("status", [500, 404])
@pytest.mark.parametrize("rebuilt", [False, True])
def test_bodies_that_cannot_be_had_again_are_named_and_asked_for_by_later_runs(
    status: int, rebuilt: bool, tmp_path: Path
) -> None:
    """Another origin has them, worse: then the better one of before stays, as other settings cleaned it."""
    with World(SITE) as world:
        runs = Runs(world, tmp_path)
        before, wanted = runs.crawl("finews", *START, *STANDARD).posts(), runs.wanted(*SOURCE)
        assert sum(before[name] != wanted[name] for name in wanted) > 2
        told = runs.crawl("finews", *START, *SOURCE, fault=Fault("status", path="GetNewsText", status=status))
        assert (told.code, told.posts()) == (5, before), told.out
        assert NOT_YET in told.out
        if rebuilt:
            assert scrapy("verify", "--rebuild", *SOURCE, output=told.output).code == 0
        done = runs.crawl("finews", *START, *SOURCE)
        assert (done.code, done.posts(), NOT_YET in done.out) == (0, wanted, False), done.out
        world.forget_requests()
        assert "written 0, unchanged 4," in runs.crawl("finews", *START, *SOURCE).out
        assert not [one for one in world.requests if "GetNewsText" in one.path]


@pytest.mark.long
def test_settings_that_take_out_more_are_content_with_what_others_kept(tmp_path: Path) -> None:
    with World(SITE) as world:
        runs = Runs(world, tmp_path)
        assert runs.crawl("finews", *START, *SOURCE).code == 0
        done = runs.crawl("finews", *START, *STANDARD, fault=Fault("status", path="GetNewsText", status=404))
        assert (done.code, done.posts(), NOT_YET in done.out) == (0, runs.wanted(*STANDARD), False), done.out


@pytest.mark.long
@pytest.mark.parametrize("rebuilt", [False, True])
def test_who_names_articles_has_them_as_the_settings_want_whoever_made_them(rebuilt: bool, tmp_path: Path) -> None:
    with World(SITE) as world:
        runs = Runs(world, tmp_path)
        before, wanted = runs.crawl("finews", *START, *STANDARD).posts(), runs.wanted(*SOURCE)
        if rebuilt:
            assert scrapy("verify", "--rebuild", output=tmp_path / "out").code == 0
        done = runs.crawl(*SHARE, *SOURCE)
        named = {name: data for name, data in wanted.items() if name[11:].removesuffix(".md") in MEDIA.split(",")}
        assert len(named) == 2
        assert (done.code, done.posts()) == (0, before | named), done.out
        world.forget_requests()
        assert runs.crawl(*SHARE, *SOURCE).code == 0
        assert not [one for one in world.requests if "GetNewsText" in one.path], "once"
        done = runs.crawl("finews", *START, *SOURCE)
        assert (done.code, done.posts()) == (0, wanted), done.out


@pytest.mark.long
@pytest.mark.parametrize("status", [500, 404])
def test_who_asks_for_all_hears_what_could_not_be_had_again(status: int, tmp_path: Path) -> None:
    """Nobody knows whether it has changed."""
    with World(SITE) as world:
        runs, full = Runs(world, tmp_path), ("finews", *START, "-a", "full=1")
        before = runs.crawl("finews", *START).posts()
        assert runs.crawl(*full).code == 0
        told = runs.crawl(*full, fault=Fault("status", path="GetNewsText", status=status))
        assert (told.code, told.posts(), "with the body of before" in told.out) == (5, before, True), told.out
        assert runs.crawl("finews", *START).code == 0

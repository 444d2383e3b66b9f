"""Articles that leave the finews site, as all do after three days, before their pages were read or when posts are lost."""

from pathlib import Path

import pytest
from run_scrapy import Crawl
from world import Fault, LeavingSite, World, generated_site

pytestmark = pytest.mark.long
ITEMS = "2022-01-10-2022"
"""How the files of items of the rolling list begin: others have them without their digests."""


@pytest.fixture
def site() -> LeavingSite:
    return LeavingSite(generated_site(8, 2))


def test_what_was_named_and_not_read_in_time_is_had_from_others(
    site: LeavingSite, crawl: Crawl, tmp_path: Path
) -> None:
    with World(site) as world:
        wanted = crawl(world, output=tmp_path / "wanted").posts()
        world.faults.replace(Fault("status", path=r"2022\d+\.html", status=500))
        assert crawl(world).posts() == {}
        world.faults.replace()
        site.leave(site.newest[1].date)
        done = crawl(world)
        assert (done.code, done.posts().keys()) == (5, wanted.keys()), "that items lack something is told once"
        assert {name for name, post in done.posts().items() if post != wanted[name]} == {
            name for name in wanted if name.startswith(ITEMS) and name != site.newest[0].file_name
        }
        again = crawl(world)
        assert (again.code, "written 0," in again.out) == (0, True)


def test_a_lost_post_of_an_article_that_left_is_made_again(site: LeavingSite, crawl: Crawl, tmp_path: Path) -> None:
    with World(site) as world:
        wanted = crawl(world).posts()
        site.leave(site.newest[1].date)
        gone = [name for name in wanted if name.startswith("2022-01-10-NW")]
        for name in gone:
            (tmp_path / "output/_posts" / name).unlink()
        done = crawl(world)
        assert (len(gone) > 1, done.code, done.posts()) == (True, 0, wanted)


def test_what_others_have_no_more_either_is_withdrawn(site: LeavingSite, crawl: Crawl) -> None:
    with World(site) as world:
        world.faults.replace(Fault("status", path=r"2022\d+\.html", status=500))
        crawl(world)
        first = site.newest[-1]
        site.remove(first.code)
        world.faults.replace()
        done = crawl(world)
        assert (done.code, len(done.posts())) == (5, 7)
        assert f"no more on the site 1: {first.code}" in done.out
        assert crawl(world).code == 0


def test_edits_are_overwritten_with_what_others_have_or_told_to_be_there_yet(
    site: LeavingSite, crawl: Crawl, tmp_path: Path
) -> None:
    """Only the site has the digest of an item."""
    overwrite = ("-s", "FINEWS_EDITED=overwrite")
    with World(site) as world:
        wanted = crawl(world).posts()
        site.leave(site.newest[1].date)
        item, media = (next(name for name in wanted if name.startswith(begin)) for begin in (ITEMS, "2022-01-10-NW"))
        edits = {name: wanted[name].replace(b'title: "', 'title: "读者：'.encode()) for name in (item, media)}
        for name, data in edits.items():
            (tmp_path / "output/_posts" / name).write_bytes(data)
        for _ in range(2):
            done = crawl(world, *overwrite)
            assert (done.code, done.posts()) == (5, wanted | {item: edits[item]})
            assert f"edited by hand and not to be overwritten, for nobody has them any more 1: {item}" in done.out
        (tmp_path / "output/_posts" / item).write_bytes(wanted[item])
        assert crawl(world, *overwrite).code == 0

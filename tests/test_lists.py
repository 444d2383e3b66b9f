"""Every article that the site names: cut lists, lists behind lists, lists that are not there, mistyped categories."""

import shutil
from pathlib import Path

import pytest
from run_scrapy import Crawl, scrapy
from world import Fault, World, generated_site

from crawler.demo import finews_host


@pytest.mark.parametrize("gone", ["^/category/emnews", "^/achieves/"])
def test_the_rolling_list_is_cut_and_the_whole_one_is_found(
    gone: str, crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the link to it, or where no link leads to; the one that is not there is no failure."""
    monkeypatch.setattr(finews_host, "EMNEWS_SHOWN", 6)
    with World(generated_site(24, 2), faults=[Fault("status", status=404, path=gone)]) as world:
        if "achieves" in gone:
            monkeypatch.setattr(finews_host.pages, "rolling", cut)
        done = crawl(world)
    assert (done.code, set(done.posts())) == (0, set(world.site.posts())), done.out


def cut(site, most):
    return finews_host.pages.listing("/emnews/", site.in_category("emnews")[:most], site.list_titles["emnews"])


def test_a_mistyped_category(crawl: Crawl, world: World) -> None:
    typo = ("-a", "category=renminyoudianbo")
    first = crawl(world, *typo)
    assert first.code == 2, first.out
    assert "did you mean renminyoudianbao? there are " in first.err
    assert first.posts() == {}
    assert {record.path for record in world.requests} == {"/robots.txt", "/category/renminyoudianbo.html", "/"}
    assert crawl(world, "-a", "category=renminyoudianbao").code == 0
    again = crawl(world, *typo)
    assert (again.code, "did you mean renminyoudianbao?" in again.err) == (2, True)
    done = crawl(world)
    assert (done.code, set(done.posts())) == (0, set(world.site.posts())), done.out


def test_a_list_that_goes_is_told_once(crawl: Crawl, tmp_path: Path) -> None:
    with World(generated_site(8, 4)) as world:
        assert crawl(world).code == 0
        slug = next(slug for slug in world.site.list_titles if slug != "emnews")
        world.faults.replace(Fault("status", status=404, path=f"^/category/{slug}"))
        gone = crawl(world)
        assert gone.code == 0
        assert f"lists gone: {slug}" in gone.out
        assert scrapy("quarantine", "list", output=gone.output).out == ""
        later = crawl(world)
        assert (later.code, "lists gone" in later.out) == (0, False)
        world.faults.replace()
        back = crawl(world)
        assert (back.code, f"{slug}" in back.out) == (0, False)


@pytest.mark.long
def test_a_list_in_quarantine_leaves_it_when_it_is_as_before_or_dropped(crawl: Crawl) -> None:
    with World(generated_site(8, 4)) as world:
        done = crawl(world)
        slug = next(slug for slug in world.site.list_titles if slug != "emnews")
        world.faults.replace(Fault("garbage-list", path=f"^/category/{slug}"))
        for way in ("unchanged", "dropped"):
            assert crawl(world, "-s", "RETRY_TIMES=0").code == 5
            listed = scrapy("quarantine", "list", output=done.output).out
            assert f"/category/{slug}.html" in listed
            if way == "unchanged":
                world.faults.replace()
                assert crawl(world).code == 0
                assert scrapy("quarantine", "list", output=done.output).out == ""
                world.faults.replace(Fault("garbage-list", path=f"^/category/{slug}"))
            else:
                scrapy("quarantine", "drop", listed.split()[0], output=done.output)
                world.forget_requests()
                assert crawl(world).code == 0
                assert not [r for r in world.requests if slug in r.path]


@pytest.mark.long
def test_what_is_lost_from_disk_and_on_no_list_is_asked_for_by_its_own_address(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that the site has no more is missing, until it is put back or dropped."""
    with World(generated_site(24, 2)) as world:
        done = crawl(world)
        assert (done.code, scrapy("verify", "--rebuild", output=done.output).code) == (0, 0)
        monkeypatch.setattr(finews_host, "EMNEWS_SHOWN", 2)
        monkeypatch.setattr(finews_host.pages, "rolling", cut)
        world.faults.replace(Fault("status", status=404, path="^/category/emnews"))
        posts, gone = done.posts(), next(a for a in world.site.newest if a.category != "emnews")
        unlisted = world.site.in_category("emnews")[-1]
        world.site.remove(gone.code)
        for article in (gone, unlisted):
            (done.output / "_posts" / article.file_name).unlink()
        for number in (2, 1):
            again = crawl(world)
            assert (again.code, f"missing from disk {number}" in again.out) == (5, True), again.out
            assert again.posts() == {name: data for name, data in posts.items() if name != gone.file_name}
        assert gone.code in scrapy("quarantine", "list", output=done.output).out
        assert scrapy("verify", output=done.output).code == 9
        (done.output / "_posts" / gone.file_name).write_bytes(posts[gone.file_name])
        assert (crawl(world).code, scrapy("verify", output=done.output).code) == (0, 0)
        (done.output / "_posts" / gone.file_name).unlink()
        assert crawl(world).code == 5
        assert scrapy("quarantine", "drop", gone.code, output=done.output).code == 0
        assert (crawl(world).code, scrapy("verify", output=done.output).code) == (0, 0)


@pytest.mark.long
@pytest.mark.parametrize("way", ["ledger lost", "rebuilt", "reprocessed"])
def test_the_next_crawl_reads_the_lists_that_posts_on_disk_point_to(way: str, crawl: Crawl, tmp_path: Path) -> None:
    """The home page names the newest alone, and these are known: nothing else leads to the lists."""
    with World(generated_site(24, 2)) as world:
        done = crawl(world)
        for slug in world.site.list_titles:
            for article in world.site.in_category(slug)[6:]:
                (done.output / "_posts" / article.file_name).unlink()
        shutil.rmtree(done.output / "state")
        output = done.output
        if way == "rebuilt":
            assert scrapy("verify", "--rebuild", output=output).code == 0
        elif way == "reprocessed":
            output = tmp_path / "again"
            assert scrapy("reprocess", str(done.output / "_posts"), output=output).code == 0
        again = crawl(world, output=output)
    assert (again.code, set(again.posts())) == (0, set(world.site.posts())), again.out


@pytest.mark.long
@pytest.mark.parametrize("fault", ["status", "garbage-list"])
def test_a_list_that_nothing_but_a_guess_names_may_fail_before_it_is_not_there(fault: str, crawl: Crawl) -> None:
    """A rolling list that other sites have, and the list of a category that one post on disk points to."""
    with World(generated_site(6, 2)) as world:
        done = crawl(world)
        (done.output / "_posts" / "2022-01-09-NW202201092200000001.md").write_bytes(
            next(data for name, data in done.posts().items() if "-NW" in name)
            .replace(b"NW202201102200000001", b"NW202201092200000001")
            .replace(b"dongdonghairibao", b"moumei")
        )
        guesses = ("^/achieves/", "^/category/moumei")
        world.faults.replace(*(Fault(fault, path=path) for path in guesses))
        assert crawl(world, "-s", "RETRY_TIMES=0").code == 5
        world.faults.replace(*(Fault("status", status=404, path=path) for path in guesses))
        assert crawl(world, "-a", "category=moumei").code == 2
        assert crawl(world).code == 0
        assert scrapy("quarantine", "list", output=done.output).out == ""

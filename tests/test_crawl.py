"""The main job through the front door: a crawl of the sample site gives the source's posts, byte for byte."""

import json
from pathlib import Path

from run_scrapy import Crawl, fresh_scrapy, scrapy
from world import Fault, Site, World


def _mtimes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_every_post_equals_its_source_and_a_second_run_touches_nothing(world: World, crawl: Crawl) -> None:
    done = crawl(world, "-s", "FINEWS_CLEANING=source", run=fresh_scrapy)
    assert (done.code, done.err) == (0, "")
    assert done.posts() == world.site.posts()
    before = _mtimes(done.output / "_posts")
    world.forget_requests()
    again = crawl(world, "-s", "FINEWS_CLEANING=source")
    number = len(world.site)
    assert again.code == 0
    assert f"found {number}, written 0, unchanged {number}, quarantined 0, out of scope 0" in again.out
    assert _mtimes(done.output / "_posts") == before
    lists = {"/", "/emnews/", "/robots.txt"}
    assert {r.path for r in world.requests if not r.path.startswith("/category/")} <= lists


def test_the_report_says_what_happened(world: World, crawl: Crawl) -> None:
    done = crawl(world)
    (path,) = (done.output / "reports").glob("*.json")
    report = json.loads(path.read_bytes())
    assert report["found"] == report["written"] == len(world.site)
    assert report["exit_code"] == 0
    assert report["counts"]["origin/share"] == len(world.site)
    assert report["counts"]["klines/resolved"] > 20


def test_without_json_the_post_page_gives_the_body_and_the_report_says_so(world: World, crawl: Crawl) -> None:
    world.faults.replace(Fault("status", status=404, path="GetNewsText"))
    done = crawl(world, "-s", "FINEWS_CLEANING=source", "-s", "FINEWS_ORIGINS=share,finews-page")
    assert done.code == 0
    assert "bodies from: finews-page" in done.out
    assert set(done.posts()) == set(world.site.posts())
    seed = "2022-01-14-NW202201142248170578.md"
    assert done.posts()[seed] == world.site.posts()[seed]


def test_edited_posts_are_named_and_replaced_on_demand_by_a_crawl_that_has_nothing_else_to_do(
    world: World, crawl: Crawl
) -> None:
    first = crawl(world)
    sizes = {name: len(data) for name, data in first.posts().items()}
    mine, cut = sorted((first.output / "_posts").iterdir())[:2]
    mine.write_bytes(mine.read_bytes() + "附注".encode())
    cut.write_bytes(cut.read_bytes()[:300])
    kept = crawl(world)
    assert f"edited by hand 2: {mine.name}, {cut.name}\n" in kept.out
    assert (kept.code, mine.read_bytes()[-6:], cut.stat().st_size) == (0, "附注".encode(), 300)
    replaced = crawl(world, "-s", "FINEWS_EDITED=overwrite")
    assert f"found {len(world.site)}, written 2," in replaced.out
    assert (replaced.code, "edited by hand" in replaced.out) == (0, False)
    assert {name: len(data) for name, data in replaced.posts().items()} == sizes


def test_filters(world: World, crawl: Crawl) -> None:
    done = crawl(world, "-a", "category=renminyoudianbao", "-a", "since=2022-01-14")
    wanted = {
        article.file_name
        for article in world.site
        if article.category == "renminyoudianbao" and article.date.isoformat() >= "2022-01-14"
    }
    assert wanted
    assert set(done.posts()) == wanted
    assert done.code == 0
    everything = crawl(world)
    assert set(everything.posts()) == set(world.site.posts())


def test_wrong_usage(world: World, crawl: Crawl, tmp_path: Path) -> None:
    for args in (["-a", "since=gestern"], ["-a", "start=ftp://x/"], ["-a", "nonsense=1"], ["-s", "FINEWS_CLEANING=x"]):
        done = crawl(world, *args)
        assert done.code == 2, (args, done.err)
        assert "Traceback" not in done.err
    assert scrapy("crawl", "nosuchspider", output=tmp_path).code == 2


def test_nothing_to_be_had(crawl: Crawl) -> None:
    with World(Site(), faults=[Fault("status", status=404)]) as world:
        done = crawl(world)
    assert done.code == 3, done.out


def test_changed_settings_make_known_posts_anew(world: World, crawl: Crawl) -> None:
    remote = crawl(world)
    before = remote.posts()
    local = crawl(world, "-s", "FINEWS_KLINE_IMAGES=local", "-s", "FINEWS_KLINE_CHARTS=1")
    assert local.code == 0
    assert b"assets/kline/1.600050/" in local.posts()["2022-01-14-NW202201142248170578.md"]
    assert (local.output / "assets/kline/1.600050").is_dir()
    assert crawl(world).posts() == before

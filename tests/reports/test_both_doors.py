"""Whatever becomes of a run, through either door: it has its page, and its charts hold what the world saw."""

import json
from pathlib import Path
from typing import Any

import pytest
from run_scrapy import Crawl, Done, scrapy
from world import Fault, Site, World

pytestmark = pytest.mark.long


def report_of(done: Done) -> dict[str, Any]:
    newest = max((done.output / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    report: dict[str, Any] = json.loads(newest.read_bytes())
    page = newest.with_suffix(".html").read_text("utf-8")
    assert page == (done.output / "reports/latest.html").read_text("utf-8")
    assert f"Exit {done.code}: " in page
    assert report["exit_code"] == done.code
    return report


def total(report: dict[str, Any], name: str) -> float:
    numbers: float = sum(map(sum, report["charts"][name]["series"].values()))
    return numbers


def test_a_crawl_and_one_that_finds_nothing_new(world: World, crawl: Crawl) -> None:
    for written in (len(world.site), 0):
        world.forget_requests()
        report = report_of(crawl(world))
        assert {name: total(report, name) for name in ("articles-by-day", "articles-by-category", "body-origins")} == (
            dict.fromkeys(("articles-by-day", "articles-by-category", "body-origins"), written)
        )
        assert total(report, "new-and-known") == len(world.site)
        assert total(report, "klines-by-exchange") == report["counts"].get("klines/resolved", 0)
        assert total(report, "requests-by-status") == len(world.requests)
        assert {one["file"] for one in report["new"]} == (set(world.site.posts()) if written else set())


def test_saved_pages(sample: Site, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    for name, data in sample.posts().items():
        (tmp_path / "saved" / name).write_bytes(data)
    (tmp_path / "saved/NW202201142248170999.html").write_bytes(b"<html>cut")
    report = report_of(scrapy("reprocess", str(tmp_path / "saved"), "--workers", "2", output=tmp_path / "output"))
    assert total(report, "body-origins") == report["written"] == len(sample.posts())
    assert report["charts"]["requests-by-status"] == {"labels": [], "series": {}}


def test_a_pause_that_a_host_asks_for_is_waited_for(world: World, crawl: Crawl) -> None:
    world.faults.replace(Fault("status", status=429, retry_after=3, path="GetNewsText", first=1))
    report = report_of(crawl(world))
    waited = dict(
        zip(
            report["charts"]["waiting-by-host"]["labels"],
            report["charts"]["waiting-by-host"]["series"]["seconds"],
            strict=True,
        )
    )
    assert 3 <= waited["finews.zning.xyz"] < 20
    assert sum(report["charts"]["requests-by-status"]["series"]["429"]) == 1


ENDS = {
    "blocked": (Fault("status", status=403), (), 8),
    "an outage": (Fault("status", path="/robots.txt", status=500), (), 3),
    "a limit": (Fault("status", path="/nowhere"), ("-s", "CLOSESPIDER_ITEMCOUNT=3"), 4),
    "failures": (Fault("garbage", path="GetNewsText.*NW202201142248170578"), ("-s", "FINEWS_ORIGINS=share"), 5),
}


@pytest.mark.parametrize("end", ENDS)
def test_however_it_ends(end: str, world: World, crawl: Crawl) -> None:
    fault, settings, code = ENDS[end]
    world.faults.replace(fault)
    assert report_of(crawl(world, *settings))["exit_code"] == code


def test_pictures_of_saved_pages_are_answers_too(world: World, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    for name, data in [*world.site.posts().items()][:6]:
        (tmp_path / "saved" / name).write_bytes(data)
    world.faults.replace(Fault("status", status=404, host="push2his.eastmoney.com", first=1))
    settings = ("-s", "FINEWS_KLINE_IMAGES=local", "-s", "FINEWS_KLINE_CHARTS=1")
    done = scrapy(
        "reprocess", str(tmp_path / "saved"), "--online", *settings, output=tmp_path / "output", env=world.env()
    )
    report = report_of(done)
    assert total(report, "requests-by-status") == len(world.requests) > 1
    assert sum(report["charts"]["requests-by-status"]["series"]["404"]) == 1
    assert total(report, "waiting-by-host") > 1

"""The history of articles through both doors: what a site changes is a version, what we make otherwise is none."""

import json
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from forked_scrapy import Done
from run_scrapy import Crawl, scrapy
from world import Fault, World, generated_site

from crawler.store.engine import now
from crawler.store.versions import Versions, read

CODE = "NW202201142248170578"


def kept(output: Path) -> list[tuple[int, str, str, bytes]]:
    """The earlier posts of all articles: version, origin, why, bytes."""
    found = [pair for _, some in Versions(output).all() for pair in some]
    return [(one.version, one.origin, one.why, read(path)) for one, path in found]


def exported(output: Path, *options: str) -> dict[str, tuple[str, int, str]]:
    """Title, version and first_seen by code."""
    done = scrapy("export", "-", *options, output=output)
    assert done.code == 0, done.err
    rows = map(json.loads, done.out.splitlines())
    return {one["code"]: (one["title"], one["version"], one["first_seen"]) for one in rows}


def ended(done: Done) -> str:
    """When the run ended, once that second is over: times are told to the second."""
    report = max((done.output / "reports").glob("*.json"))
    told = str(json.loads(report.read_bytes())["ended"])
    while now().isoformat() <= told:
        time.sleep(0.05)
    return told


@pytest.mark.long
def test_a_site_that_changes_crawled_and_reprocessed(world: World, crawl: Crawl, tmp_path: Path) -> None:
    text = world.site.article(CODE).text
    first = crawl(world, "-s", "FINEWS_ARCHIVE=1")
    title, times = exported(first.output)[CODE][0], [ended(first)]
    warcs = [*(first.output / "archive").glob("*.warc.gz")]
    before = first.posts()
    world.site.change(CODE, title="题目改过了", text=text.replace("</p>", "，改过了</p>", 1))
    second = crawl(world, "-s", "FINEWS_ARCHIVE=1")
    times.append(ended(second))
    warcs += [path for path in (first.output / "archive").glob("*.warc.gz") if path not in warcs]
    assert len(warcs) == 2
    assert crawl(world).code == 0  # nothing changed
    (earlier,) = kept(first.output)
    assert earlier == (1, "share", "source-changed", before[f"2022-01-14-{CODE}.md"])
    by_now = exported(first.output)
    assert by_now[CODE][:2] == ("题目改过了", 2)
    assert {version for code, (_, version, _) in by_now.items() if code != CODE} == {1}
    assert exported(first.output, "--as-of", times[0])[CODE] == (title, 1, by_now[CODE][2])
    assert exported(first.output, "--as-of", times[1]) == by_now

    again = tmp_path / "again"
    for number, warc in enumerate(warcs):
        shutil.copy(warc, tmp_path / f"{number}.warc.gz")
        assert scrapy("reprocess", str(tmp_path / f"{number}.warc.gz"), output=again).code in {0, 5}
    assert kept(again) == [earlier]
    assert {code: told[:2] for code, told in exported(again).items()} == {
        code: told[:2] for code, told in by_now.items()
    }
    assert (scrapy("verify", output=again).code, scrapy("doctor", output=again).code) == (0, 0)


def test_a_better_origin_and_other_rules_are_no_versions(crawl: Crawl) -> None:
    with World(generated_site(3, 1)) as world:
        world.faults.replace(Fault("status", status=404, path="GetNewsText"))
        crawl(world)
        world.faults.replace()
        done = crawl(world, "-a", "full=1")
        assert done.code == 0
        origins = kept(done.output)
        assert {why for _, _, why, _ in origins} == {"better-origin"}
        assert len(origins) == 3
        assert crawl(world, "-s", "FINEWS_KLINE_IMAGES=local", "-s", "FINEWS_KLINE_CHARTS=1").code == 0
        more = [one for one in kept(done.output) if one not in origins]
        assert {why for _, _, why, _ in more} <= {"newer-cleaning"}
    assert {version for _, version, _ in exported(done.output).values()} == {1}


def test_a_correction_is_one_whichever_bodies_the_chain_leaves_out(crawl: Crawl) -> None:
    with World(generated_site(2, 2)) as world:
        before = {code: title for code, (title, *_) in exported(crawl(world).output).items()}
        for code, title in before.items():
            world.site.change(code, title=f"{title}（更正）")
        time.sleep(1.1)  # which of two pages is later is known to the second
        done = crawl(world, "-s", "FINEWS_ORIGINS=share")
    assert done.code == 0
    assert {code: title for code, (title, *_) in exported(done.output).items()} == {
        code: f"{title}（更正）" for code, title in before.items()
    }


def test_a_correction_is_later_than_what_a_clock_of_tomorrow_saw(crawl: Crawl) -> None:
    with World(generated_site(2, 2)) as world:
        output = crawl(world).output
        ahead = int(time.time()) + 864000
        with closing(sqlite3.connect(output / "state" / "ledger.sqlite")) as db, db:
            for code, sources in db.execute("SELECT code, sources FROM articles").fetchall():
                told = [
                    [origin, [made, ahead, *rest], names] for origin, (made, _, *rest), names in json.loads(sources)
                ]
                db.execute("UPDATE articles SET sources = ? WHERE code = ?", (json.dumps(told), code))
        for article in [*world.site]:
            world.site.change(article.code, title=f"{article.title}（更正）")
        done = crawl(world)
    assert done.code == 0
    assert all(title.endswith("（更正）") for title, *_ in exported(output).values())

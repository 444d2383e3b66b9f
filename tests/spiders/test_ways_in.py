"""One set of articles by three doors, in any order of three runs: one post of each, and the same bytes."""

import json
from itertools import permutations
from pathlib import Path

import pytest
from full_or_small import FULL
from run_scrapy import Crawl, Done, scrapy
from world import World

ORDERS = list(permutations(("finews", "eastmoney", "share")))
SAMPLE = [ORDERS[0], ORDERS[3]]


def through(door: str, crawl: Crawl, world: World, output: Path) -> Done:
    if door == "finews":
        return crawl(world, output=output)
    links = output.with_suffix(".links")
    links.write_text("\n".join(article.code for article in world.site), "utf-8")
    args = ("column=cgnjj,7x24",) if door == "eastmoney" else (f"links={links}",)
    return scrapy("crawl", door, "-a", *args, output=output, env=world.env())


@pytest.mark.parametrize("order", ORDERS if FULL else SAMPLE, ids=" ".join)
def test_one_set_of_articles_by_three_doors(order: tuple[str, ...], world: World, crawl: Crawl, tmp_path: Path) -> None:
    wanted = world.site.posts()
    for door in order:
        done = through(door, crawl, world, tmp_path / "output")
        assert done.code == 0, done.out + done.err
    assert done.posts() == crawl(world, output=tmp_path / "site").posts()
    assert done.posts().keys() == wanted.keys()
    for door in order:
        done = through(door, crawl, world, tmp_path / "output")
        told = json.loads(
            max((done.output / "reports").glob("*.json"), key=lambda file: file.stat().st_mtime_ns).read_bytes()
        )
        assert (done.code, told["written"], told["unfinished"]) == (0, 0, 0), f"{door}: {done.out}"
    assert done.posts().keys() == wanted.keys()

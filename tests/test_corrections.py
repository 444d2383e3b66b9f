"""An article is corrected while hosts are down, and other doors are used meanwhile: in the end its post is the new one."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import timedelta
from pathlib import Path

import pytest
from forked_scrapy import START
from run_scrapy import Done, scrapy
from world import Fault, World, generated_site

from crawler import demo

pytestmark = pytest.mark.long
SHARE_DOWN = Fault("status", path="GetNewsText", status=500)
SHARE_BLOCKS = Fault("captcha", path="GetNewsText")
POSTS_GONE = Fault("status", path=r"2022\d+\.html", status=404)
POSTS_DOWN = Fault("status", path=r"2022\d+\.html", status=500)
FAULTS = {"share-down": SHARE_DOWN, "share-blocks": SHARE_BLOCKS, "posts-down": POSTS_DOWN, "posts-gone": POSTS_GONE}
CODES = {"posts-gone": {0}, "links": {0, 5}}
"""That a post which is there is no more on the site is no fault; who asks for links may be told what only it can end."""
NOTE = " 读者附注".encode()
ORDERS = [
    "crawl correct share-down",
    "crawl correct share-blocks",
    "crawl correct posts-down correct share-down",
    "crawl correct posts-down saved",
    "crawl correct share-down saved rebuild",
    "crawl correct posts-down rebuild",
    "crawl correct posts-down rebuild posts-down",
    "links correct",
    "links correct share-down saved",
    "posts-down saved",
    "links posts-down saved",
    "crawl move",
    "posts-down move",
    "crawl correct since",
    "crawl correct posts-down since share-down",
    "crawl edit correct crawl edit",
    "crawl edit forget crawl edit",
    "crawl other-ledger correct other-ledger crawl correct",
    "crawl correct posts-down links",
    "crawl correct posts-gone links",
    "crawl correct posts-gone saved",
    "crawl correct source share-down saved",
    "source crawl correct share-down standard share-down",
    "crawl rebuild source since",
    "crawl correct posts-of-before posts-of-before",
    "crawl correct posts-of-before correct",
]


HOST = "finews.withounder.com"


@pytest.fixture
def world() -> Iterator[World]:
    with World(generated_site(4, 2)) as running:
        yield running


def correct(world: World) -> None:
    """An item of the rolling list and an article of a medium: other titles, other bodies, in another second."""
    time.sleep(1.1)
    for code in ("202201102200000002", "NW202201102200000003"):
        article = world.site.article(code)
        changes = {name: getattr(article, name).replace("</p>", "（更正）</p>", 1) for name in ("text", "content")}
        world.site.change(code, title=f"更正：{article.title}", **changes)


def move(world: World) -> None:
    """The same articles: the one of a day before, with its title; the other of a day later, with another title."""
    time.sleep(1.1)
    world.site.change("202201102200000002", date=world.site.article("202201102200000002").date - timedelta(days=1))
    article = world.site.article("NW202201102200000003")
    world.site.change(article.code, date=article.date + timedelta(days=1), title=f"更正：{article.title}")


@contextmanager
def posts_of(before: demo.Site, world: World) -> Iterator[None]:
    """The site's post pages are still those of before, as caches have them; its lists are those of now."""
    now = world.hosts[HOST]
    world.hosts[HOST] = lambda site, request: now(before if "/2022/" in request.path else site, request)
    yield
    world.hosts[HOST] = now


def edit(output: Path) -> None:
    """Somebody writes into all posts, or takes that back."""
    for post in sorted((output / "_posts").iterdir()):
        text = post.read_bytes()
        post.write_bytes(text.removesuffix(NOTE) if text.endswith(NOTE) else text + NOTE)


def crawl(world: World, output: Path, *args: str) -> Done:
    return scrapy("crawl", *(args or ("finews", *START)), "-s", "FINEWS_ARCHIVE=1", output=output, env=world.env())


@pytest.mark.parametrize("order", ORDERS)
def test_in_the_end_the_post_is_the_new_one(
    order: str, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, before = tmp_path / "output", copy(world.site)
    for step in order.split():
        if step == "correct":
            before = copy(world.site)
            correct(world)
        elif step == "posts-of-before":
            with posts_of(before, world):
                done = crawl(world, output)
            assert (done.code, "with the body of before" in done.out) == (5, True), done.out
        elif step == "move":
            move(world)
        elif step == "edit":
            edit(output)
        elif step in {"source", "standard"}:
            monkeypatch.setenv("FINEWS_CLEANING", step)
        elif step == "forget":
            shutil.rmtree(output / "state")
        elif step == "rebuild":
            assert scrapy("verify", "--rebuild", output=output).code == 0
        elif step == "saved":
            assert scrapy("reprocess", str(output / "archive"), "--workers", "1", output=output).code in {0, 5}
        else:
            ways = {
                "since": ("finews", *START, "-a", "since=2022-01-13"),
                "links": ("share", "-a", f"links={','.join(a.code for a in world.site if a.code[0] == 'N')}"),
                "other-ledger": ("finews", *START, "-s", f"FINEWS_LEDGER_URL=sqlite:///{tmp_path}/other.sqlite"),
            }
            world.faults.replace(*filter(None, [FAULTS.get(step)]))
            done = crawl(world, output, *ways.get(step, ("finews", *START)))
            world.faults.replace()
            assert done.code in CODES.get(step, {5, 8} if step in FAULTS else {0}), (step, done.out)
    done = crawl(world, output)
    fresh = crawl(world, tmp_path / "fresh")
    assert (done.code, fresh.code, done.posts() == fresh.posts()) == (0, 0, True), done.out
    assert "written 0," in crawl(world, output).out

"""One set of articles by three doors, in any order of three runs: one post of each, and the same bytes."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from full_or_small import FULL
from run_scrapy import Crawl, Done, scrapy
from world import Fault, World

from crawler.origins import HOSTS
from crawler.sites import share_link

pytestmark = pytest.mark.long

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


def read_again(output: Path) -> Done:
    """The output's own posts, as if they were somebody's."""
    return scrapy("reprocess", str(output / "_posts"), output=output)


def put_back(output: Path) -> Done:
    """A copy of the output's posts, in place of those that are gone."""
    delete(output, to := output.with_name("copy"))
    return scrapy("reprocess", str(to), output=output)


def lose(output: Path) -> None:
    """The ledger."""
    shutil.rmtree(output / "state")


def rebuild(output: Path) -> Done:
    lose(output)
    return scrapy("verify", "--rebuild", output=output)


def lose_and_read_again(output: Path) -> Done:
    lose(output)
    return read_again(output)


def move(output: Path) -> Done:
    """The posts alone, to an output that never wrote them."""
    delete(output, to := output.with_name("copy"))
    shutil.rmtree(output)
    return scrapy("reprocess", str(to), output=output)


def delete(output: Path, to: Path | None = None) -> None:
    (output / "_posts").rename(to or output.with_name("gone"))


@pytest.mark.parametrize(
    ("door", "between", "saved"),
    [
        ("share", read_again, False),
        ("eastmoney", put_back, False),
        ("eastmoney", delete, False),
        ("share", delete, True),
    ],
)
def test_what_the_site_has_as_an_item_is_one_post_whatever_was_done_to_it(
    door: str, between: Callable[[Path], Done | None], saved: bool, world: World, crawl: Crawl, tmp_path: Path
) -> None:
    site = crawl(world, "-s", "FINEWS_ARCHIVE=1", output=tmp_path / "site")
    assert through(door, crawl, world, tmp_path / "output").posts().keys() != site.posts().keys()  # all are of media
    done = between(tmp_path / "output")
    assert done is None or done.code == 0
    if saved:
        done = scrapy("reprocess", str(site.output / "archive"), output=tmp_path / "output")
    else:
        done = crawl(world, output=tmp_path / "output")
    assert done.code == 0, done.out
    assert done.posts() == site.posts()


def test_a_lost_post_that_was_said_to_be_of_a_medium_is_not_given_up_for_an_item(
    world: World, crawl: Crawl, tmp_path: Path
) -> None:
    other = through("share", crawl, world, tmp_path / "other")
    scrapy("reprocess", str(other.output / "_posts"), output=tmp_path / "output")
    delete(tmp_path / "output")
    done = crawl(world, output=tmp_path / "output")
    assert (done.code, done.posts().keys()) == (5, world.site.posts().keys())


@pytest.mark.parametrize("between", [read_again, put_back])
def test_what_the_site_holds_twice_stays_two_posts_when_they_are_read_again(
    between: Callable[[Path], Done], world: World, crawl: Crawl, tmp_path: Path
) -> None:
    item = next(article for article in world.site if article.category == "emnews")
    medium = next(article for article in world.site if article.category != "emnews")
    its = {"category": medium.category, "tag": medium.tag, "link": share_link(item.info_code), "digest": None}
    world.site.put(replace(item, code=item.info_code, **its))
    before = crawl(world).posts()
    done = between(tmp_path / "output")
    assert (done.code, done.posts() == before) == (0, True)
    assert before.keys() == world.site.posts().keys()


LOSSES = [lose, rebuild, lose_and_read_again, move]
LOST = [(way, loss) for way in ((first, then) for first in ORDERS[0] for then in ORDERS[0]) for loss in LOSSES]
FEW = [(("eastmoney", "finews"), lose), (("finews", "eastmoney"), lose), (("share", "eastmoney"), rebuild)]


@pytest.mark.parametrize(("way", "loss"), LOST if FULL else FEW)
def test_two_doors_and_a_lost_ledger_between(
    way: tuple[str, str], loss: Callable[[Path], Done | None], world: World, crawl: Crawl, tmp_path: Path
) -> None:
    output, wanted = tmp_path / "output", world.site.posts().keys()
    through(way[0], crawl, world, output)
    done = loss(output)
    assert done is None or done.code == 0
    for door in (way[1], "finews"):
        done = through(door, crawl, world, output)
        assert done.code == 0, done.out
        assert "finews" not in {way[0], door} or done.posts().keys() == wanted, "what the site has as an item stays one"
    again = through("finews", crawl, world, output)
    assert (again.code, "written 0," in again.out, again.posts() == done.posts()) == (0, True, True)
    assert scrapy("verify", output=output).code == 0


@pytest.fixture
def twins(world: World, crawl: Crawl, tmp_path: Path) -> tuple[Path, Path]:
    """The post of a medium in an output without a ledger, and the item that the site has in its place."""
    item = next(article for article in world.site if article.category == "emnews")
    through("share", crawl, world, tmp_path / "output")
    lose(tmp_path / "output")
    posts = tmp_path / "output" / "_posts"
    return posts / item.file_name.replace(item.code, item.info_code), posts / item.file_name


def test_a_second_post_that_somebody_edited_stays(
    twins: tuple[Path, Path], world: World, crawl: Crawl, tmp_path: Path
) -> None:
    post, item = twins
    post.write_bytes(edited := post.read_bytes().replace(b"</p>", "（读者注）</p>".encode(), 1))
    for _ in range(2):
        done = through("finews", crawl, world, tmp_path / "output")
        assert (done.code, post.read_bytes(), item.exists()) == (0, edited, True)
        assert post.name in done.out
        assert len(done.posts()) == len(world.site) + 1


def test_a_second_post_that_is_there_already_goes_when_both_were_read_again(
    twins: tuple[Path, Path], world: World, crawl: Crawl, tmp_path: Path
) -> None:
    """Their files alone tell of them then, and what the site names of them is asked for no more."""
    post, item = twins
    item.write_bytes(crawl(world, output=tmp_path / "site").posts()[item.name])
    assert read_again(tmp_path / "output").code == 0
    done = through("finews", crawl, world, tmp_path / "output")
    assert (done.code, post.exists(), item.exists()) == (0, False, True)


def test_a_second_post_goes_aside_and_is_not_lost(
    twins: tuple[Path, Path], world: World, crawl: Crawl, tmp_path: Path
) -> None:
    post, _ = twins
    code = post.name[11:].removesuffix(".md")
    assert not [*(tmp_path / "output" / "versions").rglob(f"{code}*")]
    done = through("finews", crawl, world, tmp_path / "output")
    assert (done.code, post.exists()) == (0, False)
    assert [*(tmp_path / "output" / "versions").rglob(f"{code}*")]


def test_a_post_of_which_the_site_says_nothing_waits(
    twins: tuple[Path, Path], world: World, crawl: Crawl, tmp_path: Path
) -> None:
    post, _ = twins
    world.faults.replace(Fault("status", status=500, path=f"{post.stem[11:]}.html"))
    done = through("finews", crawl, world, tmp_path / "output")
    assert (done.code, post.exists()) == (5, True)
    down = [{"path": "GetNewsText"}, *({"host": host} for host in HOSTS)]
    world.faults.replace(*(Fault("status", status=500, **where) for where in down))
    done = through("finews", crawl, world, tmp_path / "output")
    assert (done.code, post.exists()) == (5, True), "what it would be is not known"
    world.faults.replace()
    done = through("finews", crawl, world, tmp_path / "output")
    assert (done.code, post.exists()) == (0, False)


def test_what_the_site_holds_twice_stays_two_posts_when_the_ledger_is_lost(
    world: World, crawl: Crawl, tmp_path: Path
) -> None:
    """One of the two stands at its own address alone: the list of its category is gone."""
    item = next(article for article in world.site if article.category == "emnews")
    medium = next(article for article in world.site if article.category != "emnews")
    its = {"category": "moumei", "tag": medium.tag, "link": share_link(item.info_code), "digest": None}
    world.site.put(replace(item, code=item.info_code, **its))
    before = crawl(world).posts()
    assert len(before) == len(world.site)
    world.faults.replace(Fault("status", status=404, path="/category/moumei"), Fault("empty-list", path="^/$"))
    for loss in (lose, rebuild):
        loss(tmp_path / "output")
        for _ in range(2):
            done = through("finews", crawl, world, tmp_path / "output")
            assert (done.code, done.posts() == before) == (5, True), done.out  # for the lists

"""East Money's lists: killed at any moment, in a worse world first, and from what a crawl kept: the same bytes."""

import random
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from forked_scrapy import ScrapyForker
from full_or_small import FULL, size
from torture.output_checks import Tree, check_conservation, check_ledger, differences, leftovers, reports, tree
from world import DemoArticle, Fault, Site, World, generated_site

from crawler.columns import LIST_HOST, ROLLING_HOST
from crawler.origins import API_HOST, PAGE_HOST, WAP_HOST
from crawler.sites import SHARE_HOSTS

CRAWL = ("crawl", "eastmoney", "-a", "column=7x24,cgsbd,cgjjj", "-a", "since=2022-01-10")
FAST = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=2")
ORIGINS = {"FINEWS_ORIGINS": "share,article-api,article-page,wap", "FINEWS_SHARE_HOSTS": ",".join(SHARE_HOSTS)}
pytestmark = pytest.mark.timeout(size(200, 7200))


def flash(number: int, when: datetime) -> DemoArticle:
    """An item of the rolling list without a medium, with a link to a security in one of its bodies."""
    code = f"{when:%Y%m%d}{2290000000 + number}"
    text = f"<p>第{number}项数据今日公布，增速持平。</p>"
    content = text.replace("数据", '<span web="1" data-code="1,600050">数据</span>')
    return DemoArticle(
        code,
        f"第{number}项数据公布",
        when,
        "emnews",
        "东财滚动新闻",
        "",
        f"第{number}项数据，增速持平。",
        text,
        content,
    )


@pytest.fixture(scope="module")
def site() -> Site:
    made = generated_site(size(60, 300), 4)
    newest = made.newest[0].date
    made.put(*(flash(number, newest - timedelta(minutes=20 * number)) for number in range(size(12, 30))))
    return made


def crawl(forker: ScrapyForker, world: World, output: Path, *args: str) -> int:
    running = forker.start(*CRAWL, *FAST, *args, output=output, env=world.env() | ORIGINS)
    return running.wait(150).code


@pytest.fixture(scope="module")
def wanted(site: Site, forker: ScrapyForker, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tree]:
    """What an undisturbed crawl makes, and where."""
    output = tmp_path_factory.mktemp("undisturbed")
    with World(site) as world:
        assert crawl(forker, world, output, "-s", "FINEWS_ARCHIVE=1") == 0
    made = tree(output)
    assert sum("-NW" not in name for name in made if name.startswith("_posts")) == size(12, 30)
    return output, {name: data for name, data in made.items() if not name.startswith("archive/")}


def lists_asked(world: World) -> int:
    return sum(record.host in {LIST_HOST, ROLLING_HOST} and record.path != "/robots.txt" for record in world.requests)


@pytest.mark.parametrize("seed", range(size(2, 60)))
def test_killed_at_random_moments(
    seed: int, site: Site, wanted: tuple[Path, Tree], forker: ScrapyForker, tmp_path: Path
) -> None:
    rng = random.Random(seed)
    with World(site) as world:
        for _ in range(rng.randint(1, 5)):
            running = forker.start(*CRAWL, *FAST, output=tmp_path, env=world.env() | ORIGINS)
            time.sleep(rng.uniform(0.2, 1.2))
            if running.poll() is None:
                running.signal(signal.SIGKILL)
            running.wait()
        assert crawl(forker, world, tmp_path) == 0
        assert differences(tree(tmp_path), wanted[1]) == {}
        assert leftovers(tmp_path) == []
        world.forget_requests()
        assert crawl(forker, world, tmp_path) == 0
        assert (lists_asked(world), reports(tmp_path)[-1]["written"]) == (3, 0)
    check_ledger(tmp_path)
    check_conservation(reports(tmp_path))


WORSE = [
    [Fault("close", host=host) for host in (*SHARE_HOSTS, API_HOST, PAGE_HOST, WAP_HOST)],
    [Fault("status", status=500, host=host) for host in (API_HOST, PAGE_HOST, WAP_HOST)],
    [Fault("status", status=404, path="GetNewsText")],
    [Fault("html-for-json", path="page_index=2"), Fault("status", status=404, path="/a/c")],
    [Fault("blocked-json", host=ROLLING_HOST), Fault("status", status=404, path="getlist_102")],
    [Fault("status", status=500, share=0.5)],
    [Fault("json-null-data", host=LIST_HOST)],
]


@pytest.mark.parametrize("number", range(len(WORSE)) if FULL else (0, 3, 4))
def test_a_worse_world_first(
    number: int, site: Site, wanted: tuple[Path, Tree], forker: ScrapyForker, tmp_path: Path
) -> None:
    with World(site, faults=WORSE[number]) as world:
        for _ in range(size(1, 3)):
            crawl(forker, world, tmp_path, "-s", "RETRY_TIMES=1")
        world.faults.replace()
        code = crawl(forker, world, tmp_path)
        told = reports(tmp_path)[-1]
        assert code == 0, told
        assert differences(tree(tmp_path), wanted[1]) == {}
        assert reports(tmp_path)[-1]["unfinished"] == 0
    check_conservation(reports(tmp_path))


DEAD = {"share": {"path": "GetNewsText"}, "api": {"host": API_HOST}, "page": {"host": PAGE_HOST, "path": "^/a/2"}}
PAIRS = [("share",), ("api", "page"), *([("share", "api"), ("share", "page"), ("api",), ("page",)] if FULL else [])]


@pytest.mark.parametrize("kind", ["close", "json-null-data", "empty-body"] if FULL else ["close"])
@pytest.mark.parametrize("dead", PAIRS, ids=" ".join)
def test_without_one_origin_or_two(
    dead: tuple[str, ...], kind: str, site: Site, wanted: tuple[Path, Tree], forker: ScrapyForker, tmp_path: Path
) -> None:
    """All come out; the next run asks for what is better, and then there is nothing left to ask."""
    with World(site, faults=[Fault(kind, **DEAD[name]) for name in dead]) as world:
        assert crawl(forker, world, tmp_path, "-s", "RETRY_TIMES=1") == 0
        posts = [name for name in wanted[1] if name.startswith("_posts/")]
        assert [name for name in tree(tmp_path) if name.startswith("_posts/")] == posts
        world.faults.replace()
        assert crawl(forker, world, tmp_path) == 0
        assert differences(tree(tmp_path), wanted[1]) == {}
        world.forget_requests()
        assert crawl(forker, world, tmp_path) == 0
        assert (lists_asked(world), reports(tmp_path)[-1]["written"]) == (3, 0)
        assert [record.path for record in world.requests if "2022" in record.path.partition("sortEnd")[0]] == []


def test_what_a_crawl_kept_gives_the_same_posts(
    wanted: tuple[Path, Tree], forker: ScrapyForker, tmp_path: Path
) -> None:
    running = forker.start("reprocess", str(wanted[0] / "archive"), output=tmp_path, env=ORIGINS)
    assert running.wait(150).code == 0
    posts = {name: data for name, data in tree(tmp_path).items() if name.startswith("_posts/")}
    assert posts == {name: data for name, data in wanted[1].items() if name.startswith("_posts/")}

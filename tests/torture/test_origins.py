"""Origins of bodies that are dead, in ones and twos: every article comes out, and what is better later takes its place."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from forked_scrapy import START, Done, ScrapyForker
from full_or_small import FULL, size
from torture.output_checks import Tree, check_conservation, differences, reports, tree
from world import Fault, Record, Site, World, generated_site

from crawler.origins import API_HOST, ORIGINS, PAGE_HOST, WAP_HOST
from crawler.sites import SHARE_HOSTS

DEAD = {
    "share": {"path": "GetNewsText"},
    "article-api": {"host": API_HOST},
    "article-page": {"host": PAGE_HOST},
    "wap": {"host": WAP_HOST},
}
HOW: list[dict[str, Any]] = [
    {"kind": "status", "status": 404},
    {"kind": "close"},
    {"kind": "empty-body"},
    {"kind": "captcha"},
]
EVERYDAY = [("share",), ("share", "article-api"), ("article-api", "article-page")]
CASES = [dead for number in (1, 2) for dead in combinations(DEAD, number)] if FULL else EVERYDAY
WHOLE_CHAIN = {"FINEWS_ORIGINS": ",".join(ORIGINS), "FINEWS_SHARE_HOSTS": ",".join(SHARE_HOSTS)}
pytestmark = pytest.mark.timeout(size(300, 3600))


@pytest.fixture(scope="module")
def site() -> Site:
    return generated_site(size(6, 12), 2)


class Door:
    """A way in, to one output folder: the finews site, a column, or links alone."""

    def __init__(self, name: str, forker: ScrapyForker, world: World, output: Path) -> None:
        media = (article.code for article in world.site.newest if article.code.startswith("NW"))
        ways = {"finews": START, "eastmoney": ("-a", "column=cgnjj"), "share": ("-a", f"links={','.join(media)}")}
        self.args = ways[name]
        self.name, self.forker, self.world, self.output = name, forker, world, output

    def run(self, *args: str) -> tuple[Done, dict[str, Any]]:
        """What a run wrote, and its report; the log of requests holds this run's."""
        self.world.forget_requests()
        env = self.world.env() | WHOLE_CHAIN
        started = self.forker.start("crawl", self.name, *self.args, *args, output=self.output, env=env)
        return started.wait(200), reports(self.output)[-1]

    def asked(self) -> list[Record]:
        """The requests for articles and bodies."""
        return [one for one in self.world.requests if "2022" in one.path]


@pytest.fixture(scope="module", params=["finews", "eastmoney", "share"])
def perfect(
    request: pytest.FixtureRequest, site: Site, forker: ScrapyForker, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Tree]:
    """A door, and what comes through it where nothing is dead."""
    output = tmp_path_factory.mktemp("perfect")
    with World(site) as world:
        ended, _ = Door(request.param, forker, world, output).run()
    assert ended.code == 0, ended.out + ended.err
    return request.param, tree(output)


@pytest.mark.parametrize("dead", CASES, ids=" ".join)
def test_without_one_origin_or_two_and_then_with_them(
    dead: tuple[str, ...], perfect: tuple[str, Tree], site: Site, forker: ScrapyForker, tmp_path: Path
) -> None:
    name, wanted = perfect
    with World(site) as world:
        door = Door(name, forker, world, tmp_path)
        how = HOW[CASES.index(dead) % len(HOW)]
        world.faults.replace(*(Fault(**how, **DEAD[origin]) for origin in dead))
        ended, told = door.run()
        assert ended.code == 0, ended.out + ended.err
        files = [file for file in wanted if file.startswith("_posts/")]
        assert sorted(file for file in tree(tmp_path) if file.startswith("_posts/")) == sorted(files)
        origin = next(origin for origin in ORIGINS if origin not in dead)
        assert told["counts"][f"origin/{origin}"] == told["written"] == len(files)
        assert len(told.get("unverified", ())) == (len(files) if origin == "wap" else 0)

        world.faults.replace()
        ended, told = door.run()
        assert ended.code == 0, ended.out + ended.err
        # By links alone, the API is what tells the second: without it there is something to be had, too.
        better = origin != "share" or (name == "share" and "article-api" in dead)
        assert bool(door.asked()) is better
        assert told["counts"].get("origin/share", 0) == (len(files) if better else 0)
        assert not differences(tree(tmp_path), wanted)
        assert (door.run()[1]["written"], door.asked()) == (0, [])
    check_conservation(reports(tmp_path))


def test_only_what_has_a_worse_body_is_asked_for_again(site: Site, forker: ScrapyForker, tmp_path: Path) -> None:
    worse = [article for article in site.newest if article.code.startswith("NW")][:2]
    with World(site) as world:
        door = Door("finews", forker, world, tmp_path)
        world.faults.replace(*(Fault("status", status=404, path=f"GetNewsText.*{one.code}") for one in worse))
        _, told = door.run()
        assert (told["counts"]["origin/article-api"], told["counts"]["origin/share"]) == (2, len(site) - 2)
        for still_dead in (True, False):
            if not still_dead:
                world.faults.replace()
            _, told = door.run()
            assert told["written"] == 0 if still_dead else told["counts"]["origin/share"] == 2
            assert {one.code for one in site.newest if any(one.code in record.path for record in door.asked())} == {
                one.code for one in worse
            }
            assert not any(record.host in {API_HOST, PAGE_HOST, WAP_HOST} for record in door.asked())


FORMS = [*HOW, {"kind": "status", "status": 500}, {"kind": "json-null-bodies"}, {"kind": "html-for-json"}]


DEATHS = [(SHARE_HOSTS[0], how) for how in FORMS] + [(API_HOST, how) for how in FORMS if "null" not in how["kind"]]


@pytest.mark.parametrize(("host", "how"), DEATHS if FULL else [DEATHS[0], DEATHS[len(FORMS) - 2]], ids=str)
def test_a_dead_host_is_left_alone(host: str, how: dict[str, Any], forker: ScrapyForker, tmp_path: Path) -> None:
    site = generated_site(60, 2)
    with World(site, faults=[Fault(**how, host=host)]) as world:
        ended, told = Door("finews" if host in SHARE_HOSTS else "share", forker, world, tmp_path).run()
        number = sum(record.host == host for record in world.requests)
    assert ended.code == 0, ended.out + ended.err
    assert number <= 90
    assert told["counts"]["origin/share"] == told["written"]
    assert host in told["left_alone"], told
    assert host in ended.out


def test_the_order_of_the_chain_is_the_user_s(site: Site, forker: ScrapyForker, tmp_path: Path) -> None:
    with World(site) as world:
        door = Door("finews", forker, world, tmp_path)
        for order, hosts in (("article-page,share", {PAGE_HOST}), ("finews-page", set()), ("article-api", {API_HOST})):
            ended, told = door.run("-s", f"FINEWS_ORIGINS={order}")
            assert ended.code == 0, ended.out + ended.err
            assert {record.host for record in world.requests} - {"finews.withounder.com"} == hosts, order
            if hosts:
                assert told["counts"][f"origin/{order.partition(',')[0]}"] == len(site)
        ended, _ = door.run("-s", "FINEWS_ORIGINS=share,wab")
    assert ended.code == 2
    assert "no origin 'wab': did you mean wap?" in ended.err
    assert world.requests == []

"""Hosts that answer with another article, or with damaged text: no wrong byte, the truth told, all mended in the end."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from forked_scrapy import Done, ScrapyForker
from full_or_small import FULL, size
from torture.output_checks import Tree, check_conservation, differences, quarantined, reports, tree
from world import Fault, Site, World, generated_site

from crawler.demo.finews_host import finews
from crawler.demo.messages import Request, Response, json_response
from crawler.demo.share_host import share
from crawler.demo.world import Handler

ARTICLES, CATEGORIES = size(6, 40), size(2, 6)
LIMITS = ("-s", "RETRY_TIMES=2", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "DOWNLOAD_DELAY=0")
POST = re.compile(r"/\d{4}/\d\d/\d\d/")
SITE, SHARE = "finews.withounder.com", "finews.zning.xyz"
Garble = Callable[[str], str]
pytestmark = pytest.mark.timeout(size(300, 7200))


def _misread(text: str, *codecs: str) -> str:
    """The text written in one encoding and read in the next, for each two."""
    for written, read in zip(codecs[::2], codecs[1::2], strict=True):
        text = text.encode(written, "replace").decode(read, "replace")
    return text


GARBLES: dict[str, Garble] = {
    "U+FFFD": lambda text: _misread(text, "gbk", "utf-8"),
    "question marks": lambda text: _misread(text, "latin-1", "latin-1"),
    "U+FFFD as gbk": lambda text: _misread(text, "gbk", "utf-8", "utf-8", "gbk"),
    "utf-8 as gbk": lambda text: _misread(text, "utf-8", "gbk"),
    "utf-8 as latin-1": lambda text: _misread(text, "utf-8", "latin-1"),
    "utf-8 as latin-1, twice": lambda text: _misread(text, "utf-8", "latin-1", "utf-8", "latin-1"),
    "gbk as latin-1": lambda text: _misread(text, "gbk", "latin-1"),
    "cut characters": lambda text: re.sub("[港新的一]", "\ufffd", text) + "<p>\ufffd</p>",
}


@dataclass(frozen=True)
class Bad:
    """A world in which some hosts answer wrongly: which, and how."""

    name: str
    hosts: dict[str, Handler]


def _garbled_posts(garble: Garble) -> Handler:
    def answer(site: Site, request: Request) -> Response:
        right = finews(site, request)
        wrong = POST.search(request.path) and right.status == 200
        return replace(right, body=garble(right.body.decode()).encode()) if wrong else right

    return answer


def _garbled_replies(garble: Garble) -> Handler:
    def answer(site: Site, request: Request) -> Response:
        reply = json.loads(share(site, request).body)
        return json_response(reply | {key: garble(reply[key]) for key in ("text", "content") if reply.get(key)})

    return answer


def _one_post(site: Site, request: Request) -> Response:
    return finews(site, replace(request, target=site.newest[0].path) if POST.search(request.path) else request)


def _one_reply(*, named: bool) -> Handler:
    def answer(site: Site, request: Request) -> Response:
        article = site.article(site.newest[0].code)
        code = {"Code": article.info_code} if named else {}
        return json_response({"text": article.text, "content": article.content} | code)

    return answer


BAD = [
    Bad("one post page", {SITE: _one_post}),
    Bad("one reply", {SHARE: _one_reply(named=True)}),
    Bad("one reply without a name", {SHARE: _one_reply(named=False)}),
    Bad("one post page and one reply", {SITE: _one_post, SHARE: _one_reply(named=True)}),
]
for _name, _garble in GARBLES.items():
    BAD += [
        Bad(f"posts: {_name}", {SITE: _garbled_posts(_garble)}),
        Bad(f"replies: {_name}", {SHARE: _garbled_replies(_garble)}),
        Bad(f"both: {_name}", {SITE: _garbled_posts(_garble), SHARE: _garbled_replies(_garble)}),
    ]
EVERYDAY = {
    "one post page",
    "one reply without a name",
    "replies: U+FFFD",
    "both: gbk as latin-1",
    "posts: question marks",
}
CASES = [bad for bad in BAD if FULL or bad.name in EVERYDAY]


@dataclass(frozen=True)
class Wanted:
    """What a crawl of the sound site writes, and what it writes where no share host answers."""

    whole: Tree
    from_pages: Tree


@pytest.fixture(scope="module")
def site() -> Site:
    return generated_site(ARTICLES, CATEGORIES)


def run(forker: ScrapyForker, world: World, output: Path, *args: str) -> Done:
    return forker.crawl(*LIMITS, *args, output=output, env=world.env(), timeout=200)


@pytest.fixture(scope="module")
def wanted(site: Site, forker: ScrapyForker, tmp_path_factory: pytest.TempPathFactory) -> Wanted:
    whole, from_pages = (tmp_path_factory.mktemp(name) for name in ("whole", "from_pages"))
    with World(site) as world:
        assert run(forker, world, whole).code == 0
    with World(site, faults=[Fault("status", path="GetNewsText", status=404)]) as world:
        assert run(forker, world, from_pages).code == 0
    return Wanted(tree(whole), tree(from_pages))


def check_told(output: Path, ended: Done, wanted: Wanted, allowed: tuple[Tree, ...]) -> None:
    """Nothing on disk that no sound world would give; what is missing is in quarantine, and the exit code says so."""
    assert ended.code in {0, 5}, ended.out + ended.err
    found = tree(output)
    wrong = [name for name, data in found.items() if data not in [one.get(name) for one in allowed]]
    assert not wrong, ended.out
    missing = [name for name in wanted.whole.keys() - found.keys() if name.startswith("_posts")]
    kept = reports(output)[-1].get("not_had_again")  # all were asked for, and these have the body of before
    assert (ended.code == 5) == bool(quarantined(output) or kept), ended.out
    # The home page names thirty; the lists of categories are named by sound posts alone.
    unheard_of = sum(name.startswith("_posts") for name in wanted.whole) - reports(output)[-1]["found"]
    assert not unheard_of or ended.code == 5
    assert len(missing) <= len(quarantined(output)) + unheard_of
    if any("one " in reason for reason in quarantined(output).values()):
        assert "another article's page" in str(reports(output)[-1])


@pytest.mark.parametrize("bad", CASES, ids=[bad.name for bad in CASES])
def test_first_the_wrong_pages_then_the_right_ones(
    bad: Bad, site: Site, wanted: Wanted, forker: ScrapyForker, tmp_path: Path
) -> None:
    with World(site, hosts=bad.hosts) as world:
        check_told(tmp_path, run(forker, world, tmp_path), wanted, (wanted.whole, wanted.from_pages))
    with World(site) as world:
        assert run(forker, world, tmp_path).code == 0
    assert not differences(tree(tmp_path), wanted.whole)
    check_conservation(reports(tmp_path))


@pytest.mark.parametrize("bad", CASES, ids=[bad.name for bad in CASES])
def test_first_the_right_pages_then_the_wrong_ones(
    bad: Bad, site: Site, wanted: Wanted, forker: ScrapyForker, tmp_path: Path
) -> None:
    with World(site) as world:
        assert run(forker, world, tmp_path).code == 0
    with World(site, hosts=bad.hosts) as world:
        check_told(tmp_path, run(forker, world, tmp_path, "-a", "full=1"), wanted, (wanted.whole,))
    assert not differences(tree(tmp_path), wanted.whole)
    with World(site) as world:
        assert run(forker, world, tmp_path).code == 0
    assert not differences(tree(tmp_path), wanted.whole)


@pytest.mark.parametrize("status", [404, 410])
def test_what_the_site_withdrew_stays_and_is_told_once(
    status: int, site: Site, wanted: Wanted, forker: ScrapyForker, tmp_path: Path
) -> None:
    gone = Fault("status", path=site.newest[0].code.removeprefix("NW"), status=status)  # nor has anybody else
    new, known = tmp_path / "new", tmp_path / "known"
    with World(site) as world:
        assert run(forker, world, known).code == 0
        world.faults.replace(gone)
        first, again = (run(forker, world, known, "-a", "full=1") for _ in range(2))
        assert (first.code, again.code) == (0, 0)
        assert tree(known) == wanted.whole
        assert f"no more on the site 1: {site.newest[0].code}" in first.out
        assert "no more" not in again.out
        codes = [run(forker, world, new).code for _ in range(2)]
        assert codes == [5, 0]
        assert [(one["out_of_scope"], one["quarantined"]) for one in reports(new)] == [(1, 0)] * 2
        world.faults.replace()
        assert run(forker, world, new).code == 0
    assert tree(new) == wanted.whole

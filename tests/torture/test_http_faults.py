"""The network and the servers misbehave: what can be had is had in the end, and every run says truly how it went."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from forked_scrapy import Done, ScrapyForker
from full_or_small import FULL, size
from torture.output_checks import (
    Tree,
    check_conservation,
    differences,
    leftovers,
    quarantined,
    reports,
    rows,
    states,
    tree,
)
from world import KINDS, Fault, Site, World, generated_site

ARTICLES, CATEGORIES = size(6, 100), size(2, 10)
SHARE = 0.3
RUNS = 6
# Time is what these tests cannot spare: the waits between retries are scaled, their order and number are not.
LIMITS = ("-s", f"DOWNLOAD_TIMEOUT={size(2, 3)}", "-s", "AUTOTHROTTLE_ENABLED=False")
STATUSES = (
    (400, 401, 403, 404, 408, 410, 412, 418, 429, 500, 501, 502, 503, 504) if FULL else (400, 403, 404, 410, 429, 500)
)
FAULTS = {kind: Fault(kind, share=SHARE, seconds=0.3) for kind in KINDS if kind != "status"}
FAULTS |= {f"status-{status}": Fault("status", share=SHARE, status=status) for status in STATUSES}
FAULTS["status-429-wait"] = Fault("status", share=SHARE, status=429, retry_after=1)
FAULTS["status-503-wait"] = Fault("status", share=SHARE, status=503, retry_after=1)
FAULTS["too-slow-headers"] = Fault("slow-headers", share=SHARE, seconds=6)
FAULTS["too-slow-body"] = Fault("slow-body", share=SHARE, seconds=6)
HONEST = {0, 3, 5, 8}
# Whatever else a reason says, these words would say that the fault lies with us.
OURS = re.compile(r"Traceback|KeyError|AttributeError|TypeError|IndexError|ValueError")
pytestmark = pytest.mark.timeout(size(120, 7200))


@pytest.fixture(scope="module")
def site() -> Site:
    return generated_site(ARTICLES, CATEGORIES)


@pytest.fixture(scope="module")
def wanted(site: Site, forker: ScrapyForker, tmp_path_factory: pytest.TempPathFactory) -> Tree:
    output = tmp_path_factory.mktemp("wanted")
    with World(site) as world:
        assert forker.crawl(*LIMITS, output=output, env=world.env()).code == 0
    return tree(output)


@dataclass
class Story:
    """Runs of one world until all is there."""

    forker: ScrapyForker
    world: World
    output: Path
    codes: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def run(self, *arguments: str) -> Done:
        """One more run, with what must hold of every one."""
        given = (*LIMITS, *arguments)
        ended = self.forker.crawl(*given, output=self.output, env=self.world.env(), timeout=90)
        self.codes.append(ended.code)
        if ended.code not in HONEST:
            self.wrong.append(f"exit {ended.code}: {(ended.err or ended.out).strip()[-400:]}")
        if "Traceback" in ended.err:
            self.wrong.append(f"traceback: {ended.err.strip().splitlines()[-1]}")
        return ended

    def honest(self, ended: Done, wanted: Tree) -> None:
        """0 promises everything that the site has; 5 promises an entry, or says for the first time what it has not."""
        missing = self.missing(wanted)
        if ended.code == 0 and missing:
            self.wrong.append(f"exit 0, but {missing}")
        if ended.code == 5 and not (quarantined(self.output) or reports(self.output)[-1].get("withdrawn")):
            self.wrong.append("exit 5 without an entry")
        ours = {reason for reason in quarantined(self.output).values() if OURS.search(reason)}
        if ours:
            self.wrong.append(f"reasons of ours: {ours}")

    def withdrawn(self) -> set[str]:
        """Articles that the site denied, by status 404 or 410; told by a run, and kept as such in the ledger."""
        denied = {request.path for request in self.world.requests if request.status in {404, 410}}
        told = {code for report in reports(self.output) for code in report.get("withdrawn", ())}
        booked = rows(self.output, "SELECT code FROM articles WHERE reason LIKE 'withdrawn since %'")
        return {code for (code,) in booked if code in told and any(f"/{code}.html" in path for path in denied)}

    def missing(self, wanted: Tree) -> dict[str, str]:
        """What differs from what is wanted, but for what the site denied."""
        withdrawn = self.withdrawn()
        denied = {f"_posts/{article.file_name}" for article in self.world.site.newest if article.code in withdrawn}
        found = differences(tree(self.output), wanted)
        return {name: what for name, what in found.items() if what != "missing" or name not in denied}

    def retry(self) -> None:
        """What a person does about a quarantine."""
        running = self.forker.start("quarantine", "retry", output=self.output, env=self.world.env())
        ended = running.wait()
        if ended.code not in (0, 5):
            self.wrong.append(f"quarantine retry: exit {ended.code} {ended.err[-200:]}")


def live(forker: ScrapyForker, site: Site, wanted: Tree, output: Path, *faults: Fault) -> Story:
    """Run until everything is there, at most RUNS times."""
    with World(site, faults=faults, seed=len(str(faults))) as world:
        story = Story(forker, world, output)
        for _ in range(RUNS):
            ended = story.run()
            story.honest(ended, wanted)
            if ended.code == 0 or not (FULL or story.missing(wanted)):
                break
            if quarantined(output):
                story.retry()
        if missing := story.missing(wanted):
            story.wrong.append(f"after {len(story.codes)} runs {story.codes}: {missing}")
        world.faults.replace()
        if story.codes[-1] != 0 and story.run().code != 0:
            story.retry()
            if story.run().code != 0:
                story.wrong.append(f"all is well, but the runs say {story.codes}")
        if story.withdrawn() and (story.run("-a", "full=1").code or differences(tree(output), wanted)):
            story.wrong.append(f"denied no more, but {story.codes}: {differences(tree(output), wanted)}")
        if len(states(output)) != len(site):
            story.wrong.append(f"the ledger knows {len(states(output))} of {len(site)} articles")
        story.wrong += [f"left behind: {name}" for name in leftovers(output)]
        check_conservation(reports(output))
    return story


def batches(names: list[str], number: int) -> list[list[str]]:
    return [names[start::number] for start in range(number)]


def check_all(one: Callable[[str], list[str]], names: Sequence[str], at_once: int) -> None:
    """Several worlds at once, since a crawl of a bad world mostly waits; what is wrong, by name."""
    with ThreadPoolExecutor(at_once) as pool:
        found = dict(zip(names, pool.map(one, names), strict=True))
    wrong = {name: what for name, what in found.items() if what}
    assert wrong == {}, "\n".join(f"{name}: {'; '.join(what)}" for name, what in wrong.items())


def test_there_are_enough_kinds() -> None:
    assert len(FAULTS) >= 30


@pytest.mark.parametrize("names", batches(list(FAULTS), 4), ids=["1", "2", "3", "4"])
def test_each_kind(names: list[str], forker: ScrapyForker, site: Site, wanted: Tree, tmp_path: Path) -> None:
    """One kind a world."""

    def one(name: str) -> list[str]:
        story = live(forker, site, wanted, tmp_path / name, FAULTS[name])
        print(f"{name}: exit codes {story.codes}")
        return story.wrong

    check_all(one, names, 4)


def test_all_kinds_mixed(forker: ScrapyForker, site: Site, wanted: Tree, tmp_path: Path) -> None:
    faults = [replace(fault, share=SHARE / len(FAULTS)) for fault in FAULTS.values()]
    story = live(forker, site, wanted, tmp_path / "output", *faults)
    print(f"all mixed: exit codes {story.codes}")
    assert story.wrong == []


# --- what never comes

GONE = ["status-404", "status-410", "status-500", "garbage", "empty-body", "redirect-loop", "redirect-file", "huge", "close", "truncated", "bad-gzip"]  # fmt: skip
DENIED = {"status-404", "status-410"}


@pytest.mark.parametrize("names", batches(GONE, 2), ids=["1", "2"])
def test_what_never_comes_is_in_quarantine(
    names: list[str], forker: ScrapyForker, site: Site, wanted: Tree, tmp_path: Path
) -> None:
    """Two articles' pages fail each time: exit 5, an entry for each with a reason, everything else there.

    Those that the site says it does not have are no failures: they are told once, and had from others. Of an item of the
    rolling list these have less, and the next run asks the site again.
    """
    lost = site.newest[:2]
    path = "|".join(article.code for article in lost)

    def one(name: str) -> list[str]:
        output = tmp_path / name
        faults = [replace(FAULTS[name], share=1.0, host="finews.withounder.com", path=path)]
        with World(site, faults=faults) as world:
            story = Story(forker, world, output)
            for _ in range(2):
                story.run()
        denied = {article.code for article in lost} if name in DENIED else set()
        if story.codes != [5, 0 if denied else 5]:
            story.wrong.append(f"exit codes {story.codes}")
        told = [set(report.get("withdrawn", ())) for report in reports(output)]
        if story.withdrawn() != denied or told != [denied, set()]:
            story.wrong.append(f"withdrawn {story.withdrawn()}, told {told}")
        missing = {key for key, what in differences(tree(output), wanted).items()}
        if missing != {f"_posts/{article.file_name}" for article in lost if not denied or article.digest}:
            story.wrong.append(f"missing {missing}")
        reasons = {code: why for code, why in quarantined(output).items() if not code.startswith("page-")}
        if reasons.keys() != {article.code for article in lost} - denied:
            story.wrong.append(f"in quarantine {reasons}")
        check_conservation(reports(output))
        print(f"{name}: {set(reasons.values())}")
        return story.wrong

    check_all(one, names, 3)


LISTS = "^(/|/emnews/|/category/.*)$"
# A site that never gave a page, and answers every try with something else, is one that blocks; broken connections may be
# an outage as well. So does one whose many lists are all of a sudden no pages; a few are lists that failed.
MANY = 8 if FULL else 5
INSTEAD_OF_HOME = {"garbage-list": {8}, "empty-body": {8}, "cut": {3, 8}, "empty-list": {3}, "bad-gzip": {3}}
INSTEAD_OF_LISTS = {kind: {5} for kind in INSTEAD_OF_HOME} | {"garbage-list": {MANY}, "empty-body": {MANY}}


@pytest.mark.parametrize(
    ("path", "codes"),
    [("^/$", INSTEAD_OF_HOME), ("^/category/", INSTEAD_OF_LISTS)],
    ids=["home", "categories"],
)
def test_garbage_in_place_of_lists(
    path: str, codes: dict[str, set[int]], forker: ScrapyForker, site: Site, wanted: Tree, tmp_path: Path
) -> None:
    """Status 200 and nothing of use: never exit 0, and once the server is well again nothing is missing."""

    def one(kind: str) -> list[str]:
        with World(site, faults=[Fault(kind, path=path)]) as world:
            story = Story(forker, world, tmp_path / kind)
            ended = story.run()
            if ended.code not in codes[kind]:
                story.wrong.append(f"exit {ended.code}")
            if bool(quarantined(story.output)) == (ended.code == 8):
                story.wrong.append(f"exit {ended.code}, in quarantine {quarantined(story.output)}")
            world.faults.replace()
            ended = story.run()
            if ended.code != 0 or differences(tree(story.output), wanted):
                story.wrong.append(f"later: exit {ended.code}, {differences(tree(story.output), wanted)}")
        return story.wrong

    check_all(one, list(codes), 3)


def test_a_list_gone_bad_later(forker: ScrapyForker, tmp_path: Path) -> None:
    """A site that worked and now answers 200 with a notice: not "all well, nothing new"."""
    with World(generated_site(ARTICLES, CATEGORIES)) as world:  # one of its own: it changes
        story = Story(forker, world, tmp_path / "output")
        assert story.run().code == 0
        for kind in ("garbage-list", "empty-list", "captcha", "empty-body"):
            # A list whose validators still hold answers 304, and has a right to: something must be new.
            world.site.change(world.site.newest[0].code, title=f"题 {kind}")
            world.faults.replace(Fault(kind, path=LISTS))
            assert story.run().code in (3, 5, 8), kind
        world.faults.replace()
        assert story.run().code == 0
    assert story.wrong == []


BLOCKS = {
    "captcha": Fault("captcha"),
    "redirect-verify": Fault("redirect-verify"),
    "blocked-json": Fault("blocked-json"),
    "status-403": Fault("status", status=403),
    "status-412": Fault("status", status=412),
    "status-429": Fault("status", status=429),
    "status-429-wait": Fault("status", status=429, retry_after=2),
    "status-503-long": Fault("status", status=503, retry_after=3600),
}


def test_blocked_from_the_start(forker: ScrapyForker, site: Site, wanted: Tree, tmp_path: Path) -> None:
    """Every host refuses everything: exit 8 within two minutes and a few dozen requests; later runs go on."""

    def one(name: str) -> list[str]:
        with World(site, faults=[BLOCKS[name]]) as world:
            story = Story(forker, world, tmp_path / name)
            return _blocked(story, wanted, {8}, {})

    check_all(one, list(BLOCKS), len(BLOCKS))


def test_blocked_after_a_while(forker: ScrapyForker, site: Site, wanted: Tree, tmp_path: Path) -> None:
    """The lists answer, articles and JSON are refused nine times of ten: no hammering either."""

    def one(name: str) -> list[str]:
        with World(site, faults=[replace(BLOCKS[name], path="/2022/|NewsData", share=0.9)]) as world:
            story = Story(forker, world, tmp_path / name)
            return _blocked(story, wanted, {0, 5, 8}, {} if FULL else None)

    check_all(one, list(BLOCKS) if FULL else ["captcha", "status-403"], len(BLOCKS))


def _blocked(story: Story, wanted: Tree, codes: set[int], constants: dict[str, float] | None) -> list[str]:
    """At its own pace where there are no constants; then the block is lifted."""
    world = story.world
    ended = story.forker.crawl(*LIMITS, output=story.output, env=world.env(), constants=constants, timeout=150)
    number = len(world.requests)
    print(f"{world.faults.rules[0]}: exit {ended.code} after {ended.seconds:.1f} s and {number} requests")
    if ended.code not in codes:
        story.wrong.append(f"exit {ended.code}: {ended.out[-300:]} {ended.err[-300:]}")
    if ended.seconds > 120 or number > 60 + 4 * ARTICLES:
        story.wrong.append(f"{ended.seconds:.0f} s, {number} requests")
    world.faults.replace()
    again = story.run()
    if again.code == 5:  # what was given up waits for its hour, or for a person
        story.retry()
        again = story.run()
    if again.code != 0 or differences(tree(story.output), wanted):
        story.wrong.append(f"later: exit {again.code}, {differences(tree(story.output), wanted)}")
    return story.wrong


ELSEWHERE = ["http://127.0.0.1/", "http://localhost:22/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://0x7f.1/", "file:///etc/hostname", "https://elsewhere.example/", "http://finews.withounder.com.elsewhere.example/", "http://finews.withounder.com:8080/", "//elsewhere.example/", "ftp://finews.withounder.com/", "data:text/html,x"]  # fmt: skip
HOSTS = {"finews.withounder.com", "finews.zning.xyz", "choicewzp1.eastmoney.com", "app.jg.eastmoney.com"}


def test_redirects_elsewhere_are_never_followed(forker: ScrapyForker, site: Site, tmp_path: Path) -> None:
    """Lists, posts and JSON lead away: nobody else is asked for anything, by name or by number."""
    paths = ["^/category/", "/2022/", "GetNewsText"]

    def one(path: str) -> list[str]:
        faults = [
            Fault("redirect-other-host", path=path, share=1 / (len(ELSEWHERE) - number), location=location)
            for number, location in enumerate(ELSEWHERE)
        ]
        with World(site, faults=faults) as world:
            output = tmp_path / str(paths.index(path))
            ended = forker.crawl(*LIMITS, output=output, env=world.env())
            strangers = {(r.scheme, r.host, r.path) for r in world.requests if r.host not in HOSTS}
        wrong = [f"asked {strangers}"] if strangers else []
        # A share host that leads astray for each article blocks: the post pages' own bodies do, and the run says so.
        # So does the site itself, when very many of its posts do.
        right = {"GetNewsText": 8, "/2022/": MANY}.get(path, 5)
        return wrong if ended.code == right else [*wrong, f"exit {ended.code}"]

    check_all(one, paths, 3)


ENDLESS = {
    "huge": Fault("huge", size=50_000_000),
    "slow-body": Fault("slow-body", seconds=60),
    "slow-headers": Fault("slow-headers", seconds=60),
    "endless-headers": Fault("endless-headers"),
}


def test_answers_without_end(forker: ScrapyForker, site: Site, tmp_path: Path) -> None:
    """One article's JSON is 50 MB, or comes drop by drop: it costs its time limits, and the run goes on."""

    def one(kind: str) -> list[str]:
        output = tmp_path / kind
        with World(site, faults=[replace(ENDLESS[kind], path=f"GetNewsText.*{site.newest[0].code}")]) as world:
            story = Story(forker, world, output)
            ended = story.run()
        counts = reports(output)[-1]["counts"]
        if ended.code != 0 or counts.get("origin/finews-page") != 1 or counts["origin/share"] != len(site) - 1:
            story.wrong.append(f"exit {ended.code}, {counts}")
        if ended.seconds > 40:
            story.wrong.append(f"{ended.seconds:.0f} s")
        return story.wrong

    check_all(one, list(ENDLESS), len(ENDLESS))

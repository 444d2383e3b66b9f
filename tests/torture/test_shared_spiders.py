"""Several workers of one crawl of lists, and of links, with a real PostgreSQL: the same bytes and sums as one process."""

import random
import signal
import time
from collections import Counter
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from forked_scrapy import START, Running, ScrapyForker
from full_or_small import size
from postgres_server import new_database
from sqlalchemy import select
from torture.held_hosts import at_work, held, takes_part
from torture.output_checks import check_conservation, differences, leftovers, reports, tree
from world import DemoArticle, Fault, Site, World, generated_site

from crawler.sites import SHARE_HOSTS, share_link
from crawler.spiders.eastmoney import LISTS
from crawler.store.shared_ledger import SharedLedger
from crawler.store.tables import wanted

pytestmark = pytest.mark.timeout(size(300, 7200))
ARTICLES, WORKERS, KILLS, BATCH = size(60, 1000), size(3, 4), size(3, 10), 4
FAST = ("-s", "AUTOTHROTTLE_ENABLED=False", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=2")
ORIGINS = {"FINEWS_ORIGINS": "share,article-api,article-page,wap", "FINEWS_SHARE_HOSTS": ",".join(SHARE_HOSTS)}
TERMS = ("-s", "FINEWS_LEASE_TERM=5", "-s", f"FINEWS_LEASE_BATCH={BATCH}")
HOST = "finews.zning.xyz"
OF_LISTS = ("eastmoney", "-a", "column=7x24,cgsbd,cgjjj,cgnjj", "-a", "since=2022-01-10")
SUMS = ("exit_code", "found", "written", "unchanged", "quarantined", "out_of_scope", "unfinished", "reasons")


def flash(number: int, when: datetime) -> DemoArticle:
    """An item of the rolling list; a medium names itself in the body of each second one."""
    code, text = f"{when:%Y%m%d}{2290000000 + number}", f"<p>第{number}项数据今日公布，增速持平。</p>"
    named = text + '<p class="em_media">（文章来源：甲乙日报）</p>' * (number % 2)
    digest = f"第{number}项数据，增速持平。"
    return DemoArticle(code, f"第{number}项数据公布", when, "emnews", "东财滚动新闻", "", digest, named, text)


@pytest.fixture(scope="module")
def site() -> Site:
    made = generated_site(ARTICLES, 4)
    newest = made.newest[0].date
    made.put(*(flash(number, newest - timedelta(minutes=20 * number)) for number in range(ARTICLES // 5)))
    return made


@pytest.fixture(scope="module")
def jobs(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, ...]]:
    """What is crawled, by spider: of links one names no article, and one an article that is not there."""
    file = tmp_path_factory.mktemp("links") / "links.txt"
    file.write_text("\n".join([*(one.code for one in site.newest), "NW202201012200000000", "no link"]))
    return {"eastmoney": OF_LISTS, "share": ("share", "-a", f"links={file}")}


class Alone:
    """What one process makes of a job, in a run and in a second one: what these asked for, and their reports."""

    def __init__(self, forker: ScrapyForker, site: Site, job: tuple[str, ...], output: Path) -> None:
        with World(site) as world:
            plain = ("crawl", *job, *FAST)
            forker.start(*plain, output=output, env=world.env() | ORIGINS).wait()
            self.asked, self.tree = asked(world), tree(output)
            world.forget_requests()
            forker.start(*plain, output=output, env=world.env() | ORIGINS).wait()
            self.asked_again = asked(world)
        self.report, self.report_again = reports(output)


@pytest.fixture(scope="module", params=["eastmoney", "share"])
def case(
    request: pytest.FixtureRequest,
    forker: ScrapyForker,
    site: Site,
    jobs: dict[str, tuple[str, ...]],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[tuple[str, ...], Alone]:
    job = jobs[request.param]
    return job, Alone(forker, site, job, tmp_path_factory.mktemp("alone"))


def worker(forker: ScrapyForker, world: World, output: Path, ledger: str, job: tuple[str, ...], *more: str) -> Running:
    shared = ("-s", f"FINEWS_LEDGER_URL={ledger}", "-s", "FINEWS_SHARED=1")
    env = world.env() | ORIGINS
    return forker.start("crawl", *job, *FAST, *shared, *more, output=output, env=env)


def asked(world: World) -> Counter[str]:
    """How often each address was asked for."""
    return Counter(r.host + r.path for r in world.requests if r.path != "/robots.txt")


def of_articles(requests: Counter[str]) -> int:
    return sum(number for name, number in requests.items() if "GetNewsText" in name)


def together(ledger: str, *working: Running) -> None:
    """The bodies are not to be asked for before all of these take part in one crawl."""
    with closing(SharedLedger(ledger)) as own:
        while len(own.at_work()) < len(working):
            assert all(one.alive() for one in working)
            own.hold(HOST, 2)
            time.sleep(0.1)


def sums(report: dict[str, Any]) -> dict[str, Any]:
    """What has to be the same, however many did it."""
    told = {name: report[name] for name in SUMS}
    return told | {name: report.get(name) for name in ("twins", "wrong_lines", "items_left_out", "medium_unknown")}


def test_workers_share_it(
    case: tuple[tuple[str, ...], Alone], site: Site, forker: ScrapyForker, tmp_path: Path
) -> None:
    job, alone = case
    ledger, output = new_database(), tmp_path / "output"
    with World(site) as world:
        working = [worker(forker, world, output, ledger, job) for _ in range(WORKERS)]
        together(ledger, *working)
        done = [one.wait(size(100, 3600)) for one in working]
        assert differences(tree(output), alone.tree) == {}
        assert asked(world) == alone.asked
        (report,) = reports(output)
        assert sums(report) == sums(alone.report)
        assert Counter(one.code for one in done) == Counter([alone.report["exit_code"], *[0] * (WORKERS - 1)])
        shares = [one["articles"] for one in report["workers"]]
        assert min(shares) > 0
        check_conservation([report])
        assert leftovers(output) == []
        world.forget_requests()
        late = worker(forker, world, output, ledger, job).wait()
        assert sums(reports(output)[-1]) == sums(alone.report_again)
        assert late.code == alone.report_again["exit_code"]
        assert asked(world) == alone.asked_again


SECOND = Fault("slow-headers", path="page_index=2&", seconds=20, first=1)
"""The first time it takes long until a list's second page is there."""


def reader(world: World, ledger: str, working: list[Running]) -> Running:
    """The worker that reads the lists, when that page is under way."""
    while not any("page_index=2&" in one.path for one in world.requests):
        time.sleep(0.02)
        assert all(one.alive() for one in working)
    with closing(SharedLedger(ledger)) as own, own._transaction() as db:
        reading = db.execute(select(wanted.c.worker).where(wanted.c.key == LISTS, wanted.c.outcome.is_(None)))
        name = reading.scalar_one()
    return next(one for one in working if f"-{one.pid}-" in name)


def test_workers_that_are_killed(
    case: tuple[tuple[str, ...], Alone], site: Site, forker: ScrapyForker, tmp_path: Path
) -> None:
    """The one that reads the lists is the first; what the dead had is done by others, once more at most."""
    job, alone = case
    ledger, output, rng = new_database(), tmp_path / "output", random.Random(3)
    with World(site, faults=[SECOND, Fault("slow-headers", path="GetNewsText", seconds=0.2)]) as world:
        working = [worker(forker, world, output, ledger, job, *TERMS) for _ in range(WORKERS)]
        together(ledger, *working)
        victims = [reader(world, ledger, working)] if job[0] == "eastmoney" else []
        for _ in range(KILLS):
            before = of_articles(asked(world))
            while not victims and of_articles(asked(world)) < before + ARTICLES // 13:
                time.sleep(0.02)
                assert any(one.alive() for one in working), "the crawl came to its end before that"
            victim = victims.pop() if victims else rng.choice([one for one in working if one.alive()])
            victim.signal(signal.SIGKILL)
            working.remove(victim)
            working.append(takes_part(ledger, HOST, worker(forker, world, output, ledger, job, *TERMS)))
        done = [one.wait(size(100, 3600)) for one in working]
        more = asked(world) - alone.asked
    assert Counter(one.code for one in done) == Counter([alone.report["exit_code"], *[0] * (WORKERS - 1)])
    assert differences(tree(output), alone.tree) == {}
    (report,) = reports(output)
    assert report["found"] == alone.report["found"]
    check_conservation([report])
    assert leftovers(output) == []
    assert of_articles(more) <= KILLS * BATCH


def test_who_reads_the_lists_and_is_interrupted_gives_them_back(
    site: Site, jobs: dict[str, tuple[str, ...]], forker: ScrapyForker, tmp_path: Path
) -> None:
    """Another one reads them at once, and not when a term is over."""
    job, ledger, output = jobs["eastmoney"], new_database(), tmp_path / "output"
    alone, term = Alone(forker, site, job, tmp_path / "alone"), ("-s", "FINEWS_LEASE_TERM=3600")
    with World(site, faults=[SECOND]) as world:
        working = [worker(forker, world, output, ledger, job, *term) for _ in range(2)]
        together(ledger, *working)
        leaving = reader(world, ledger, working)
        leaving.signal(signal.SIGTERM)
        codes = {one is leaving: one.wait().code for one in working}
    assert codes == {True: 11, False: 0}
    assert differences(tree(output), alone.tree) == {}
    assert sums(reports(output)[0]) == sums(alone.report)


def test_other_crawls_are_refused_while_one_is_open(
    site: Site, jobs: dict[str, tuple[str, ...]], forker: ScrapyForker, tmp_path: Path
) -> None:
    """Of another spider, or of other links; the same links in another file are the same crawl."""
    ledger, output = new_database(), tmp_path / "output"
    link, other = (f"{share_link(one.code)}" for one in [one for one in site.newest if one.code[0] == "N"][:2])
    (tmp_path / "same.txt").write_text(f"{link}\n")
    with World(site) as world:
        with held(ledger, HOST) as own:
            working = [worker(forker, world, output, ledger, ("share", "-a", f"links={link}"))]
            at_work(own, *working)
            working.append(worker(forker, world, output, ledger, ("share", "-a", f"links={tmp_path / 'same.txt'}")))
            at_work(own, *working)
            for job in (("finews", *START), jobs["eastmoney"], ("share", "-a", f"links={link},{other}")):
                refused = worker(forker, world, output, ledger, job).wait()
                assert refused.code == 6
                assert "another crawl is open, by share of 1 links" in refused.err
        assert [one.wait().code for one in working] == [0, 0]
    (report,) = reports(output)
    assert (report["found"], len(report["workers"])) == (1, 2)


def test_a_worker_with_another_folder_is_refused(site: Site, forker: ScrapyForker, tmp_path: Path) -> None:
    """What it made would be missing from the folder of the others; when these are dead, it begins anew."""
    ledger, here, there = new_database(), tmp_path / "here", tmp_path / "there"
    codes = [one.code for one in site.newest if one.code.startswith("NW")][:6]
    job = ("share", "-a", f"links={','.join(codes)}")
    with World(site) as world:
        with held(ledger, HOST) as own:
            first = worker(forker, world, here, ledger, job, *TERMS)
            at_work(own, first)
            refused = worker(forker, world, there, ledger, job, *TERMS).wait()
            assert refused.code == 6
            assert f"{there} is not the folder of the crawl that is open" in refused.err
            assert not (there / "_posts").exists()
            first.signal(signal.SIGKILL)
        while (done := worker(forker, world, there, ledger, job, *TERMS).wait()).code == 6:
            pass
    assert done.code == 0
    assert len(tree(there)) >= 6
    assert reports(there)[0]["written"] == 6


def test_second_posts_of_a_lost_ledger_go_whichever_worker_asks(
    site: Site, jobs: dict[str, tuple[str, ...]], forker: ScrapyForker, tmp_path: Path
) -> None:
    """Items of the rolling list that name a medium are posts of that medium by East Money's lists, and the site's no more."""
    output = tmp_path / "output"
    with World(site) as world:
        assert worker(forker, world, output, new_database(), jobs["eastmoney"]).wait().code == 0
        before, ledger = len(tree(output)), new_database()
        working = [worker(forker, world, output, ledger, ("finews", *START)) for _ in range(2)]
        assert [one.wait().code for one in working] == [0, 0]
        assert worker(forker, world, tmp_path / "site", new_database(), ("finews", *START)).wait().code == 0
    wanted, there = tree(tmp_path / "site"), tree(output)
    assert {file for file in there if file.startswith("_posts/")} == {
        file for file in wanted if file.startswith("_posts/")
    }
    assert len([*(output / "versions").rglob("NW*")]) > before // 4

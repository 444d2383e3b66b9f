"""Hosts that ask for patience get it, and nobody is asked who is none of our business."""

import os
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from forked_scrapy import START, ScrapyForker
from full_or_small import size
from torture.output_checks import check_conservation, quarantined, reports, tree
from world import Fault, Record, Site, World, generated_site

from crawler.sites import share_link

FINEWS, SHARE = "finews.withounder.com", "finews.zning.xyz"
CALM = ("-s", "AUTOTHROTTLE_ENABLED=False")
UNDER_WAY = 0.5
"""Seconds in which what was sent before a refusal may still come in, on a busy machine."""


def times(requests: list[Record], host: str) -> list[float]:
    return [r.time for r in requests if r.host == host]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after(form: str, status: int, forker: ScrapyForker, tmp_path: Path) -> None:
    """From the refusal on, what was under way may still arrive; then the host hears nothing until the time is up."""
    site = generated_site(40, 4)
    value = 3 if form == "seconds" else timedelta(seconds=4)  # a date has whole seconds
    with World(site, faults=[Fault("status", host=SHARE, status=status, retry_after=value, first=1)]) as world:
        done = forker.crawl(*CALM, output=tmp_path / "output", env=world.env())
        requests = world.requests
    assert done.code == 0, done.err
    (refused,) = (r.time for r in requests if r.status == status and r.host == SHARE)
    during = [t - refused for t in times(requests, SHARE) if UNDER_WAY < t - refused < 2.95]
    others = [t - refused for t in times(requests, FINEWS) if 0 < t - refused < 2.95]
    assert during == [], "asked while it was to be left alone"
    assert others, "the other host was left alone as well"
    assert len(tree(tmp_path / "output")) >= len(site)


def test_retry_after_on_the_site_itself(forker: ScrapyForker, tmp_path: Path) -> None:
    site = generated_site(16, 4)
    fault = Fault("status", host=FINEWS, path="/2022/", status=429, retry_after=3, first=1)
    with World(site, faults=[fault]) as world:
        done = forker.crawl(*CALM, output=tmp_path / "output", env=world.env())
        requests = world.requests
    assert done.code == 0
    refused = next(r.time for r in requests if r.status == 429)
    assert not [t for t in times(requests, FINEWS) if UNDER_WAY < t - refused < 2.9]


def test_crawl_delay(forker: ScrapyForker, tmp_path: Path) -> None:
    """One second between two requests to the host that asks for it, and no less to the other for that."""
    site = generated_site(2, 2)
    robots = {FINEWS: "User-agent: *\nCrawl-delay: 1\n"}
    with World(site, robots=robots) as world:
        done = forker.crawl(output=tmp_path / "output", env=world.env())
        requests = world.requests
    assert done.code == 0
    gaps = [after - before for before, after in pairwise(times(requests, FINEWS))]
    print(f"gaps {min(gaps[1:]):.2f} to {max(gaps):.2f} s, the first (after robots.txt) {gaps[0]:.2f} s")
    assert min(gaps[1:]) > 0.95
    assert len(tree(tmp_path / "output")) >= len(site)


def test_crawl_delay_on_a_machine_that_has_other_things_to_do(forker: ScrapyForker, tmp_path: Path) -> None:
    """Others take the processor, so that the crawl comes late to everything: no two requests come closer for that."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(size(2, 8))]
    try:
        with World(generated_site(size(2, 30), 2), robots={FINEWS: "User-agent: *\nCrawl-delay: 1\n"}) as world:
            running = forker.start("crawl", "finews", *START, output=tmp_path / "output", env=world.env())
            os.setpriority(os.PRIO_PROCESS, running.pid, 19)
            done = running.wait(size(100, 1000))
            gaps = [after - before for before, after in pairwise(times(world.requests, FINEWS))]
    finally:
        for other in others:
            other.kill()
            other.wait()
    assert done.code == 0
    print(f"gaps {min(gaps[1:]):.2f} to {max(gaps):.2f} s")
    assert min(gaps[1:]) >= 0.95


def test_crawl_delay_begins_when_the_answer_is_there(forker: ScrapyForker, tmp_path: Path) -> None:
    """A machine that is busy sees requests late: what comes before the next one is the answer to this one."""
    slow = [Fault("slow-headers", host=FINEWS, seconds=0.6)]
    with World(generated_site(2, 2), faults=slow, robots={FINEWS: "User-agent: *\nCrawl-delay: 1\n"}) as world:
        done = forker.crawl(output=tmp_path / "output", env=world.env())
        gaps = [after - before for before, after in pairwise(times(world.requests, FINEWS))]
    assert done.code == 0
    assert min(gaps[1:]) > 1.55


def test_crawl_delay_of_our_own_name(forker: ScrapyForker, tmp_path: Path) -> None:
    """The group of robots.txt that names this crawler counts, not the one for everybody."""
    site = generated_site(4, 2)
    robots = {SHARE: "User-agent: *\nCrawl-delay: 30\n\nUser-agent: finews-crawler\nCrawl-delay: 1\n"}
    with World(site, robots=robots) as world:
        done = forker.crawl(output=tmp_path / "output", env=world.env(), timeout=60)
        gaps = [after - before for before, after in pairwise(times(world.requests, SHARE))]
    assert done.code == 0
    assert min(gaps[1:]) > 0.9
    assert max(gaps) < 5


def test_disallow(forker: ScrapyForker, tmp_path: Path) -> None:
    """What robots.txt closes is not asked for; the articles behind it are in quarantine with that reason."""
    site = generated_site(12, 3)
    closed = next(a for a in site.newest if a.category != "emnews").category
    robots = {FINEWS: f"User-agent: *\nDisallow: /{closed}/\n"}
    output = tmp_path / "output"
    with World(site, robots=robots) as world:
        done = forker.crawl(*CALM, output=output, env=world.env())
        asked = [r.path for r in world.requests]
    assert done.code == 5
    assert not [path for path in asked if path.startswith(f"/{closed}/")]
    lost = {a.code for a in site.newest if a.category == closed}
    entries = quarantined(output)
    assert entries.keys() == lost
    assert all("robots" in reason for reason in entries.values())
    check_conservation(reports(output))


def test_everything_disallowed(forker: ScrapyForker, tmp_path: Path) -> None:
    with World(generated_site(4, 2), robots={FINEWS: "User-agent: *\nDisallow: /\n"}) as world:
        done = forker.crawl(output=tmp_path / "output", env=world.env())
        asked = {r.path for r in world.requests}
    assert done.code == 3
    assert asked == {"/robots.txt"}
    assert "robots" in done.out + done.err


def test_robots_that_fail(forker: ScrapyForker, tmp_path: Path) -> None:
    """A robots.txt that cannot be had (reset, rubbish) neither ends the crawl nor is asked for without end."""
    site = generated_site(6, 2)
    for number, kind in enumerate(("reset", "garbage", "redirect-loop", "redirect-loopback")):
        with World(site, faults=[Fault(kind, path="^/robots.txt")]) as world:
            done = forker.crawl(*CALM, output=tmp_path / str(number), env=world.env(), timeout=60)
            asked = [r.path for r in world.requests if r.path == "/robots.txt"]
            strangers = {r.host for r in world.requests} - {FINEWS, SHARE}
        assert done.code == 0, (kind, done.err)
        assert "Traceback" not in done.err, kind
        assert len(asked) <= 24, kind
        assert strangers == set(), kind


@pytest.mark.parametrize("status", [401, 403, 404, 500, 503])
def test_robots_by_status(status: int, forker: ScrapyForker, tmp_path: Path) -> None:
    """RFC 9309: refused or missing, there are no rules; broken, nothing is fetched from that host."""
    site = generated_site(6, 2)
    with World(site, faults=[Fault("status", path="^/robots.txt", status=status)]) as world:
        done = forker.crawl(*CALM, output=tmp_path / "all", env=world.env())
        asked = {r.path for r in world.requests}
        world.faults.replace(Fault("status", host=SHARE, path="^/robots.txt", status=status))
        share = forker.crawl(*CALM, output=tmp_path / "share", env=world.env())
        of_share = {r.path for r in world.requests if r.host == SHARE} if status >= 500 else set()
    assert done.code == (3 if status >= 500 else 0), done.out
    assert ("robots.txt" in done.out) == (status >= 500)
    assert (asked == {"/robots.txt"}) == (status >= 500)
    assert share.code == (8 if status >= 500 else 0)
    assert ("robots.txt" in share.out) == (status >= 500)
    assert of_share <= {"/robots.txt"} or status < 500
    check_conservation([*reports(tmp_path / "all"), *reports(tmp_path / "share")])


STRANGERS = ["127.0.0.1", "localhost", "[::1]", "10.0.0.7", "169.254.169.254", "2130706433", "0x7f000001", "elsewhere.example", "finews.zning.xyz.elsewhere.example", "xfinews.zning.xyz", "finews.zning.xyz@elsewhere.example", "finews.zning.xyz:8080", "user:word@finews.zning.xyz", "finews.zning.xyz\\@elsewhere.example", "finews.zning.xyz%2eelsewhere.example", "sub.finews.zning.xyz"]  # fmt: skip
KNOWN = {FINEWS, SHARE, "choicewzp1.eastmoney.com", "app.jg.eastmoney.com"}


def stranger_site() -> Site:
    """Articles whose share links lead to hosts that nobody knows."""
    site = generated_site(len(STRANGERS) * 2, 2)
    media = [head.code for head in site.newest if head.code.startswith("NW")]
    for code, host in zip(media, STRANGERS, strict=True):
        site.change(code, link=share_link(code, host))
    return site


def test_share_links_to_strangers_are_never_asked(forker: ScrapyForker, tmp_path: Path) -> None:
    site = stranger_site()
    output = tmp_path / "output"
    with World(site) as world:
        done = forker.crawl(*CALM, output=output, env=world.env())
        requests = world.requests
    assert done.code in (0, 5), done.err
    assert "Traceback" not in done.err
    assert {r.host for r in requests} <= KNOWN
    written = {a.code for a in site.newest if (output / "_posts" / a.file_name).exists()}
    assert written | quarantined(output).keys() == {a.code for a in site.newest}
    check_conservation(reports(output))


@pytest.mark.parametrize("host", [FINEWS, SHARE])
@pytest.mark.parametrize("robots", ["delay", "error"])
def test_a_host_that_wants_nothing_asked_is_told(robots: str, host: str, forker: ScrapyForker, tmp_path: Path) -> None:
    """By a delay that no crawl can keep, or by a robots.txt that cannot be had: not all is well, and no body is lost."""
    site, output = generated_site(6, 2), tmp_path / "output"
    delay = {host: "User-agent: *\nCrawl-delay: 99999\n"} if robots == "delay" else {}
    faults = [Fault("status", host=host, path="^/robots.txt", status=500)] if robots == "error" else []
    with World(site, faults=faults, robots=delay) as world:
        done = forker.crawl(*CALM, output=output, env=world.env(), timeout=60)
        asked = {r.path for r in world.requests if r.host == host}
        assert done.code == (3 if host == FINEWS and robots == "error" else 8), done.out
        assert asked == {"/robots.txt"}
        assert f"asked for nothing more: {host} (robots.txt: " in done.out
        assert quarantined(output) == {}
        assert len(list((output / "_posts").glob("*"))) == (0 if host == FINEWS else len(site))
        world.faults.replace()
        world.robots.clear()
        done = forker.crawl(*CALM, output=output, env=world.env())
        assert done.code == 0, done.out
    with World(site) as world:
        forker.crawl(*CALM, output=tmp_path / "calm", env=world.env())
    assert tree(output) == tree(tmp_path / "calm")

"""The crawl of sources: each is asked once, politely, and what became of it is told with its reason."""

from collections import Counter
from pathlib import Path

from sources.asking import sources, states
from world import Fault, World

from crawler import columns


def test_all_that_live_are_told_after_one_request_each_and_nothing_is_written(world: World, tmp_path: Path) -> None:
    done = sources(world, tmp_path / "output", "--json")
    assert (done.code, done.err) == (0, "")
    found = states(done)
    assert {one["state"] for one in found.values()} == {"live"}
    newest, rolling = str(world.site.newest[0].date), max(one.date for one in world.site.in_category("emnews"))
    assert found["cgnjj 国内经济"]["newest"] == newest
    assert found["7x24"]["newest"] == found[columns.ROLLING_SCRIPT_HOST]["newest"] >= str(rolling)
    assert found["finews"]["newest"] == found["article-api"]["newest"][:10] == newest[:10]
    asked = Counter((record.host, record.path) for record in world.requests if record.path != "/robots.txt")
    assert set(asked.values()) == {1}
    assert len(asked) == len(found)
    assert not (tmp_path / "output").exists()


FAULTS: dict[str, tuple[Fault, str, str]] = {
    "ccjdd 财经导读": (Fault("empty-body", path="column=344&"), "dead", "empty"),
    "cssgs 沪深公司": (Fault("html-for-json", path="column=349&"), "dead", "JSON"),
    "cgnjj 国内经济": (Fault("status", status=404, path="column=350&"), "dead", "HTTP status 404"),
    "chgyj 宏观研究": (Fault("status", status=500, path="column=352&"), "dead", "HTTP status 500"),
    "ccjxw 产经资讯": (Fault("status", status=403, path="column=355&"), "blocked", "HTTP status 403"),
    "crdsm 热点扫描": (Fault("status", status=429, retry_after=1, path="column=365&"), "blocked", "HTTP status 429"),
    "ccyts 产业透视": (Fault("blocked-json", path="column=372&"), "blocked", "code 403"),
    "cgspl 股市评论": (Fault("captcha", path="column=374&"), "blocked", "captcha"),
    "wap": (Fault("status", status=412, host="wap.*"), "blocked", "HTTP status 412"),
    "article-page": (Fault("redirect-verify", host="finance.*", path="/a/"), "blocked", "verify"),
    "article-api": (Fault("redirect-other-host", host="newsinfo.*", path="/kuaixun"), "dead", "not a host"),
    columns.ROLLING_SCRIPT_HOST: (
        Fault("reset", host=columns.ROLLING_SCRIPT_HOST, path="/kuaixun"),
        "dead",
        "Connection",
    ),
    "7x24": (Fault("garbage", host=columns.ROLLING_HOST, path="/comm"), "dead", ""),
}


def test_what_does_not_live_is_told_with_the_reason_after_one_request(world: World, tmp_path: Path) -> None:
    world.faults.replace(*(fault for fault, _, _ in FAULTS.values()))
    done = sources(world, tmp_path, "--json")
    found = states(done)
    assert done.code == 0
    told = {
        name: (found[name]["state"], FAULTS[name][2] in found[name]["reason"], found[name]["newest"]) for name in FAULTS
    }
    assert told == {name: (state, True, None) for name, (_, state, _) in FAULTS.items()}
    assert {name for name, one in found.items() if one["state"] != "live"} == {*FAULTS}
    asked = Counter((record.host, record.path) for record in world.requests if record.path != "/robots.txt")
    again = {host for (host, _), number in asked.items() if number > 1}
    assert again <= {columns.ROLLING_SCRIPT_HOST}  # Twisted itself repeats what was sent into a connection that is gone


def test_robots_txt_is_obeyed_and_told(world: World, tmp_path: Path) -> None:
    world.robots["wap.eastmoney.com"] = "User-agent: *\nDisallow: /"
    found = states(sources(world, tmp_path, "--json"))
    assert (found["wap"]["state"], found["wap"]["reason"]) == ("blocked", "Forbidden by robots.txt")
    assert {record.path for record in world.requests if record.host == "wap.eastmoney.com"} == {"/robots.txt"}


def test_a_host_that_refuses_everything_is_left_alone(world: World, tmp_path: Path) -> None:
    world.faults.replace(Fault("status", status=403, host=columns.LIST_HOST, path="/comm"))
    found = states(sources(world, tmp_path, "--json", LONGEST_PAUSE=0.05))
    assert {found[f"{column.slug} {column.name}"]["state"] for column in columns.COLUMNS} == {"blocked"}
    asked = [record for record in world.requests if record.host == columns.LIST_HOST and record.path != "/robots.txt"]
    assert 8 <= len(asked) < 16


def test_a_host_that_refuses_now_and_then_is_asked_for_the_rest(world: World, tmp_path: Path) -> None:
    world.faults.replace(Fault("status", status=403, host=columns.LIST_HOST, path=r"column=\d*[02468]&"))
    found = states(sources(world, tmp_path, "--json", LONGEST_PAUSE=0.05))
    even = {f"{one.slug} {one.name}" for one in columns.COLUMNS if not one.number % 2}
    assert {name for name, one in found.items() if one["state"] == "blocked"} == even
    assert len(even) > 8

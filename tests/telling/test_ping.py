"""A dead man's switch hears of every run, and costs none of them anything."""

import json
import signal
import socket
import time
from pathlib import Path

import pytest
from forked_scrapy import START, Done
from run_scrapy import forker, scrapy
from telling.receiver import receiver
from world import Fault, World, generated_site

from crawler.store.lock import RunLock
from crawler.telling.ping import Ping
from crawler.telling.teller import Teller

pytestmark = pytest.mark.long

SITE = generated_site(6, 2)
DIRECT = {"no_proxy": "127.0.0.1"}


def _crawl(world: World, url: str, output: Path, *args: str) -> Done:
    return scrapy(
        "crawl", "finews", *START, *args, "-s", f"FINEWS_PING_URL={url}", output=output, env=world.env() | DIRECT
    )


def test_a_crawl_and_a_reprocessing_tell_that_they_begin_and_how_they_ended(tmp_path: Path) -> None:
    with World(SITE) as world, receiver() as told:
        done = _crawl(world, f"{told.url}/ping/abc?create=1", tmp_path / "a")
        assert (done.code, done.err) == (0, "")
        again = scrapy(
            "reprocess", str(tmp_path / "a/_posts"), output=tmp_path / "b",
            env={**DIRECT, "FINEWS_PING_URL": f"{told.url}/p"},
        )  # fmt: skip
        assert (again.code, again.err) == (0, "")
    assert told.asked() == [
        ("GET", "/ping/abc/start?create=1"),
        ("POST", "/ping/abc?create=1"),
        ("GET", "/p/start"),
        ("POST", "/p"),
    ]
    assert told.bodies[1] == done.out
    assert told.bodies[3] == again.out


def test_failures_are_told_with_their_exit_code_and_reason(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with World(SITE, [Fault("status", path="^/category/", status=404)]) as world, receiver() as told:
        assert _crawl(world, told.url, output).code == 5
        assert _crawl(world, told.url, output, "-s", "FINEWS_CLEANING=x").code == 2
        assert _crawl(world, told.url, output, "-a", "nonsense=1").code == 2
        lock = RunLock(output)
        lock.take()
        assert _crawl(world, told.url, output).code == 6
        lock.release()
        (output / "state/ledger.sqlite").write_bytes(b"no ledger")
        assert _crawl(world, told.url, output).code == 7
    ends = [(path, text) for method, path, text in told.came if method == "POST"]
    assert [path for path, _ in ends] == ["/5", "/2", "/2", "/6", "/7"]
    for (_, text), words in zip(
        ends, ["quarantine", "cleaning profile", "nonsense", "holds the lock", "is damaged"], strict=True
    ):
        assert words in text
    assert [path for method, path, _ in told.came if method == "GET"] == ["/start"] * 5


def test_an_unknown_setting_and_missing_arguments_are_told_too(tmp_path: Path) -> None:
    with receiver() as told:
        env = {**DIRECT, "FINEWS_PING_URL": told.url, "http_proxy": ""}
        assert scrapy("reprocess", output=tmp_path, env=env).code == 2
        assert scrapy("reprocess", "/nowhere/x", output=tmp_path, env=env).code == 2
        assert scrapy("crawl", "finews", "-s", "FINEWS_CLEENING=1", output=tmp_path, env=env).code == 2
        assert scrapy("crawl", "nosuchspider", output=tmp_path, env=env).code == 2
        assert scrapy("verify", output=tmp_path / "none", env=env).code == 2
    texts = [text for method, path, text in told.came if (method, path) == ("POST", "/2")]
    assert len(texts) == 4
    for text, words in zip(texts, ["name at least one", "/nowhere/x", "FINEWS_CLEENING", "nosuchspider"], strict=True):
        assert words in text


@pytest.mark.parametrize("how", ["hangs", "trickles", "500"])
def test_a_receiver_that_hangs_or_refuses_costs_little_and_no_exit_code(how: str, tmp_path: Path) -> None:
    with World(SITE) as world, receiver(how) as told:
        begun = time.monotonic()
        done = _crawl(world, f"{told.url}/secret", tmp_path / "output")
        seconds = time.monotonic() - begun
    assert done.code == 0
    assert done.err.startswith("FINEWS_PING_URL: not told (")
    assert "secret" not in done.err + done.out
    assert "127.0.0.1" not in done.err + done.out
    assert seconds < 10 + 3, seconds


def test_a_receiver_that_hangs_costs_a_reprocessing_little_too(tmp_path: Path) -> None:
    assert scrapy("reprocess", str(tmp_path), output=tmp_path / "output").code == 3
    with receiver("hangs") as told:
        env = DIRECT | {"FINEWS_PING_URL": told.url}
        begun = time.monotonic()
        args = ("reprocess", str(tmp_path), "--workers", "2")
        assert scrapy(*args, output=tmp_path / "output", env=env).code == 3
        assert time.monotonic() - begun < 10 + 3
        assert told.asked() == [("GET", "/start"), ("POST", "/3")]


def test_nobody_there(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with World(SITE) as world:
        done = _crawl(world, f"http://127.0.0.1:{port}/secret", tmp_path / "output")
    assert (done.code, done.err) == (0, "FINEWS_PING_URL: not told (ConnectionRefusedError)\n")


def test_proxies_are_obeyed(tmp_path: Path) -> None:
    """Without ``no_proxy`` it is the proxy that is asked, as for everything else."""
    with World(SITE) as world, receiver() as told:
        done = scrapy(
            "crawl", "finews", *START, "-s", f"FINEWS_PING_URL={told.url}", output=tmp_path, env=world.env()
        )  # fmt: skip
    assert done.code == 0
    assert told.came == []
    assert "not told" in done.err


def test_an_interrupted_crawl_tells_so(tmp_path: Path) -> None:
    slow = Fault("slow-headers", path="GetNewsText", seconds=25)
    with World(SITE, [slow]) as world, receiver() as told:
        ping = ("-s", f"FINEWS_PING_URL={told.url}")
        soon = {"crawler.extensions.prompt_stop.GRACE": 1}
        env = world.env() | DIRECT
        running = forker().start("crawl", "finews", *START, *ping, output=tmp_path, env=env, constants=soon)
        while not any("GetNewsText" in request.path for request in world.requests):
            time.sleep(0.05)
        running.signal(signal.SIGTERM)
        assert running.wait().code == 11
    assert told.asked() == [("GET", "/start"), ("POST", "/11")]
    assert "exit 11: interrupted" in told.bodies[1]
    (report,) = (tmp_path / "reports").glob("*.json")
    assert json.loads(report.read_bytes())["exit_code"] == 11


def test_a_run_that_is_interrupted_while_the_switch_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with receiver() as told:
        monkeypatch.setattr("crawler.telling.ping.wait", interrupt)
        with pytest.raises(KeyboardInterrupt):
            Teller({"FINEWS_PING_URL": told.url, "FINEWS_OUTPUT_DIR": str(tmp_path)})
    assert ("POST", "/11") in told.asked()


@pytest.mark.parametrize("url", ["ftp://user:secret@h/", "secret", "http://", "http://[secret/"])
def test_what_is_no_address_is_refused_without_being_told(url: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^FINEWS_PING_URL is no http or https address$"):
        Ping(url)
    done = scrapy("crawl", "finews", "-s", f"FINEWS_PING_URL={url}", output=tmp_path)
    assert (done.code, done.err) == (2, "scrapy crawl: FINEWS_PING_URL is no http or https address\n")

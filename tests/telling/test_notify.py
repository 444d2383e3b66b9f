"""Who is to be notified hears of failures and of what is well again, once each, and of no secrets."""

from pathlib import Path

import pytest
from forked_scrapy import START, Done
from run_scrapy import fresh_scrapy, scrapy
from telling.receiver import Receiver, receiver
from world import Fault, World, generated_site

from crawler.store.lock import RunLock
from crawler.telling.notify import MOST_BYTES, Notifier

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning"),  # Apprise, on 3.11
]

SITE = generated_site(6, 3)
DIRECT = {"no_proxy": "127.0.0.1"}
GONE = Fault("status", path="^/category/dongdonghai", status=404)


def _crawl(world: World, told: Receiver, output: Path, *args: str) -> Done:
    env = world.env() | DIRECT | {"FINEWS_NOTIFY": told.address()}
    return scrapy("crawl", "finews", *START, *args, output=output, env=env)


def test_a_failure_is_told_once_and_its_end_once(tmp_path: Path) -> None:
    with World(SITE) as world, receiver() as told:
        assert _crawl(world, told, tmp_path).code == 0
        assert told.messages() == []
        world.faults.replace(GONE)
        (tmp_path / "state/ledger.sqlite").unlink()
        assert _crawl(world, told, tmp_path).code == 5
        ((title, message),) = told.messages()
        assert title == "finews finews: exit 5"
        assert message.startswith("exit 5: done, but something could not be read or is missing")
        assert (
            "\nlist http://finews.withounder.com/category/dongdonghairibao.html\n1 x HTTP status 404\nreport "
            in message
        )
        assert _crawl(world, told, tmp_path).code == 5
        assert told.messages() == []
        assert _crawl(world, told, tmp_path, "-s", "FINEWS_KLINE_IMAGES=x").code == 2
        ((title, message),) = told.messages()
        assert title == "finews finews: exit 2"
        assert "FINEWS_KLINE_IMAGES" in message
        world.faults.replace()
        assert _crawl(world, told, tmp_path).code == 0
        ((title, message),) = told.messages()
        assert title == "finews finews: well again"
        assert message.startswith("exit 0: all well\nbefore it was exit 2\n")
        assert _crawl(world, told, tmp_path).code == 0
        assert told.messages() == []


def test_a_run_that_cannot_begin_is_told(tmp_path: Path) -> None:
    lock = RunLock(tmp_path)
    lock.take()
    with World(SITE) as world, receiver() as told:
        assert _crawl(world, told, tmp_path).code == 6
        lock.release()
        ((title, message),) = told.messages()
    assert title == "finews finews: exit 6"
    assert "another run holds the lock" in message


def test_an_empty_list_is_told_although_the_exit_code_is_as_before(tmp_path: Path) -> None:
    with World(SITE, [GONE]) as world, receiver() as told:
        assert _crawl(world, told, tmp_path).code == 5
        assert len(told.messages()) == 1
        world.faults.replace(GONE, Fault("empty-list", path="^/category/dongdongshan"))
        again = ("-a", "full=1")
        assert _crawl(world, told, tmp_path, *again).code == 5
        ((title, message),) = told.messages()
        assert title == "finews finews: exit 5"
        assert "gone quiet: http://finews.withounder.com/category/dongdongshanribao.html answers, and lists" in message
        assert _crawl(world, told, tmp_path, *again).code == 5
        assert told.messages() == []


def test_no_secret_is_printed_logged_or_kept(tmp_path: Path) -> None:
    with World(SITE, [GONE]) as world, receiver("hangs") as told:
        env = world.env() | DIRECT | {"FINEWS_NOTIFY": f"{told.address()},json://u:pa55@127.0.0.1:9/pa55"}
        ping = ("-s", f"FINEWS_PING_URL={told.url}/pa55", "-s", "LOG_LEVEL=DEBUG")
        done = fresh_scrapy("crawl", "finews", *START, *ping, output=tmp_path, env=env)
    assert done.code == 5
    assert done.err.count("not told") == 3
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for text in [done.out.encode(), done.err.encode(), *kept]:
        assert b"pa55" not in text


@pytest.mark.parametrize("addresses", ["secret", "json://h/,secret://x", "tgram://secret", ["json://h", "secret"]])
def test_what_apprise_does_not_know_is_refused_without_being_told(addresses: str | list[str]) -> None:
    with pytest.raises(ValueError, match=r"FINEWS_NOTIFY: of its addresses Apprise knows [01], and not the others$"):
        Notifier(addresses)


def test_a_wrong_address_ends_the_command_before_anything_is_asked(tmp_path: Path) -> None:
    with receiver() as told:
        env = DIRECT | {"FINEWS_PING_URL": told.url}
        done = scrapy("crawl", "finews", "-s", "FINEWS_NOTIFY=secret://x", output=tmp_path, env=env)
    assert done.code == 2
    assert "secret" not in done.err
    assert [path for _, path in told.asked()] == ["/start", "/2"]


def test_several_hear_the_same_and_a_long_text_loses_its_end(tmp_path: Path) -> None:
    with receiver() as told:
        notifier = Notifier(f"{told.address('a')} {told.address('b')}")
        for errand in notifier.send("题", "消息" * 1000):
            errand.join()
    assert sorted(path for _, path in told.asked()) == ["/a", "/b"]
    ((_, first), (_, second)) = told.messages()
    assert first == second
    assert MOST_BYTES - 3 < len(first.encode()) <= MOST_BYTES + 4

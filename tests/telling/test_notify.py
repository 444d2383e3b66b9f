"""Who is to be notified hears of failures and of what is well again, once each, and of no secrets."""

import json
from pathlib import Path

import pytest
from forked_scrapy import START, Done
from run_scrapy import fresh_scrapy, scrapy
from telling.receiver import Receiver, receiver
from world import Fault, World, generated_site

from crawler.store.lock import RunLock
from crawler.telling.memory import Memory, memory_file
from crawler.telling.news import _failures
from crawler.telling.notify import MOST_BYTES, Notifier
from crawler.telling.teller import Teller

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise, on 3.11

SITE = generated_site(6, 3)
DIRECT = {"no_proxy": "127.0.0.1"}
GONE = Fault("status", path="^/category/dongdonghai", status=404)


def _address(told: Receiver, path: str = "pa55") -> str:
    return told.url.replace("http:", "json:") + f"/{path}"


def _crawl(world: World, told: Receiver, output: Path, *args: str) -> Done:
    env = world.env() | DIRECT | {"FINEWS_NOTIFY": _address(told)}
    return scrapy("crawl", "finews", *START, *args, output=output, env=env)


def _messages(told: Receiver) -> list[tuple[str, str]]:
    said = [json.loads(body) for body in told.bodies]
    told.came.clear()
    return [(one["title"], one["message"]) for one in said]


def test_a_failure_is_told_once_and_its_end_once(tmp_path: Path) -> None:
    with World(SITE) as world, receiver() as told:
        assert _crawl(world, told, tmp_path).code == 0
        assert _messages(told) == []
        world.faults.replace(GONE)
        (tmp_path / "state/ledger.sqlite").unlink()
        assert _crawl(world, told, tmp_path).code == 5
        ((title, message),) = _messages(told)
        assert title == "finews finews: exit 5"
        assert message.startswith("exit 5: done, but something could not be read or is missing")
        assert (
            "\nlist http://finews.withounder.com/category/dongdonghairibao.html\n1 x HTTP status 404\nreport "
            in message
        )
        assert _crawl(world, told, tmp_path).code == 5
        assert _messages(told) == []
        assert _crawl(world, told, tmp_path, "-s", "FINEWS_KLINE_IMAGES=x").code == 2
        ((title, message),) = _messages(told)
        assert title == "finews finews: exit 2"
        assert "FINEWS_KLINE_IMAGES" in message
        world.faults.replace()
        assert _crawl(world, told, tmp_path).code == 0
        ((title, message),) = _messages(told)
        assert title == "finews finews: well again"
        assert message.startswith("exit 0: all well\nbefore it was exit 2\n")
        assert _crawl(world, told, tmp_path).code == 0
        assert _messages(told) == []


def _ends(told: Receiver, output: Path, *codes: int, job: str = "finews") -> list[str]:
    """The titles of what is told when runs end so, one after the other."""
    settings = {"FINEWS_NOTIFY": _address(told), "FINEWS_OUTPUT_DIR": str(output)}
    for code in codes:
        Teller(settings, job).end(code)
    return [title for title, _ in _messages(told)]


def test_only_another_end_than_the_last_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with receiver() as told:
        assert _ends(told, tmp_path, 11, 0, 0) == []
        assert _ends(told, tmp_path, 5, 11, 5, 8, 5) == [f"finews finews: exit {code}" for code in (5, 8, 5)]
        assert _ends(told, tmp_path, 0, 8, job="reprocess") == ["finews reprocess: exit 8"]
        assert _ends(told, tmp_path, 5, 11, 0, 0) == ["finews finews: well again"]
        assert _ends(told, tmp_path, 0, job="reprocess") == ["finews reprocess: well again"]


def test_what_could_not_be_told_is_told_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with receiver("500") as told:
        assert _ends(told, tmp_path, 5) == ["finews finews: exit 5"]
        assert capsys.readouterr().err == "FINEWS_NOTIFY: not told (the service refused it)\n"
        told.how = "answers"
        assert _ends(told, tmp_path, 5, 5) == ["finews finews: exit 5"]
        told.how = "500"
        assert _ends(told, tmp_path, 0) == ["finews finews: well again"]
        told.how = "answers"
        assert _ends(told, tmp_path, 0, 0) == ["finews finews: well again"]


def test_a_run_that_cannot_begin_is_told(tmp_path: Path) -> None:
    lock = RunLock(tmp_path)
    lock.take()
    with World(SITE) as world, receiver() as told:
        assert _crawl(world, told, tmp_path).code == 6
        lock.release()
        ((title, message),) = _messages(told)
    assert title == "finews finews: exit 6"
    assert "another run holds the lock" in message


def test_an_empty_list_is_told_although_the_exit_code_is_as_before(tmp_path: Path) -> None:
    with World(SITE, [GONE]) as world, receiver() as told:
        assert _crawl(world, told, tmp_path).code == 5
        assert len(_messages(told)) == 1
        world.faults.replace(GONE, Fault("empty-list", path="^/category/dongdongshan"))
        again = ("-a", "full=1")
        assert _crawl(world, told, tmp_path, *again).code == 5
        ((title, message),) = _messages(told)
        assert title == "finews finews: exit 5"
        assert "gone quiet: http://finews.withounder.com/category/dongdongshanribao.html answers, and lists" in message
        assert _crawl(world, told, tmp_path, *again).code == 5
        assert _messages(told) == []


def test_no_secret_is_printed_logged_or_kept(tmp_path: Path) -> None:
    with World(SITE, [GONE]) as world, receiver("hangs") as told:
        env = world.env() | DIRECT | {"FINEWS_NOTIFY": f"{_address(told)},json://u:pa55@127.0.0.1:9/pa55"}
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
        notifier = Notifier(f"{_address(told, 'a')} {_address(told, 'b')}")
        for errand in notifier.send("题", "消息" * 1000):
            errand.join()
    assert sorted(path for _, path in told.asked()) == ["/a", "/b"]
    ((_, first), (_, second)) = _messages(told)
    assert first == second
    assert MOST_BYTES - 3 < len(first.encode()) <= MOST_BYTES + 4


def test_memory_is_kept_below_the_output_and_a_damaged_one_is_none(tmp_path: Path) -> None:
    file = memory_file(tmp_path, "../../x")
    assert file.parent == tmp_path / "state"
    memory = Memory(5, ["category 题"], {"list": ["article", "2026-03-02"]}, {"题报": ["tibao", "2026-03-02"]}, 7)
    memory.write(file)
    assert Memory.read(file) == memory
    for text in (b"[", b"[]", b"{}", b'{"exit_code": 1, "quiet": [], "lists": [], "success": 0}', b"\xff"):
        file.write_bytes(text)
        assert Memory.read(file) == Memory()


def test_every_kind_of_list_that_is_missing_is_named() -> None:
    lists = {f"lists_{kind}": [f"http://h/{kind}"] for kind in ("failed", "refused", "unseen")}
    assert [*_failures({**lists, "failed": []})] == [
        f"list http://h/{kind}" for kind in ("failed", "refused", "unseen")
    ]

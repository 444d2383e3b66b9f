"""Settings and proxies that cannot be are refused, each with its cure; those that can are not."""

import os
from pathlib import Path

import pytest
from crawling import given

from crawler.settings import defaults
from crawler.settings_check import check


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"FINEWS_OUTPUT_DIRR": "x"}, "no setting FINEWS_OUTPUT_DIRR: did you mean FINEWS_OUTPUT_DIR?"),
        ({"FINEWS_KLINES": "local"}, "did you mean FINEWS_KLINE_IMAGES?"),
        ({"FINEWS_OUTPUT_DIR": ""}, "FINEWS_OUTPUT_DIR is empty"),
        ({"FINEWS_OUTPUT_DIR": " "}, "FINEWS_OUTPUT_DIR is empty"),
        ({"FINEWS_OUTPUT_DIR": "/a/what?/output"}, "FINEWS_OUTPUT_DIR=/a/what?/output: no ? may be in the path"),
        ({"FINEWS_OUTPUT_DIR": os.fsdecode("财经".encode("gbk"))}, "nor a name that is not UTF-8"),
        ({"FINEWS_KLINE_CHARTS": "1"}, "set FINEWS_KLINE_IMAGES=local, too"),
        ({"FINEWS_SHARE_HOST": "http://share.example/"}, "FINEWS_SHARE_HOST=http://share.example/: say the name"),
        ({"FINEWS_SHARE_HOST": ""}, "FINEWS_SHARE_HOST=: say the name of a host"),
        ({"FINEWS_SHARE_HOSTS": ""}, "FINEWS_SHARE_HOSTS=: say the name of a host"),
        ({"FINEWS_SHARE_HOSTS": "a.example,b.example/x"}, "FINEWS_SHARE_HOSTS=b.example/x: say the name"),
        ({"FINEWS_MOST_ARTICLES": "abc"}, "FINEWS_MOST_ARTICLES=abc: say a number, 1 or more"),
        ({"FINEWS_MOST_LISTS": "-1"}, "FINEWS_MOST_LISTS=-1: say a number, 1 or more"),
        ({"FINEWS_KLINE_IMAGES": "off"}, "FINEWS_KLINE_IMAGES='off': say remote or local"),
        ({"FINEWS_ARCHIVE": "perhaps"}, "FINEWS_ARCHIVE=perhaps: say 1 or 0"),
        ({"FINEWS_STAND_IN": "on"}, "FINEWS_STAND_IN=on: say 1 or 0"),
        ({"FINEWS_CLEANING": "tidy"}, "no cleaning profile 'tidy'"),
        ({"FINEWS_CLEANING_ADD": "tidy"}, "no cleaning rule 'tidy'"),
        ({"FINEWS_EDITED": "both"}, "FINEWS_EDITED='both': say keep or overwrite"),
        ({"FINEWS_ORIGINS": "wop"}, "there is no origin 'wop': did you mean wap?"),
        ({"FINEWS_PING_URL": "hc.example/1"}, "FINEWS_PING_URL is no http or https address"),
        ({"FINEWS_SHARED": "1"}, "FINEWS_SHARED hands out work by PostgreSQL"),
        ({"FINEWS_SHARED": "1", "FINEWS_LEDGER_URL": "sqlite:///l"}, "FINEWS_SHARED hands out work by PostgreSQL"),
        ({"FINEWS_LEDGER_URL": "perhaps"}, "FINEWS_LEDGER_URL=perhaps: .*: a ledger is kept in sqlite:///FILE"),
        ({"FINEWS_LEDGER_URL": "sqlite:///"}, "FINEWS_LEDGER_URL=sqlite:///: no ledger can be there: "),
        ({"FINEWS_LEASE_TERM": "0"}, "FINEWS_LEASE_TERM=0: say a number, 1 or more"),
        ({"FINEWS_LEASE_BATCH": "many"}, "FINEWS_LEASE_BATCH=many: say a number, 1 or more"),
        ({"FINEWS_MOST_LISTS": "0"}, "FINEWS_MOST_LISTS=0: say a number, 1 or more"),
        ({"HTTPCACHE_ENABLED": "1"}, "HTTPCACHE_ENABLED=1 .*: say HTTPCACHE_POLICY=.*RFC2616Policy, too"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("?", "[?]")):
        check(given(**changed))


@pytest.mark.parametrize("name", [name for name, default in defaults.items() if isinstance(default, int)])
def test_a_switch_is_on_or_off_and_a_number_is_one(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}=perhaps: say "):
        check(given(**{name: "perhaps"}))


def test_what_is_asked_of_the_log_file_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("linked.log")
    for file in (tmp_path / "new.log", tmp_path / "link"):
        check(given(LOG_FILE=f"{file}"))
    assert [*tmp_path.iterdir()] == [tmp_path / "link"]
    os.mkfifo(tmp_path / "pipe")
    for file in (tmp_path, tmp_path / "none" / "new.log", tmp_path / "pipe"):
        with pytest.raises(ValueError, match=f"^LOG_FILE: cannot write {file}: "):
            check(given(LOG_FILE=f"{file}"))


def test_what_can_be_is_not() -> None:
    check(given())
    check(given(FINEWS_KLINE_CHARTS="1", FINEWS_KLINE_IMAGES="local"))
    check(given(FINEWS_SHARE_HOST="127.0.0.1", FINEWS_SHARE_HOSTS="a.example, b.example", FINEWS_MOST_LISTS="9"))


@pytest.mark.parametrize(
    ("proxy", "becomes"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("me:word@proxy:8080", "http://me:word@proxy:8080"),
        ("http://proxy:8080", "http://proxy:8080"),
        ("socks5://proxy:1", None),
        ("http://", None),
        ("http://proxy:port", None),
        ("http://[::1", None),
    ],
)
@pytest.mark.parametrize("name", ["http_proxy", "HTTPS_PROXY"])
def test_proxies(name: str, proxy: str, becomes: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    for old in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(old, raising=False)
        monkeypatch.delenv(old.upper(), raising=False)
    monkeypatch.setenv(name, proxy)
    if becomes is None:
        with pytest.raises(ValueError, match=f"{name} is no address of a proxy") as refused:
            check(given())
        assert "word" not in str(refused.value)
    else:
        check(given())
        assert os.environ[name] == becomes

"""How a run ended is told once, to whoever the settings name, and only where it is news."""

from pathlib import Path

import pytest
from scrapy.exceptions import UsageError
from telling.receiver import Receiver, receiver

from crawler import exits
from crawler.exits import RunError
from crawler.telling.memory import Memory, memory_file
from crawler.telling.teller import Teller

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # Apprise, on 3.11


def _ends(told: Receiver, output: Path, *codes: int, job: str = "finews") -> list[str]:
    """The titles of what is told when runs end so, one after the other."""
    settings = {"FINEWS_NOTIFY": told.address(), "FINEWS_OUTPUT_DIR": str(output)}
    for code in codes:
        Teller(settings, job).end(code)
    return [title for title, _ in told.messages()]


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


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (RunError("disk full", exits.NOT_WRITABLE), 7, "exit 7: disk full"),
        (ValueError("no such setting"), 2, "exit 2: no such setting"),
        (UsageError("name one spider"), 2, "exit 2: name one spider"),
        (OSError("gone"), 1, "exit 1: internal error"),
    ],
)
def test_what_is_raised_inside_is_told_once_and_goes_on(
    error: Exception, code: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with receiver() as heard:
        settings = {"FINEWS_NOTIFY": heard.address(), "FINEWS_OUTPUT_DIR": str(tmp_path)}
        teller = Teller(settings, "finews")
        with pytest.raises(type(error)), teller, teller:
            raise error
        teller.end(0)
        ((title, message),) = heard.messages()
    assert (title, message.startswith(told)) == (f"finews finews: exit {code}", True)
    assert Memory.read(memory_file(tmp_path, "finews")).exit_code == code


def test_nobody_is_told_and_nothing_is_kept_where_nobody_is_named(tmp_path: Path) -> None:
    Teller({"FINEWS_OUTPUT_DIR": str(tmp_path)}, "finews").end(5)
    assert [*tmp_path.iterdir()] == []


def test_gauges_alone_remember_when_all_was_well(tmp_path: Path) -> None:
    settings = {"FINEWS_OUTPUT_DIR": str(tmp_path), "FINEWS_METRICS_FILE": str(tmp_path / "finews.prom")}
    told = []
    for code in (5, 0, 5):
        Teller(settings, "finews").end(code)
        told.append(Memory.read(memory_file(tmp_path, "finews")).success)
    assert told[0] == 0
    assert told[1] == told[2] > 1_600_000_000
    assert "finews_exit_code 5.0" in (tmp_path / "finews.prom").read_text()


def test_what_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = {"FINEWS_OUTPUT_DIR": str(tmp_path), "FINEWS_METRICS_FILE": str(tmp_path / "nowhere/finews.prom")}
    Teller(settings, "finews").end(0)
    assert capsys.readouterr().err.startswith(f"cannot write {tmp_path}/nowhere/finews.prom")

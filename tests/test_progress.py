"""What a run says while it goes: how far it is, whom it waits for, what became of each article."""

import sys

import pytest

from crawler import progress
from crawler.progress import Progress, duration
from crawler.store.tally import Tally


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time that it is, in seconds: a test sets it."""
    now = [100.0]
    monkeypatch.setattr(progress, "monotonic", lambda: now[0])
    return now


def err(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().err


def test_a_line_a_minute_says_how_far_it_is(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    run = Tally()
    told = Progress(run, "normal")
    run.book("NW1", "written")
    run.book("NW2", "unchanged")
    run.failed.append({"id": "NW3"})
    clock[0] += progress.EVERY - 1
    told.tick()
    assert err(capsys) == ""
    clock[0] += 1
    told.waits = lambda: ["waiting for a.example\x1b[2J", "and for another"]
    told.left = lambda: 90.0
    told.tick(pages=7)
    assert err(capsys) == (
        "pages read 7, found 2, written 1, unchanged 1, failed 1; 2 articles a minute, about 2 min to go; "
        "waiting for a.example\\x1b[2J; and for another\n"
    )
    told.tick()
    assert err(capsys) == ""
    clock[0] += progress.EVERY
    told.tick()
    assert err(capsys).startswith("pages read 7, "), "pages that were read stay read"


def test_nobody_foretells_from_nothing(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    run = Tally()
    told = Progress(run, "normal", lambda: 4)
    told.all_is_found()
    assert told.left() is None
    clock[0] += progress.EVERY
    told.tick()
    assert err(capsys) == "found 4, written 0, unchanged 0, failed 0\n"
    run.book("NW1", "written")
    assert told.left() == pytest.approx(3 * progress.EVERY)
    for number in range(2, 9):
        run.book(f"NW{number}", "written")
    assert told.left() == 0, "more came to an end than were found at first"


def test_after_its_end_it_says_nothing(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    told = Progress(Tally(), "normal")
    told.end()
    clock[0] += 10 * progress.EVERY
    told.tick()
    assert err(capsys) == ""


@pytest.mark.parametrize(
    ("verbosity", "said"),
    [
        ("normal", ""),
        ("verbose", "written 题 http://a/1\nunchanged NW2\nout of scope NW3: filtered: x\\n\n"),
        ("quiet", ""),
    ],
)
def test_each_article_is_said_where_that_is_wanted(
    verbosity: str, said: str, clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    run = Tally()
    told = Progress(run, verbosity)
    run.book("NW1", "written", title="题", address="http://a/1")
    run.book("NW2", "unchanged")
    run.book("NW3", "out_of_scope", "filtered: x\n")
    clock[0] += progress.EVERY
    told.tick()
    out, minute = capsys.readouterr()
    assert out == said
    assert (minute == "") == (verbosity == "quiet")


@pytest.mark.parametrize(
    ("is_terminal", "term", "has_display"), [(True, "xterm", True), (True, "dumb", False), (False, "xterm", False)]
)
def test_a_terminal_has_a_display_at_once(
    is_terminal: bool, term: str, has_display: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
    monkeypatch.setenv("TERM", term)
    told = Progress(Tally(), "normal")
    told.tick()
    told.end()
    assert ("\x1b[?25h" in err(capsys)) == has_display


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 s"), (89, "89 s"), (90, "2 min"), (5399, "90 min"), (5400, "2 h"), (36_000, "10 h"), (0, "0 s")],
)
def test_a_duration_is_said_as_people_would(seconds: float, said: str) -> None:
    assert duration(seconds) == said

"""A display keeps its place at the end of standard error, and the log comes above it."""

import io
import logging
import sys

import pytest

from crawler.display import Display


def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """From here on standard error, which counts as a terminal, forty signs wide."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    for name, value in (("FORCE_COLOR", "1"), ("TERM", "xterm"), ("COLUMNS", "40"), ("NO_COLOR", "")):
        monkeypatch.setenv(name, value)
    return stream


def test_lines_are_shown_in_place_of_those_before_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    said = terminal(monkeypatch)
    display = Display()
    display.show(["found 1, written 0", "长" * 60, "词 " * 60])
    first = said.getvalue()
    assert "found 1, written 0" in first
    assert "长" * 19 + " …" in first
    assert "长" * 20 not in first
    assert first.count("\n") == 2, "a line is cut, and takes no second one"
    display.show(["found 2 [bold]"])
    second = said.getvalue().removeprefix(first)
    assert "found 2 [bold]" in second, "signs of the text are no markup"
    assert "\x1b[2K" in second
    display.close()
    assert said.getvalue().endswith("found 2 [bold]\n\x1b[?25h\r\x1b[1A\x1b[2K"), "its lines are wiped"


def test_the_log_comes_above_it_and_goes_back_to_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    said = terminal(monkeypatch)
    log = logging.StreamHandler(said)
    logging.getLogger().addHandler(log)
    try:
        display = Display()
        assert sys.stderr is not said
        assert log.stream is sys.stderr
        display.show(["found 1"])
        logging.getLogger("x").warning("a host refuses")
        display.close()
    finally:
        logging.getLogger().removeHandler(log)
    assert log.stream is sys.stderr is said
    assert "a host refuses\n" in said.getvalue()

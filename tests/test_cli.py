"""What commands share: what they say of themselves, words that are checked, errors with their exit codes."""

import argparse
import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from commands.command import command
from crawling import given
from run_scrapy import finews

from crawler import exits
from crawler.cli import FinewsCommand, JsonCommand
from crawler.commands import quarantine, reprocess, site, verify
from crawler.exits import RunError

COMMANDS = {
    "quarantine": (
        quarantine,
        "list|retry|drop [ID...] [options]",
        "Show, retry or drop what could not be made into a post",
    ),
    "reprocess": (reprocess, "PATH... [options]", "Turn saved pages into posts"),
    "site": (site, "DIR [options]", "Make a Jekyll site of the posts"),
    "verify": (verify, "[PATH...] [options]", "Check written posts"),
}


@pytest.mark.long
@pytest.mark.parametrize("name", COMMANDS)
def test_help(name: str, tmp_path: Path) -> None:
    module, syntax, description = COMMANDS[name]
    made = command(module, tmp_path)
    assert (made.syntax(), made.short_desc()) == (syntax, description)


class _Failing(FinewsCommand):
    """Fails, or not."""

    arguments = "[WORD...]"
    error: ClassVar[BaseException | None] = None

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        if self.error:
            raise self.error
        self.heard = args
        return exits.LIMIT_REACHED


class _Telling(_Failing, JsonCommand):
    """Fails, in JSON."""

    as_json = "all of it"


@pytest.fixture(autouse=True)
def _signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def made(kind: type[FinewsCommand], **changed: object) -> FinewsCommand:
    """The command with its options known, as Scrapy makes it."""
    one = kind()
    one.settings = given(**changed)
    one.add_options(argparse.ArgumentParser(add_help=False, conflict_handler="resolve"))
    return one


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (None, exits.LIMIT_REACHED, ""),
        (ValueError("a\x1b[2J wrong word"), exits.WRONG_USAGE, "scrapy test_cli: a\\x1b[2J wrong word\n"),
        (RunError("disk full", exits.NOT_WRITABLE), exits.NOT_WRITABLE, "scrapy test_cli: disk full\n"),
        (KeyboardInterrupt(), exits.INTERRUPTED, "scrapy test_cli: interrupted: run again to go on\n"),
    ],
)
def test_an_error_is_one_line_with_its_exit_code(
    error: BaseException | None,
    code: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(_Failing, "error", error)
    one = made(_Failing)
    one.run(["甲"], argparse.Namespace())
    assert (one.exitcode, capsys.readouterr().err) == (code, told)


def test_what_is_nobody_s_fault_is_not_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Failing, "error", OSError("gone"))
    with pytest.raises(OSError, match="gone"):
        made(_Failing).run([], argparse.Namespace())


def test_wrong_settings_end_it_unless_it_is_there_to_tell_of_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    one = made(_Failing, FINEWS_EDITED="both")
    one.run([], argparse.Namespace())
    assert one.exitcode == exits.WRONG_USAGE
    assert "FINEWS_EDITED='both'" in capsys.readouterr().err
    monkeypatch.setattr(_Failing, "needs_right_settings", False)
    one.run([], argparse.Namespace())
    assert one.exitcode == exits.LIMIT_REACHED


@pytest.mark.parametrize(
    ("words", "heard"),
    [(["a", "-", "b"], ["a", "-", "b"]), (["--", "--json", "-x"], ["--json", "-x"]), (["a", "--", "--"], ["a", "--"])],
)
def test_behind_the_mark_no_word_is_an_option(words: list[str], heard: list[str]) -> None:
    one = made(_Failing)
    one.check_words(words, argparse.Namespace())
    assert words == heard


def test_an_option_that_there_is_not_is_told_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"there is no option --jsn: did you mean --json\?"):
        made(_Telling).check_words(["a", "--jsn"], argparse.Namespace())


@pytest.mark.parametrize("as_json", [False, True])
def test_what_is_asked_for_in_json_is_refused_in_json(
    as_json: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(_Telling, "error", ValueError("wrong"))
    one = made(_Telling)
    one.run([], argparse.Namespace(json=as_json))
    one.mention("by the way")
    out, err = capsys.readouterr()
    assert (json.loads(out) if as_json else out) == ({"error": "wrong", "exit_code": 2} if as_json else "")
    assert ("by the way" in err, "wrong" in err) == (True, not as_json)


def test_its_name_is_the_file_s_and_its_purpose_the_docstring() -> None:
    one = made(_Failing)
    assert (one.name(), one.short_desc(), one.syntax()) == ("test_cli", "Fails, or not", "[WORD...] [options]")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["site", ""], "a word is empty"),
        (["reprocess", ""], "a word is empty"),
        (["verify", ""], "a word is empty"),
        (["export", "-", "--stock", ""], "--stock is empty"),
        (["export", "-", "--since", ""], "--since is empty"),
        (["stock", "600050", "--atom", ""], "--atom is empty"),
        (["search", "x", "--json", "--category", ""], "--category is empty"),
    ],
)
def test_a_variable_that_is_not_set_is_no_folder_and_no_wish_for_all(
    words: list[str], told: str, tmp_path: Path
) -> None:
    done = finews(*words, folder=tmp_path)
    assert (done.code, told in done.out + done.err) == (2, True), done.err
    assert list(tmp_path.iterdir()) == []

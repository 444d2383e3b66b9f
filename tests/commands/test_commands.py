"""What commands say of themselves, and which arguments they refuse."""

import argparse
from pathlib import Path
from typing import Any

import pytest
from commands.command import OPTIONS, command
from run_scrapy import finews, scrapy
from scrapy.exceptions import UsageError

from crawler.commands import quarantine, reprocess, site, verify
from crawler.reprocess import most_workers

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


@pytest.mark.parametrize("name", COMMANDS)
def test_help(name: str, tmp_path: Path) -> None:
    module, syntax, description = COMMANDS[name]
    made = command(module, tmp_path)
    assert (made.syntax(), made.short_desc()) == (syntax, description)


@pytest.mark.parametrize(
    ("module", "args", "changed", "error"),
    [
        (quarantine, [], {}, "say list, retry or drop"),
        (quarantine, ["nonsense"], {}, "say list, retry or drop"),
        (quarantine, ["drop"], {}, "name the entries to drop"),
        (quarantine, ["retry", "nobody"], {}, "not in quarantine: nobody"),
        (quarantine, ["list", "nobody"], {}, "not in quarantine: nobody"),
        (reprocess, [], {}, "name at least one file or folder"),
        (reprocess, ["."], {"workers": 0}, "--workers 0: at least one is needed"),
        (reprocess, ["."], {"workers": 9999}, f"--workers 9999: at most {most_workers()} of them are of use here"),
        (reprocess, ["/nowhere/x"], {}, "no such file or folder: /nowhere/x"),
        (site, [], {}, "name one folder"),
        (site, ["a", "b"], {}, "name one folder"),
        (verify, ["/nowhere/x"], {}, "no such file or folder: /nowhere/x"),
    ],
)
def test_wrong_usage(module: Any, args: list[str], changed: dict[str, Any], error: str, tmp_path: Path) -> None:
    options = argparse.Namespace(**{**vars(OPTIONS), **changed})
    with pytest.raises((UsageError, ValueError), match=error):
        command(module, tmp_path).execute(args, options)


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


@pytest.mark.parametrize(
    "wrong", ["LOG_LEVEL=LOUD", "LOG_LEVEL=20", "LOG_FORMAT=xml", "LOG_FORMAT=%(no)", "LOG_FILE=/nowhere/crawl.log"]
)
def test_settings_of_the_log_that_cannot_be(wrong: str, tmp_path: Path) -> None:
    done = scrapy("crawl", "finews", "-s", wrong, output=tmp_path / "output")
    assert (done.code, "Traceback" in done.err, wrong.partition("=")[0] in done.err) == (2, False, True), done.err
    assert not (tmp_path / "output").exists()

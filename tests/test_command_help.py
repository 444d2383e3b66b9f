"""Every command's help is complete: examples, arguments, settings, exit codes."""

import re
from pathlib import Path

import pytest
from forked_scrapy import ROOT
from run_scrapy import finews
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler import settings
from crawler.command_help import example, meanings, shown, with_headings
from crawler.commands import verify
from crawler.words import speak

CHINESE_SIGN = re.compile("[\u4e00-\u9fff]")
OURS = sorted(path.stem for path in (ROOT / "crawler" / "commands").glob("[!_]*.py"))
HEED_SETTINGS = {"crawl", "reprocess", "verify"}


@pytest.mark.long
@pytest.mark.parametrize("name", [*OURS, "list", "fetch"])
def test_help(name: str, tmp_path: Path) -> None:
    done = finews(name, "--help", folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert re.search(rf"^ *finews {name}\b", done.out, re.MULTILINE)
    assert "scrapy" not in done.out.partition("=")[2].partition("Options")[0]
    assert re.search(r"^  0   all well$", done.out, re.MULTILINE)
    assert re.search(r"^  2   wrong usage", done.out, re.MULTILINE)
    if name in OURS:
        assert len(re.findall(rf"^finews {name}\b", done.out, re.MULTILINE)) >= 1
    told = set(re.findall(r"^  (FINEWS_\w+) +\S", done.out, re.MULTILINE))
    assert told == (set(settings.defaults) if name in HEED_SETTINGS else set())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
@pytest.mark.parametrize("name", [*OURS, ""])
def test_help_is_in_the_readers_language(name: str, tmp_path: Path) -> None:
    words = [*filter(None, [name]), "-h", "-s", "FINEWS_LANG=zh"] if name else ["-h"]
    done = finews(*words, folder=tmp_path, env={"FINEWS_LANG": "en" if name else "zh", "COLUMNS": "300"})
    assert (done.code, done.err) == (0, "")
    plain = re.compile(r"finews |[=-]+$|  finews |\s+-.*(?:FILE|LEVEL|VALUE)$")  # names, and what is typed
    said = [line for line in done.out.splitlines()[1:] if line and not plain.match(line)]
    assert [line for line in said if not CHINESE_SIGN.search(line)] == []
    assert not re.search(r"# [a-z ]+$", done.out, re.MULTILINE)
    assert "finews crawl" in done.out or name != "crawl"


def test_every_setting_has_a_meaning() -> None:
    assert meanings().keys() == settings.defaults.keys()


def test_the_help_of_crawl_names_every_argument(tmp_path: Path) -> None:
    out = finews("crawl", "-h", folder=tmp_path).out
    loader = SpiderLoader.from_settings(Settings(vars(settings)))
    assert loader.list()
    for spider in map(loader.load, loader.list()):
        part = out.partition(f"Arguments of {spider.name} ")[2].partition("\n\n")[0]
        named = set(spider.__init__.__code__.co_varnames[1 : spider.__init__.__code__.co_argcount])
        assert set(re.findall(r"^  (\w+) ", part, re.MULTILINE)) == named


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "Usage\n=====\n  finews\n\nOptions\n-------\n"),
        ("zh", "用法\n====\n  finews\n\n选项\n----\n"),
    ],
)
def test_headings_are_underlined_as_wide_as_they_are(language: str, told: str) -> None:
    speak(language)
    try:
        assert with_headings("Usage\n=====\n  finews\n\nOptions\n-------\n") == told
    finally:
        speak("")
    assert with_headings("a = b\n= c\n") == "a = b\n= c\n"


@pytest.mark.parametrize(
    ("value", "told"), [(True, "1"), (False, "0"), (["a", "b"], "a,b"), ((), ""), (7, "7"), ("x y", "x y")]
)
def test_a_value_is_shown_as_an_option_takes_it(value: object, told: str) -> None:
    assert shown(value) == told


def test_an_example_says_what_it_is_for_behind_a_mark() -> None:
    command = verify.Command()
    assert example(command, "a --b  # all of it") == "finews verify a --b  # all of it"
    assert example(command, "") == "finews verify"

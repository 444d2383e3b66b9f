"""`scrapy quarantine`: what is in it is listed and dropped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands.command import OPTIONS, command
from scrapy.exceptions import UsageError
from store.samples import listed_article, record_list

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.commands import quarantine
from crawler.items import Page
from crawler.summary import summary


@contextmanager
def entry(output: Path) -> Iterator[FinewsCommand]:
    """The command, with one article in quarantine."""
    made = command(quarantine, output)
    with made.open_run() as run:
        run.quarantined("NW202201142248170578", "no title", Page(url="http://x/y", body=b"<p>"))
    yield made


def test_an_article_whose_page_never_came_is_listed_with_title_and_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, one = command(quarantine, tmp_path), listed_article("新高炉点火")
    with made.open_run() as run:
        record_list(run.ledger, one)
        run.quarantined(one.code, "Forbidden by robots.txt")
        assert f"新高炉点火 {one.url}\n" in summary(run.report(exits.IN_QUARANTINE))
        run.quarantined("NW202201142248170579", "no title")
    assert made.execute(["list", one.code], OPTIONS) == exits.OK
    assert capsys.readouterr().out == f"{one.code}\tForbidden by robots.txt\t{one.url}\t新高炉点火\n"


def test_quarantine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with entry(tmp_path) as made:
        assert made.execute(["list"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == "NW202201142248170578\tno title\thttp://x/y\n"
        assert made.execute(["drop", "NW202201142248170578"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == "dropped 1\n"
        assert made.execute(["list"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == ""


def test_what_is_of_saved_files_is_said_not_to_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with entry(tmp_path) as made:
        with made.open_run() as run:
            run.lost_page("saved/a.html", "cut short", Page(url="", body=b"", source="saved/a.html"))
        assert made.execute(["retry", "NW202201142248170578"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == "asked for again at the next crawl: 0\n"
        assert made.execute(["retry"], OPTIONS) == exits.OK
        assert capsys.readouterr().out.endswith(": 0\nof saved files, which only `reprocess` reads again: 1\n")


EVIL = "a\x1b]0;x\x07b\x1b[2J\nNW202201142248170579\tno title\r\x9bc\u2028d"


def test_what_a_page_said_is_one_line_and_acts_on_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = command(quarantine, tmp_path)
    with made.open_run() as run:
        run.lost_page(f"http://x/{EVIL}", EVIL, Page(url=f"http://x/{EVIL}", body=b""))
        assert made.execute(["list"], OPTIONS) == exits.OK, "it waits for no run"
    out = capsys.readouterr().out
    assert [line.replace("\t", "").isprintable() for line in out.splitlines()] == [True]


def test_what_is_none_of_ours_is_named_beside_the_entries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with entry(tmp_path) as made:
        for name, text in (("mine.json", '{"a": [1]}'), ("half.json", '{"id"')):
            (tmp_path / "quarantine" / name).write_text(text)
        assert made.execute(["list"], OPTIONS) == exits.OK
    told = capsys.readouterr()
    assert told.out == "NW202201142248170578\tno title\thttp://x/y\n"
    assert {f"{tmp_path}/quarantine/{name} is no entry of ours: skipped" for name in ("mine.json", "half.json")} == set(
        told.err.splitlines()
    )


def test_to_list_makes_no_folder(tmp_path: Path) -> None:
    assert command(quarantine, tmp_path / "none").execute(["list"], OPTIONS) == exits.OK
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ([], "say list, retry or drop"),
        (["nonsense"], "say list, retry or drop"),
        (["drop"], "name the entries to drop"),
        (["retry", "nobody"], "not in quarantine: nobody"),
        (["list", "nobody"], "not in quarantine: nobody"),
    ],
)
def test_wrong_usage(args: list[str], error: str, tmp_path: Path) -> None:
    with pytest.raises((UsageError, ValueError), match=error):
        command(quarantine, tmp_path).execute(args, OPTIONS)

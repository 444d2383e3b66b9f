"""`scrapy quarantine`: what is in it is listed and dropped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands.command import OPTIONS, command
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
    assert made.execute(["list"], OPTIONS) == exits.OK
    assert capsys.readouterr().out == f"{one.code}\tForbidden by robots.txt\t{one.url}\t新高炉点火\n"


def test_quarantine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with entry(tmp_path) as made:
        assert made.execute(["list"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == "NW202201142248170578\tno title\thttp://x/y\n"
        assert made.execute(["drop", "NW202201142248170578"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == "dropped 1\n"
        assert made.execute(["list"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == ""

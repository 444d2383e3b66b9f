"""`scrapy quarantine`: what is in it is listed and dropped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands.command import OPTIONS, command

from crawler import exits
from crawler.cli import FinewsCommand
from crawler.commands import quarantine
from crawler.items import Page


@contextmanager
def entry(output: Path) -> Iterator[FinewsCommand]:
    """The command, with one article in quarantine."""
    made = command(quarantine, output)
    with made.open_run() as run:
        run.quarantined("NW202201142248170578", "no title", Page(url="http://x/y", body=b"<p>"))
    yield made


def test_quarantine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with entry(tmp_path) as made:
        assert made.execute(["list"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == "NW202201142248170578\tno title\thttp://x/y\n"
        assert made.execute(["drop", "NW202201142248170578"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == "dropped 1\n"
        assert made.execute(["list"], OPTIONS) == exits.OK
        assert capsys.readouterr().out == ""

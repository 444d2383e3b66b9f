"""`finews mcp`: what it refuses before it serves; what it serves is in tests/mcp_server/."""

import argparse
import sys
from pathlib import Path

import pytest
from commands.command import command

from crawler.commands import mcp


def execute(output: Path, *args: str, http: str | None = None) -> int:
    return command(mcp, output).execute([*args], argparse.Namespace(http=http))


def test_it_refuses_names_an_output_without_posts_and_foreign_addresses(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mcp takes no names: a b"):
        execute(tmp_path, "a", "b")
    with pytest.raises(ValueError, match="there are no posts in"):
        execute(tmp_path)
    with pytest.raises(ValueError, match="there are no posts in"):
        execute(tmp_path, http="127.0.0.1:0")
    (tmp_path / "_posts").mkdir()
    for address in ("0.0.0.0:80", ""):
        with pytest.raises(ValueError, match="loopback"):
            execute(tmp_path, http=address)
    assert [path.name for path in tmp_path.iterdir()] == ["_posts"]


def test_without_its_extra_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "crawler.mcp_server.server", None)
    with pytest.raises(ValueError, match=r"pip install 'finews-crawler\[mcp\]'"):
        execute(tmp_path)

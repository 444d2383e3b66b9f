"""`finews reprocess`: what it refuses."""

import argparse
from pathlib import Path
from typing import Any

import pytest
from commands.command import OPTIONS, command
from scrapy.exceptions import UsageError

from crawler.commands import reprocess
from crawler.reprocess import most_workers


@pytest.mark.parametrize(
    ("args", "changed", "error"),
    [
        ([], {}, "name at least one file or folder"),
        (["."], {"workers": 0}, "--workers 0: at least one is needed"),
        (["."], {"workers": 9999}, f"--workers 9999: at most {most_workers()} of them are of use here"),
        (["."], {"dask": "local", "online": True}, "--online asks politely, from one process: not with --dask"),
        (["."], {"dask": "tcp://a:1", "workers": 1}, "--workers goes with --dask local"),
        ([".", "/nowhere/x"], {}, "no such file or folder: /nowhere/x"),
    ],
)
def test_wrong_usage(args: list[str], changed: dict[str, Any], error: str, tmp_path: Path) -> None:
    options = argparse.Namespace(**{**vars(OPTIONS), **changed})
    with pytest.raises((UsageError, ValueError), match=error):
        command(reprocess, tmp_path).execute(args, options)

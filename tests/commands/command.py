"""A command of ours with settings, and its options as given by nobody."""

import argparse
from pathlib import Path
from typing import Any

from run_scrapy import scrapy
from scrapy.settings import Settings

from crawler.cli import FinewsCommand

OPTIONS = argparse.Namespace(workers=None, online=False, dask=None, rebuild=False)


def command(module: Any, output: Path) -> FinewsCommand:
    made: FinewsCommand = module.Command()
    made.settings = Settings({"FINEWS_OUTPUT_DIR": str(output)})
    return made


def prune(output: Path, *args: str) -> tuple[int, str]:
    """The exit code of ``scrapy prune``, and what it says."""
    done = scrapy("prune", *args, output=output)
    return done.code, done.out + done.err


def doctor(output: Path, *args: str) -> tuple[int, str, str]:
    """The exit code of ``scrapy doctor``, what it says, and what it says of errors."""
    done = scrapy("doctor", *args, output=output)
    return done.code, done.out, done.err


def files_in(folder: Path) -> dict[str, bytes]:
    """What each file in the folder holds, by its name."""
    return {path.name: path.read_bytes() for path in folder.glob("*")}

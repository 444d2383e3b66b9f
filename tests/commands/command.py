"""A command of ours with settings, and its options as given by nobody."""

import argparse
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from crawler.cli import FinewsCommand

OPTIONS = argparse.Namespace(workers=None, online=False, dask=None, rebuild=False)


def command(module: Any, output: Path) -> FinewsCommand:
    made: FinewsCommand = module.Command()
    made.settings = Settings({"FINEWS_OUTPUT_DIR": str(output)})
    return made

"""Reprocessing as a user runs it; and what it leaves behind."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from forked_scrapy import Done, Running
from run_scrapy import forker

from crawler import post_format
from crawler.items import Post
from crawler.reprocess import Engine
from crawler.reprocess import reprocess as in_this_process
from crawler.store.run import Run


def start(output: Path, *args: object, env: Mapping[str, str] | None = None, large: int | None = None) -> Running:
    """Start ``scrapy reprocess``.

    ``large``: from how many bytes on a file is shared out in parts, the smallest there are.
    """
    constants = (
        {} if large is None else {"crawler.reprocess.reading.LARGE": large, "crawler.reprocess.reading.SECTION": 1}
    )
    return forker().start("reprocess", *map(str, args), output=output, env=env, constants=constants)


def reprocess(output: Path, *args: object, timeout: float = 100, **kwargs: Any) -> Done:
    return start(output, *args, **kwargs).wait(timeout)


def reprocess_here(
    paths: Sequence[Path], run: Run, settings: Mapping[str, Any], engine: Engine | None = None
) -> dict[str, Any]:
    """What comes of it in this process: the report, with all inputs in memory."""
    told = in_this_process(paths, run, settings, engine or Engine())
    return told | {"inputs": [*told["inputs"]]}


def report(output: Path) -> dict[str, Any]:
    newest = max((output / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    found: dict[str, Any] = json.loads(newest.read_bytes())
    return found


def posts(output: Path) -> dict[str, Post]:
    folder = output / "_posts"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: post_format.parse(path.read_bytes(), path.name) for path in files}

"""Reprocessing as a user runs it; and what it leaves behind."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from forked_scrapy import Done, Running
from run_scrapy import forker

from crawler import post_format
from crawler.items import Post


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


def report(output: Path) -> dict[str, Any]:
    newest = max((output / "reports").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    found: dict[str, Any] = json.loads(newest.read_bytes())
    return found


def posts(output: Path) -> dict[str, Post]:
    folder = output / "_posts"
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {path.name: post_format.parse(path.read_bytes(), path.name) for path in files}

"""A command loads what it needs: what is heavy, and not needed for it, stays on disk."""

import os
import re
import subprocess
import sys
from pathlib import Path

from forked_scrapy import ROOT, START
from run_scrapy import Crawl
from world import World, generated_site

ALWAYS_LATE = {
    "aiohttp", "apprise", "bs4", "crawler.archive", "crawler.pictures.stage", "crawler.reprocess", "fastwarc",
    "holidays", "mcp", "PIL", "prometheus_client", "pyarrow", "requests", "rich", "sqlalchemy.dialects.postgresql",
    "tldextract", "twisted.conch", "xpinyin",
}  # fmt: skip
"""What no crawl loads that keeps to the defaults, and finds nothing out of the common."""
NEEDED = {"crawler.archive", "crawler.pictures.stage", "crawler.reprocess", "fastwarc", "xpinyin"}
"""What a reprocessing loads."""
LATE = ALWAYS_LATE | {"crawler.body", "crawler.data", "crawler.pages", "crawler.spiders", "nh3", "sqlalchemy"}
"""What those do not load, either, that only tell of what is there."""
UNREAD = {"crawler.pages.record", "crawler.pages.feed", "crawler.pages.eastmoney.app_api", "crawler.pages.github_file"}
"""Kinds of page that no crawl reads."""


def loaded(*args: str, env: dict[str, str] | None = None) -> set[str]:
    """The modules that the command loads in a process of its own; it ends well."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-P", "-m", "crawler", *args],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))


def test_commands_load_what_they_need(crawl: Crawl, tmp_path: Path) -> None:
    output = ("-s", f"FINEWS_OUTPUT_DIR={tmp_path}")
    assert "crawler.command_line" in (version := loaded("--version"))
    assert version & LATE == set()
    with World(generated_site(2, 2)) as world:
        first = crawl(world, output=tmp_path)
        assert first.code == 0, first.err
        again = loaded("crawl", "finews", *START, *output, env=world.env())  # there is nothing new
    assert {"sqlalchemy", "crawler.pages"} <= again
    assert again & (ALWAYS_LATE | UNREAD) == set()
    assert "crawler.store.report" in (report := loaded("report", *output))
    assert report & LATE == set()
    saved = loaded("reprocess", str(tmp_path / "_posts"), "-s", f"FINEWS_OUTPUT_DIR={tmp_path / 'saved'}")
    assert {"crawler.archive", "sqlalchemy"} <= saved
    assert saved & (ALWAYS_LATE - NEEDED | {"warcio"}) == set()

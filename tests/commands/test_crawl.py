"""`finews crawl`: how it ends that is stopped early, and what it refuses."""

import subprocess
import sys
from pathlib import Path

import pytest
from forked_scrapy import ROOT
from run_scrapy import Crawl
from world import World, generated_site

_EARLY = """
import argparse, sys
from pathlib import Path
from unittest.mock import Mock
from crawling import make_crawler
from crawler.commands.crawl import Command
from crawler.telling.teller import Teller

command = Command()
command.settings, command.teller, command.crawler_process = {}, Teller({}), Mock()
crawler = make_crawler(Path(sys.argv[1])) if sys.argv[2] == "engine" else Mock(**{"get_extension.return_value": None})
command._create_crawler = lambda _: crawler
command.crawler_process.start = lambda: None  # the reactor was stopped, and the spider not opened
command.run(["finews"], argparse.Namespace(spargs={}))
sys.exit(command.exitcode)
"""


@pytest.mark.parametrize("there", ["engine", "nothing"])
def test_a_crawl_that_is_stopped_before_its_spider_is_open_was_interrupted(there: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _EARLY, str(tmp_path / "output"), there],
        capture_output=True, text=True, timeout=60, check=False, cwd=ROOT, env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (11, "")
    assert "interrupted: run again to go on" in done.stderr


def test_an_export_is_never_emptied(crawl: Crawl, tmp_path: Path) -> None:
    lines, array = tmp_path / "posts.jsonl", tmp_path / "posts.json"
    with World(generated_site(4, 2)) as world:
        assert crawl(world, "-O", str(lines)).code == 0
        assert crawl(world, "-O", str(lines)).code == 0
        assert len(lines.read_text().splitlines()) == 4
        assert crawl(world, "-a", "full=1", "-O", str(array)).code == 0
        before = array.read_bytes()
        refused = crawl(world, "-O", str(array))
    assert (refused.code, array.read_bytes()) == (2, before)
    assert "is there already" in refused.err

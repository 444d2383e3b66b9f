"""Output that goes nowhere ends no run: full devices, closed pipes, closed descriptors."""

import os
import subprocess
from pathlib import Path

import pytest
from forked_scrapy import ROOT
from run_scrapy import SCRAPY

POST = '---\nlayout: post\ntitle: "题"\n---\n'


@pytest.fixture
def broken_posts(tmp_path: Path) -> Path:
    """So many posts with a fault that telling them fills a pipe."""
    posts = tmp_path / "out" / "_posts"
    posts.mkdir(parents=True)
    for number in range(900):
        (posts / f"2022-01-14-NW20220114000000{number:04}.md").write_text(POST)
    return tmp_path / "out"


@pytest.mark.parametrize("end", ["| head -1", "> /dev/full", ">&-", "2>&-", "> /dev/full 2>&1", ">&- 2>&-"])
def test_the_exit_code_is_that_of_the_run(end: str, broken_posts: Path) -> None:
    line = f"{SCRAPY} verify -s FINEWS_OUTPUT_DIR={broken_posts} {end}; echo rc ${{PIPESTATUS[0]}} >&3"
    read, write = os.pipe()
    command = ["bash", "-c", f"exec 3>&{write}; {line}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, pass_fds=[write], timeout=60, check=False)
    os.close(write)
    with os.fdopen(read) as told:
        assert told.read() == "rc 9\n"
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr

"""Output that goes nowhere ends no run: full devices, closed pipes, closed descriptors."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from forked_scrapy import ROOT
from run_scrapy import SCRAPY
from search.archives import post, put
from world import World

POST = '---\nlayout: post\ntitle: "题"\n---\n'


@pytest.fixture
def broken_posts(tmp_path: Path) -> Path:
    """So many posts with a fault that telling them fills a pipe."""
    posts = tmp_path / "out" / "_posts"
    posts.mkdir(parents=True)
    for number in range(900):
        (posts / f"2022-01-14-NW20220114000000{number:04}.md").write_text(POST)
    return tmp_path / "out"


def rc(command: str, end: str, env: dict[str, str] | None = None) -> str:
    """The exit code that a shell sees of a command whose output goes where ``end`` says."""
    read, write = os.pipe()
    line = ["bash", "-c", f"exec 3>&{write}; {SCRAPY} {command} {end}; echo ${{PIPESTATUS[0]}} >&3"]
    done = subprocess.run(
        line, cwd=ROOT, env=env, capture_output=True, text=True, pass_fds=[write], timeout=60, check=False
    )
    os.close(write)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    with os.fdopen(read) as told:
        return told.read().strip()


@pytest.mark.long
@pytest.mark.parametrize("end", ["| head -1", "> /dev/full", ">&-", "2>&-", "> /dev/full 2>&1", ">&- 2>&-"])
def test_the_exit_code_is_that_of_the_run(end: str, broken_posts: Path) -> None:
    assert rc(f"verify -s FINEWS_OUTPUT_DIR={broken_posts}", end) == "9"


@pytest.mark.long
@pytest.mark.parametrize("end", ["> /dev/full", ">&-"])
def test_both_doors_write_their_posts_whoever_listens(end: str, world: World, tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    assert rc(f"crawl finews -s FINEWS_OUTPUT_DIR={first}", end, {**os.environ, **world.env()}) == "0"
    assert rc(f"reprocess {first / '_posts'} -s FINEWS_OUTPUT_DIR={again}", end) == "0"
    for folder in (first, again):
        assert {path.name for path in (folder / "_posts").iterdir()} == set(world.site.posts())


@pytest.mark.parametrize(("end", "code"), [("| true", "0"), (">&-", "0"), ("> /dev/full", "7")])
@pytest.mark.parametrize("command", ["doctor", "settings"])
def test_an_answer_that_is_lost_is_no_success(command: str, end: str, code: str, tmp_path: Path) -> None:
    assert rc(f"{command} -s FINEWS_OUTPUT_DIR={tmp_path}", end) == code


@pytest.mark.parametrize("command", ["--help", "--version", "crawl --help", "shell -h"])
def test_nor_is_help_that_is_lost(command: str) -> None:
    line = [sys.executable, "-m", "crawler", *command.split()]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(line, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (7, "finews: cannot write standard output: No space left on device\n")


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_an_export_into_a_pipe_that_is_closed_already(form: str, tmp_path: Path) -> None:
    put(tmp_path, post(1, title="铁路货运量回升"))
    read, write = os.pipe()
    os.close(read)
    line = [str(SCRAPY), "export", "-", "--as", form, "-s", f"FINEWS_OUTPUT_DIR={tmp_path}"]
    with os.fdopen(write, "wb") as closed:
        done = subprocess.run(line, cwd=ROOT, stdout=closed, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr[:17]) == (0, "articles exported")


@pytest.mark.parametrize(("given", "found"), [({}, 1), ({"PYTHONUTF8": "0"}, 0)])
@pytest.mark.parametrize("program", [["-m", "crawler"], [str(SCRAPY)]])
def test_words_typed_in_utf8_are_found_whatever_the_locale_s_encoding(
    program: list[str], given: dict[str, str], found: int, tmp_path: Path
) -> None:
    """`LANG=zh_CN` without `.UTF-8` is GB2312; who wants that says so."""
    made = subprocess.run(
        ["localedef", "-i", "zh_CN", "-f", "GB2312", tmp_path / "zh_CN"], capture_output=True, check=False
    )
    assert (tmp_path / "zh_CN").is_dir(), f"the package locales is missing: {made.stderr!r}"
    put(tmp_path, post(1, title="铁路货运量回升"))
    words = ["search", "铁路".encode(), "--json", "-s", f"FINEWS_OUTPUT_DIR={tmp_path}"]
    env = {**os.environ, "LOCPATH": str(tmp_path), "LC_ALL": "zh_CN", "FINEWS_LANG": "en", **given}
    done = subprocess.run([sys.executable, *program, *words], cwd=ROOT, env=env, capture_output=True, check=True)
    assert json.loads(done.stdout)["total"] == found

"""Each command that stands in the README and in docs/ is run, from top to bottom, in a clone; or it says why not."""

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cleaning_page
import pytest
from forked_scrapy import ROOT
from jekyll.jekyll_build import program
from world import World, sample_site

pytestmark = pytest.mark.long

FENCE = re.compile(r"^(?:<!-- (not run[^\n]*) -->\n)?```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:\$ )?(?:finews|scrapy|make|jekyll|sudo|pip|python3?|\.venv/bin/\w+) [a-z-]")
DONE_BUT = re.compile(r"finews (?:crawl|reprocess|verify)\b")
"""These may end with 5, too."""
README, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
PAGES = [README, CHINESE, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


class Block(NamedTuple):
    why_not: str
    kind: str
    text: str


def blocks(page: Path) -> list[Block]:
    return [Block(*found) for found in FENCE.findall(page.read_text("utf-8"))]


def commands(block: Block) -> list[str]:
    if block.kind == "console":
        return [line[2:] for line in block.text.splitlines() if line.startswith("$ ")]
    return [line for line in block.text.splitlines() if line and not line.startswith("#")] * (block.kind == "sh")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_stand_in_blocks_of_commands(page: Path) -> None:
    for block in blocks(page):
        if block.kind not in {"sh", "console"}:
            assert [line for line in block.text.splitlines() if COMMAND.match(line)] == []
        if page in {README, CHINESE}:
            assert block.kind
            assert not block.why_not


def test_the_readme_is_ten_screens_at_most() -> None:
    for page in (README, CHINESE):
        lines = page.read_text("utf-8").splitlines()
        assert sum(max(1, -(-_columns(line) // 120)) for line in lines) <= 600


def _columns(line: str) -> int:
    return sum(1 + (sign >= "\u2e80") for sign in line)


def test_both_readmes_are_of_one_shape() -> None:
    english, chinese = (page.read_text("utf-8") for page in (README, CHINESE))
    assert "README.zh-CN.md" in english.splitlines()[0]
    assert "README.md" in chinese.splitlines()[0]
    assert [(b.kind, b.text) for b in blocks(README)] == [(b.kind, b.text) for b in blocks(CHINESE)]
    assert _shape(english) == _shape(chinese)


def _shape(text: str) -> dict[str, list[str]]:
    """Levels of headings and kinds of blocks in their order, first cells of tables, pictures, pages that are linked."""
    return {
        "order": re.findall(r"^(#+(?= )|```\w+)", text, re.MULTILINE),
        "rows": re.findall(r"^\| ((?:…|`).*?) \|", text, re.MULTILINE),
        "pictures": re.findall(r"!\[.*?\]\((.*?)\)", text),
        "pages": sorted({*re.findall(r"\]\((docs/[\w-]+\.md|\w+\.md)\)", text)} - {"README.md"}),
        "codes": re.findall(
            r"\b(\d+) ", next(line for line in text.splitlines() if line.startswith(("Exit codes", "退出码")))
        )[:1],
    }


def test_the_page_of_cleaning_is_what_the_rules_say() -> None:
    assert cleaning_page.PAGE.read_text("utf-8") == cleaning_page.page(), "python tests/cleaning_page.py"


def test_links_and_pictures_are_there() -> None:
    for page in PAGES:
        for link in re.findall(r"\]\((?!//)([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone of the work tree holds, and an environment as `make` makes it, without asking the network."""
    folder = tmp_path_factory.mktemp("clone") / "finews-crawler"
    names = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    for name in filter(lambda name: (ROOT / name).is_file(), names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)
    venv.create(folder / ".venv", with_pip=False, symlinks=True)
    (packages,) = (folder / ".venv").glob("lib/*/site-packages")
    (packages / "dependencies.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    for name, line in (
        ("pip", '-m pip "$@" --no-deps --no-index --no-build-isolation'),
        ("scrapy", '-m scrapy "$@"'),
    ):
        script = folder / ".venv" / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "$(dirname "$0")/python" {line}\n')
        script.chmod(0o755)
    (folder / ".venv" / ".crawl").touch()
    return folder


@pytest.fixture(scope="module")
def env() -> Iterator[dict[str, str]]:
    with World(sample_site()) as world:
        yield {**os.environ, **world.env()}


def _run(command: str, clone: Path, env: dict[str, str]) -> None:
    here = {**env, "PATH": f"{clone / '.venv' / 'bin'}:{env['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=clone, env=here, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode in ({0, 5} if DONE_BUT.search(command) else {0}), f"{command}: {done.stdout}{done.stderr}"
    dirty = subprocess.run(["git", "status", "--short"], cwd=clone, capture_output=True, text=True, check=True).stdout
    assert [line for line in dirty.splitlines() if not line.startswith("A ")] == [], command


@pytest.fixture(scope="module")
def after_readme(clone: Path, env: dict[str, str]) -> Path:
    """The clone, with what the README's commands made: each process that runs tests of it runs them by itself."""
    program("jekyll")
    told = [line for block in blocks(README) for line in commands(block)]
    assert len(told) > 10
    for command in told:
        _run(command, clone, env)
    return clone


@pytest.mark.timeout(400)
def test_the_readme_is_run(after_readme: Path) -> None:
    assert (after_readme / "site" / "_site" / "index.html").is_file()


@pytest.mark.timeout(400)
def test_the_docs_are_run(after_readme: Path, env: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """After the README, in what it made."""
    for page in PAGES[2:]:
        for block in blocks(page):
            for command in commands(block):
                if block.why_not:
                    with capsys.disabled():
                        print(f"\n{page.name}: {block.why_not}: {command}", end="")
                else:
                    _run(command, after_readme, env)

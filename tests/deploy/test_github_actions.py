"""The workflow: safe, and its steps do what they say, with a real repository to push to."""

import subprocess
from pathlib import Path

import pytest
import yaml
from deploy.conftest import Shell, tool
from forked_scrapy import ROOT
from world import Fault, World

from crawler.sites import SHARE_HOST

WORKFLOW = ROOT / "deploy" / "github-actions" / "crawl.yml"
STEPS = {step.get("name", ""): step for step in yaml.safe_load(WORKFLOW.read_text())["jobs"]["crawl"]["steps"]}


def test_zizmor_finds_nothing() -> None:
    words = [tool("zizmor"), "--offline", "--persona=pedantic", str(WORKFLOW)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", [name for name, step in STEPS.items() if "run" in step])
def test_shellcheck_finds_nothing(name: str) -> None:
    done = subprocess.run(
        [tool("shellcheck"), "--shell=bash", "-"], input=STEPS[name]["run"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of an empty repository, on its main branch, that ignores its output as this project's does."""
    origin, clone = tmp_path / "origin.git", tmp_path / "clone"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(origin)], check=True)
    subprocess.run(["git", "clone", "--quiet", str(origin), str(clone)], check=True, capture_output=True)
    (clone / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    _git(clone, "add", ".gitignore")
    _git(clone, "-c", "user.name=n", "-c", "user.email=e@example.org", "commit", "--quiet", "--message=begin")
    _git(clone, "push", "--quiet", "--set-upstream", "origin", "HEAD:main")
    return clone


def _run(shell: Shell, clone: Path) -> tuple[int, str]:
    """Crawl and commit; the exit code that the crawl's step tells."""
    told = clone.parent / "told"
    told.write_text("")
    env = {"FINEWS_OUTPUT_DIR": str(clone / "output"), "GITHUB_OUTPUT": str(told)}
    crawled = shell(STEPS["Crawl"]["run"], clone, **env)
    assert crawled.returncode == 0, crawled.stdout + crawled.stderr
    committed = shell(STEPS["Commit"]["run"], clone, **env)
    assert committed.returncode == 0, committed.stdout + committed.stderr
    return int(told.read_text().removeprefix("code=")), _git(clone, "log", "--format=%s", "origin/main")


@pytest.mark.long
def test_posts_are_pushed_and_nothing_twice(world: World, shell: Shell, clone: Path) -> None:
    code, log = _run(shell, clone)
    assert (code, len(log.splitlines())) == (0, 2)
    posts = _git(clone, "ls-tree", "--name-only", "origin/main:output/_posts").splitlines()
    assert "2022-01-14-NW202201142248170578.md" in posts
    assert not _git(clone, "status", "--porcelain")
    # The next machine has nothing but the repository: it makes the ledger anew, and changes nothing.
    again = clone.with_name("again")
    subprocess.run(["git", "clone", "--quiet", str(clone.with_name("origin.git")), str(again)], check=True)
    assert _run(shell, again) == (0, log)


@pytest.mark.long
def test_a_blocked_crawl_commits_what_is_there(world: World, shell: Shell, clone: Path) -> None:
    world.faults.replace(
        *(Fault("status", host=host, status=403, retry_after=0) for host in (SHARE_HOST, "*.eastmoney.com"))
    )
    code, log = _run(shell, clone)
    assert code == 8
    assert len(log.splitlines()) == 2

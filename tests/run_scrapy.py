"""What tests share: the project's commands run as a user would, and the source's own posts."""

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from forked_scrapy import ROOT, Done, ScrapyForker

SHARED_POSTS = ROOT.parent / "shared" / "posts"
SCRAPY = Path(sys.executable).with_name("scrapy")
Crawl = Callable[..., Done]


@cache
def forker() -> ScrapyForker:
    """The process that this one's commands are forked from."""
    folder = tempfile.TemporaryDirectory()
    running = ScrapyForker(Path(folder.name))
    atexit.register(folder.cleanup)
    atexit.register(running.close)
    return running


def scrapy(*args: str, output: Path, env: dict[str, str] | None = None, timeout: float = 100) -> Done:
    """Run one of the project's commands."""
    return forker().start(*args, output=output, env=env).wait(timeout)


def fresh_scrapy(*args: str, output: Path, env: dict[str, str] | None = None, timeout: float = 100) -> Done:
    """The same as a user does it: script, interpreter, imports and all."""
    done = subprocess.run(
        [str(SCRAPY), *args, "-s", f"FINEWS_OUTPUT_DIR={output}"],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr, output)


def finews(*args: str, folder: Path, env: dict[str, str] | None = None, timeout: float = 100) -> Done:
    """Run `finews` in the folder."""
    return forker().start(*args, output=folder / "output", env=env, finews_in=folder).wait(timeout)


def fresh_finews(*args: str, folder: Path, env: dict[str, str] | None = None, timeout: float = 100) -> Done:
    """The same as its script does it: what lies in the folder is not importable."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "crawler", *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr, folder / "output")


def shared_posts(pattern: str = "*.md") -> list[Path]:
    """The source's own posts beside the repository; a test that needs them says loudly when they are missing.

    ``"**/*.md"`` takes the odd ones too.
    """
    found = sorted(SHARED_POSTS.glob(pattern))
    if not found:
        pytest.skip(f"THE SOURCE'S OWN POSTS ARE MISSING at {SHARED_POSTS}: this test checked nothing")
    return found

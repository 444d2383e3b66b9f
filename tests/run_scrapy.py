"""What tests share: the project's commands run as a user would, and the source's own posts."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED_POSTS = ROOT.parent / "shared" / "posts"
SCRAPY = Path(sys.executable).with_name("scrapy")


@dataclass
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str
    output: Path

    def posts(self) -> dict[str, bytes]:
        folder = self.output / "_posts"
        return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}


def scrapy(*args: str, output: Path, env: dict[str, str] | None = None, timeout: float = 100) -> Done:
    """Run one of the project's commands as a user would."""
    command = [str(SCRAPY), *args, "-s", f"FINEWS_OUTPUT_DIR={output}"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr, output)


Crawl = Callable[..., Done]


def shared_posts(pattern: str = "*.md") -> list[Path]:
    """The source's own posts beside the repository; a test that needs them says loudly when they are missing.

    ``"**/*.md"`` takes the odd ones too.
    """
    found = sorted(SHARED_POSTS.glob(pattern))
    if not found:
        pytest.skip(f"THE SOURCE'S OWN POSTS ARE MISSING at {SHARED_POSTS}: this test checked nothing")
    return found

"""What schedules find on their machine: `finews` on the path, and the stand-in world where the hosts should be."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from forked_scrapy import ROOT
from world import World

Shell = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def shell(world: World, tmp_path: Path) -> Shell:
    """``shell(script, folder, NAME=value)``: run by bash with nothing but the world's proxy in the environment."""
    commands = tmp_path / "bin"
    commands.mkdir()
    finews = commands / "finews"
    finews.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec "{sys.executable}" -m crawler "$@" -s FINEWS_STAND_IN=1\n')
    finews.chmod(0o755)

    def run(script: str, folder: Path, **env: str) -> "subprocess.CompletedProcess[str]":
        given = world.env() | {"PATH": f"{commands}:{os.environ['PATH']}", "HOME": str(tmp_path)} | env
        words = ["env", "-i", *(f"{name}={value}" for name, value in given.items()), "bash", "-e", "-o", "pipefail"]
        return subprocess.run(
            [*words, "-c", script], cwd=folder, capture_output=True, text=True, timeout=100, check=False
        )

    return run


def tool(name: str) -> str:
    """A program that came with the tests' packages."""
    return str(Path(sys.executable).with_name(name))

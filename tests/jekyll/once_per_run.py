"""What is costly to make is made once a test run, by whichever of its processes comes first."""

import fcntl
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

Made = TypeVar("Made")


def once(paths: pytest.TempPathFactory, name: str, make: Callable[[Path], Made]) -> Made:
    """What ``make`` makes in the folder that it is given; the other processes of the run wait, and get a copy."""
    base = paths.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "jekyll-once" / name
    root.mkdir(parents=True, exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = root / "made.pickle"
        if kept.exists():
            copy: Made = pickle.loads(kept.read_bytes())
            return copy
        folder = root / str(os.getpid())  # a failed attempt of another process may have left its own
        folder.mkdir()
        made = make(folder)
        kept.write_bytes(pickle.dumps(made))
        return made

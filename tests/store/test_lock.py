"""A lock that is none of ours is refused, and what it leads to left alone."""

import os
from pathlib import Path

import pytest

from crawler import exits
from crawler.exits import RunError
from crawler.store.lock import RunLock


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_lock_that_is_no_file_is_refused(kind: str, tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    target, lock = tmp_path / "precious", tmp_path / "state" / "lock"
    target.write_text("precious")
    if kind == "link":
        lock.symlink_to(target)
    else:
        os.mkfifo(lock)
    with pytest.raises(RunError) as told:
        RunLock(tmp_path).take()
    assert told.value.exit_code == exits.NOT_WRITABLE
    assert str(lock) in str(told.value)
    assert target.read_text() == "precious"

"""What a killed run left half-written is cleared away by the next one, wherever it was writing."""

from pathlib import Path

import pytest
from store.samples import POST, made

from crawler.store.run import Run


@pytest.mark.parametrize(
    "name",
    [
        *(f"{folder}/.20220114T000000Z-0000.json.part" for folder in ("_posts", "category", "reports", "quarantine")),
        "state/parts/4711/3.part",
    ],
)
def test_temp_files_of_a_killed_run_are_cleared_away(name: str, tmp_path: Path) -> None:
    left = tmp_path / name
    left.parent.mkdir(parents=True)
    left.write_bytes(b'{"run"')
    with Run(tmp_path) as run:
        run.compare()
        run.store([made(POST)])
    assert not left.exists()

"""What a killed run left half-written is cleared away by the next one, wherever it was writing."""

from pathlib import Path

import pytest
from run_scrapy import Crawl
from world import World


@pytest.mark.parametrize(
    "name",
    [
        *(f"{folder}/.20220114T000000Z-0000.json.part" for folder in ("_posts", "category", "reports", "quarantine")),
        "state/parts/4711/3.part",
    ],
)
def test_temp_files_of_a_killed_run_are_cleared_away(name: str, world: World, crawl: Crawl, tmp_path: Path) -> None:
    left = tmp_path / "output" / name
    left.parent.mkdir(parents=True)
    left.write_bytes(b'{"run"')
    assert crawl(world).code == 0
    assert not left.exists()

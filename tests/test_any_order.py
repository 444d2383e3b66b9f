"""Whatever was done to the output folder before: a crawl has every article, and keeps what somebody edited."""

from pathlib import Path

import pytest
from any_order import begin, check
from run_scrapy import scrapy
from world import World

pytestmark = pytest.mark.long

ORDERS = [
    ("crawl", "edit", "rebuild"),
    ("reprocess-pages", "ledger-deleted", "reprocess-posts"),
    ("crawl", "backup-restored", "edit"),
]


@pytest.mark.parametrize("steps", ORDERS, ids="-then-".join)
def test_nothing_is_lost_and_edits_stay(
    steps: tuple[str, ...], world: World, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = begin(world, scrapy, tmp_path / "output", tmp_path_factory.getbasetemp())
    for step in steps:
        folder.take(step)
    check(folder)

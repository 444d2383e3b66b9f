"""Whatever was done to the output folder before: a crawl has every article, and keeps what somebody edited."""

from pathlib import Path

import pytest
from any_order import Folder, check, perfect
from run_scrapy import Crawl
from world import World

ORDERS = [
    ("crawl", "edit", "rebuild"),
    ("reprocess-pages", "ledger-deleted", "reprocess-posts"),
    ("crawl", "backup-restored", "edit"),
]


@pytest.mark.parametrize("steps", ORDERS, ids="-then-".join)
def test_nothing_is_lost_and_edits_stay(
    steps: tuple[str, ...], world: World, crawl: Crawl, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check(Folder(world, crawl, tmp_path / "output", perfect(world, crawl, tmp_path_factory.getbasetemp())), steps)

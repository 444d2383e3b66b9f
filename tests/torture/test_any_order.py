"""Every three things that may be done to an output folder, in any order; a few of them on other days."""

from itertools import product
from pathlib import Path

import pytest
from any_order import STEPS, Folder, check, perfect
from full_or_small import size
from run_scrapy import Crawl
from world import World

EVERYDAY = [
    ("crawl", "edit", "posts-deleted"),
    ("edit", "ledger-deleted", "reprocess-posts"),
    ("backup-restored", "edit", "reprocess-posts"),
]
ORDERS = size(EVERYDAY, list(product(STEPS, repeat=3)))


@pytest.mark.parametrize("steps", ORDERS, ids="-then-".join)
def test_nothing_is_lost_and_edits_stay(
    steps: tuple[str, ...], world: World, crawl: Crawl, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    check(Folder(world, crawl, tmp_path / "output", perfect(world, crawl, tmp_path_factory.getbasetemp())), steps)

"""Every three things that may be done to an output folder, in any order; a few of them on other days."""

import shutil
from itertools import count
from pathlib import Path

import pytest
from any_order import STEPS, Folder, begin, check
from full_or_small import size
from run_scrapy import scrapy
from world import World

EVERYDAY = [
    ("crawl", "edit", "posts-deleted"),
    ("edit", "ledger-deleted", "reprocess-posts"),
    ("backup-restored", "edit", "reprocess-posts"),
]


@pytest.fixture
def empty(world: World, tmp_path: Path) -> Folder:
    return begin(world, scrapy, tmp_path / "empty", tmp_path)


@pytest.mark.timeout(size(300, 14_400))
def test_nothing_is_lost_and_edits_stay(empty: Folder, tmp_path: Path) -> None:
    """Orders that leave the same folder, but for clocks, go on as one."""
    wanted, numbers, wrong = size({*EVERYDAY}, None), count(), {}
    layer = [(empty, [()])]
    for _ in range(3):
        made: dict[str, tuple[Folder, list[tuple[str, ...]]]] = {}
        for folder, orders in layer:
            for step in STEPS:
                longer = [(*order, step) for order in orders]
                if wanted and not any(one[: len(order)] == order for one in wanted for order in longer):
                    continue
                further = folder.copy(tmp_path / str(next(numbers)))
                further.take(step)
                kept, known = made.setdefault(further.state(), (further, []))
                known.extend(longer)
                if kept is not further:
                    shutil.rmtree(further.output, ignore_errors=True)
        for folder, _ in layer:
            shutil.rmtree(folder.output, ignore_errors=True)
        layer = list(made.values())
        print(f"{sum(len(orders) for _, orders in layer)} orders, {len(layer)} different folders", flush=True)
    for number, (folder, orders) in enumerate(layer, 1):
        try:
            check(folder)
        except AssertionError as error:
            wrong[orders[0]] = str(error)
        print(f"{number} of {len(layer)} checked, {len(wrong)} wrong: {orders[0]}", flush=True)
        shutil.rmtree(folder.output, ignore_errors=True)
    assert wrong == {}

"""Every three things that may be done to an output folder, in any order; a few of them on other days."""

import shutil
from itertools import product
from pathlib import Path

import pytest
from any_order import STEPS, begin, check
from run_scrapy import Done
from torture.forked_scrapy import ScrapyForker
from torture.full_or_small import FULL, size
from world import World

EVERYDAY = [("crawl", "edit"), ("edit", "ledger-deleted"), ("backup-restored", "edit")]
LAST = {("crawl", "edit"): "posts-deleted"}
pytestmark = pytest.mark.timeout(size(120, 3600))


@pytest.mark.parametrize("steps", [*product(STEPS, repeat=2)] if FULL else EVERYDAY, ids="-then-".join)
def test_nothing_is_lost_and_edits_stay(
    steps: tuple[str, str], world: World, forker: ScrapyForker, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Two steps, and after them each third one: what the three have in common is done once."""

    def scrapy(*args: str, output: Path, env: dict[str, str] | None = None) -> Done:
        ended = forker.start(*args, output=output, env=env or {}).wait()
        return Done(ended.code, ended.out, ended.err, output)

    folder = begin(world, scrapy, tmp_path / "two", tmp_path_factory.getbasetemp())
    for step in steps:
        folder.take(step)
    wrong = {}
    for last in STEPS if FULL else [LAST.get(steps, "reprocess-posts")]:
        third = folder.copy(tmp_path / last)
        try:
            third.take(last)
            check(third)
        except AssertionError as error:
            wrong[last] = str(error)
        shutil.rmtree(tmp_path / last, ignore_errors=True)
    assert wrong == {}

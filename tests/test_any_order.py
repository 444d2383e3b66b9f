"""Whatever was done to the output folder before: a crawl has every article, and keeps what somebody edited."""

from pathlib import Path

import pytest
from any_order import begin, check
from run_scrapy import Crawl, scrapy
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


def test_an_edited_item_that_saved_pages_tell_of_is_one_article(crawl: Crawl, world: World, tmp_path: Path) -> None:
    """The share host's page names it as a medium's article."""
    done = crawl(world, "-s", "FINEWS_ARCHIVE=1")
    wanted = done.posts()
    name = next(name for name in wanted if name[11:-3].isdigit())
    (done.output / "_posts" / name).write_bytes(wanted[name] + b" more")
    assert scrapy("reprocess", str(done.output / "archive"), "--workers", "1", output=done.output).code == 0
    for _ in range(2):
        again = crawl(world, "-s", "FINEWS_EDITED=overwrite")
        assert (again.code, again.posts()) == (0, wanted)

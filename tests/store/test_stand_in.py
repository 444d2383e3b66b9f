"""Invented articles and real ones are never in one folder."""

from pathlib import Path

import pytest

from crawler import exits
from crawler.exits import RunError
from crawler.store.stand_in import keep_apart


def test_a_folder_of_invented_articles_is_refused_to_a_real_crawl(tmp_path: Path) -> None:
    keep_apart(tmp_path, invented=True)
    keep_apart(tmp_path, invented=True)
    with pytest.raises(RunError, match=f"`rm -rf {tmp_path}/\\*` clears it") as error:
        keep_apart(tmp_path, invented=False)
    assert error.value.exit_code == exits.WRONG_USAGE


@pytest.mark.parametrize("holds", ["_posts/2022-01-14-NW202201142248170578.md", "state/ledger.sqlite"])
def test_and_one_of_real_articles_to_the_stand_in(holds: str, tmp_path: Path) -> None:
    keep_apart(tmp_path, invented=False)
    (tmp_path / holds).parent.mkdir()
    (tmp_path / holds).touch()
    keep_apart(tmp_path, invented=False)
    with pytest.raises(RunError, match="did not invent"):
        keep_apart(tmp_path, invented=True)
    assert not list(tmp_path.glob("*.txt"))

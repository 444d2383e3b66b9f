"""`finews doctor`: what it says of wrong words and settings, and that a backup is as good as what it is of."""

import shutil
from pathlib import Path

from commands.command import doctor
from run_scrapy import Crawl
from world import World, generated_site

WELL = (0, "nothing is wrong\n", "")


def test_settings(tmp_path: Path) -> None:
    code, out, _ = doctor(tmp_path, "-s", "FINEWS_CLEENING=source")
    assert code == 9
    assert out.startswith("there is no setting FINEWS_CLEENING: did you mean FINEWS_CLEANING?\n  cure: correct it")
    assert doctor(tmp_path, "x")[0] == 2


def test_a_backup_goes_on_from_where_it_was(crawl: Crawl, tmp_path: Path) -> None:
    """Restored older backups, whole or in part: the next crawl brings what is missing."""
    output, backup = tmp_path / "output", tmp_path / "backup"
    with World(generated_site(4, 2)) as world:
        crawl(world)
        shutil.copytree(output, backup)
        world.site = generated_site(6, 2)
        newest = crawl(world).posts()
        assert len(newest) == 6
        for part in ("", "_posts", "state"):
            shutil.rmtree(output / part)
            shutil.copytree(backup / part, output / part)
            done = crawl(world)
            assert (done.code, done.posts()) == (0, newest), part
            assert doctor(output) == WELL
        moved = tmp_path / "moved"
        output.rename(moved)
        assert "written 0, unchanged 6," in crawl(world, output=moved).out
        assert doctor(moved) == WELL

"""The gauges of the last run."""

import time
from pathlib import Path

from forked_scrapy import START, Done
from prometheus_client.parser import text_string_to_metric_families
from run_scrapy import scrapy
from world import Fault, World, generated_site


def _gauges(file: Path) -> dict[str, float]:
    families = text_string_to_metric_families(file.read_text())
    return {sample.name + "".join(sample.labels.values()): sample.value for one in families for sample in one.samples}


def test_they_are_written_whole_after_failures_too(tmp_path: Path) -> None:
    file = tmp_path / "finews.prom"

    def crawl(*args: str) -> Done:
        metrics = ("-s", f"FINEWS_METRICS_FILE={file}")
        return scrapy("crawl", "finews", *START, *metrics, *args, output=tmp_path / "output", env=world.env())

    with World(generated_site(6, 2), [Fault("status", path="^/category/", status=404)]) as world:
        assert crawl().code == 5
        first = _gauges(file)
        assert first == {
            "finews_articlesfound": 6,
            "finews_articleswritten": 6,
            "finews_articlesunchanged": 0,
            "finews_articlesquarantined": 0,
            "finews_articlesout_of_scope": 0,
            "finews_exit_code": 5,
            "finews_last_success_timestamp_seconds": 0,
        }
        world.faults.replace()
        assert crawl().code == 0
        well = _gauges(file)
        assert well["finews_exit_code"] == 0
        assert (well["finews_articleswritten"], well["finews_articlesunchanged"]) == (0, 6)
        assert 0 <= time.time() - well["finews_last_success_timestamp_seconds"] < 60
        assert crawl("-a", "nonsense=1").code == 2
        wrong = _gauges(file)
        assert wrong["finews_exit_code"] == 2
        assert wrong["finews_last_success_timestamp_seconds"] == well["finews_last_success_timestamp_seconds"]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["finews.prom", "output"]


def test_a_place_that_cannot_be_written_costs_no_exit_code(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with World(generated_site(6, 2)) as world:
        for place in (tmp_path / "folder", tmp_path / "nowhere/x.prom"):
            metrics = ("-s", f"FINEWS_METRICS_FILE={place}")
            done = scrapy("crawl", "finews", *START, *metrics, output=tmp_path / "output", env=world.env())
            assert done.code == 0
            assert done.err.startswith(f"cannot write {place}")

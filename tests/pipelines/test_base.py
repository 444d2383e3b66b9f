"""Each pipeline is a stage, in the stages' order; what it rejects is dropped, and booked with its reason."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from pipelines.staged import CODE, PAGE, Crawl
from scrapy.exceptions import DropItem

from crawler.assemble import ORDER
from crawler.assemble.assembler import join
from crawler.assemble.outcome import Rejected
from crawler.assemble.stages import STAGES
from crawler.items import Candidate, Page


def test_the_pipelines_are_the_stages(crawl: Crawl) -> None:
    assert [name for name in ORDER if name != "pictures"] == crawl.names


@pytest.mark.parametrize(
    ("change", "outcome", "reason"),
    [
        ({"title": None}, "quarantined", "no title"),
        ({"text": "<script>1</script>"}, "quarantined", "no body: nothing of it is to be seen"),
        ({"kind": "site"}, "out_of_scope", "the site's own notice, no article"),
    ],
)
def test_a_rejected_item_is_dropped_and_booked(change: dict[str, Any], outcome: str, reason: str, crawl: Crawl) -> None:
    page = Page(url="http://x/", body=b"raw")
    with pytest.raises(DropItem, match=reason):
        crawl.take(Candidate(CODE, (replace(PAGE, **change),), page))
    assert crawl.run.outcomes == {CODE: outcome}
    assert crawl.run.article_reasons == {CODE: reason}
    entries = list(crawl.run.quarantine.entries())
    assert [entry.reason for entry in entries] == ([reason] if outcome == "quarantined" else [])


@pytest.mark.parametrize("name", ["clean", "klines", "addresses"])
def test_a_stage_is_run_on_the_post_alone(name: str, crawl: Crawl) -> None:
    (pipeline,) = [one for one in crawl.pipelines if getattr(one, "name", "") == name]
    post = join([PAGE], "share.example", Counter())
    made = pipeline.process_item(post)
    assert made == STAGES[name](crawl.settings)(post, Counter())  # type: ignore[misc]
    assert (made.body == post.body) == (name != "clean"), "no address is altered of a K-line that is not known yet"


def test_a_stage_that_takes_too_long_rejects_the_post(crawl: Crawl, monkeypatch: pytest.MonkeyPatch) -> None:
    (clean,) = [one for one in crawl.pipelines if getattr(one, "name", "") == "clean"]
    post = join([PAGE], "share.example", Counter())

    def slow(*_: object) -> None:
        raise Rejected("too slow")

    monkeypatch.setattr(clean, "_stage", slow)
    with pytest.raises(DropItem, match=f"{CODE}: too slow") as dropped:
        clean.process_item(post)
    assert dropped.value.log_level == "INFO"
    assert crawl.run.article_reasons == {CODE: "too slow"}
    assert crawl.run.ledger.states() == {CODE: "quarantined"}

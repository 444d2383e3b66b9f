"""The ledger: states and moves, the frontier, what changed lists mean."""

from pathlib import Path

import pytest

from crawler.items import Article, Post
from crawler.store.ledger import Ledger, Validators
from crawler.store.tables import TRANSITIONS, move

SITE = "finews.withounder.com"
CODE = "NW202201142248170578"


def _listed(title: str = "题", code: str = CODE) -> Article:
    return Article(code=code, origin="list", url=f"http://{SITE}/x/2022/01/14/{code}.html", title=title)


def _post(origin: str = "share-json") -> Post:
    return Post(
        code=CODE, kind="media", title="题", time="2022-01-14 13:02:46", category="x", tag="x新闻", link="", body="<p>1</p>", origin=origin,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite'}")


def _list(ledger: Ledger, *listed: Article, reason: str | None = None) -> list[str]:
    scope = {article.code: reason for article in listed}
    return [task.code for task in ledger.record_list("http://x/", SITE, Validators("e", None, "h"), listed, scope)]


def test_an_article_is_asked_for_until_it_is_written_and_again_when_its_title_changes(ledger: Ledger) -> None:
    assert _list(ledger, _listed()) == [CODE]
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    ledger.written(CODE, _post(), "f", "h1")
    assert (_list(ledger, _listed()), ledger.due(SITE)) == ([], [])
    assert _list(ledger, _listed("R&amp;D")) == [CODE]
    ledger.written(CODE, _post(), "f", "h2")
    assert _list(ledger, _listed("R&D")) == []
    assert ledger.list_pages(SITE) == {"http://x/": Validators("e", None, "h")}


def test_what_failed_is_tried_in_later_runs_up_to_a_limit_and_at_will(ledger: Ledger) -> None:
    _list(ledger, _listed())
    tries = 0
    while ledger.due(SITE):
        ledger.failed(CODE, "HTTP status 404")
        tries += 1
        assert tries < 20
    assert tries == 4  # the fifth waits for an hour
    assert ledger.retry(None) == 1
    assert [task.code for task in ledger.due(SITE)] == [CODE]


def test_a_body_from_the_post_page_is_written_and_asked_for_again(ledger: Ledger) -> None:
    _list(ledger, _listed())
    ledger.written(CODE, _post("post-page"), "f", "h1")
    assert ledger.states(SITE) == {CODE: "written"}
    assert [task.code for task in ledger.due(SITE)] == [CODE]


def test_filters_hold_for_one_run(ledger: Ledger) -> None:
    assert _list(ledger, _listed(), reason="filtered: older than asked for") == []
    assert ledger.states() == {CODE: "out_of_scope"}
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    ledger.left_out(CODE, "the site's own notice, no article")
    assert (ledger.due(SITE), _list(ledger, _listed("neu"))) == ([], [])


def test_a_list_is_remembered_before_it_is_read(ledger: Ledger) -> None:
    ledger.expect_list("http://y/", SITE)
    assert ledger.list_pages(SITE) == {"http://y/": Validators()}


def test_the_moves_are_those_of_the_table() -> None:
    assert set(TRANSITIONS) == {"pending", "written", "quarantined", "out_of_scope"}
    with pytest.raises(RuntimeError, match="from pending to pending"):
        move("pending", "pending")


def test_a_ledger_url_that_is_none() -> None:
    for url in ("nonsense", "nodialect://x"):
        with pytest.raises(ValueError, match="FINEWS_LEDGER_URL"):
            Ledger(url)

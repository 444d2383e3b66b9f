"""What is to be asked for: lists and articles, by state and by what lists say now."""

from store.samples import CODE, SITE, listed_article, record_list, written_post

from crawler.store.frontier import Validators
from crawler.store.ledger import Ledger


def test_an_article_is_asked_for_until_it_is_written_and_again_when_its_title_changes(ledger: Ledger) -> None:
    assert record_list(ledger, listed_article()) == [CODE]
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    ledger.written([written_post()])
    assert (record_list(ledger, listed_article()), ledger.due(SITE)) == ([], [])
    assert record_list(ledger, listed_article("R&amp;D")) == [CODE]
    ledger.written([written_post(body="<p>2</p>")])
    assert record_list(ledger, listed_article("R&D")) == []
    assert ledger.list_pages(SITE) == {"http://x/": Validators("e", None, "h")}


def test_what_failed_is_tried_in_later_runs_up_to_a_limit_and_at_will(ledger: Ledger) -> None:
    record_list(ledger, listed_article())
    tries = 0
    while ledger.due(SITE):
        ledger.failed(CODE, "HTTP status 404")
        tries += 1
        assert tries < 20
    assert tries == 4  # the fifth waits for an hour
    assert ledger.retry(None) == 1
    assert [task.code for task in ledger.due(SITE)] == [CODE]


def test_a_body_from_the_post_page_is_written_and_asked_for_again(ledger: Ledger) -> None:
    record_list(ledger, listed_article())
    ledger.written([written_post("finews-page")])
    assert ledger.states(SITE) == {CODE: "written"}
    assert [task.code for task in ledger.due(SITE)] == [CODE]


def test_filters_hold_for_one_run(ledger: Ledger) -> None:
    assert record_list(ledger, listed_article(), reason="filtered: older than asked for") == []
    assert ledger.states() == {CODE: "out_of_scope"}
    assert [task.code for task in ledger.due(SITE)] == [CODE]
    ledger.left_out(CODE, "the site's own notice, no article")
    assert (ledger.due(SITE), record_list(ledger, listed_article("neu"))) == ([], [])


def test_a_list_is_remembered_before_it_is_read(ledger: Ledger) -> None:
    ledger.expect_list("http://y/", SITE)
    assert ledger.list_pages(SITE) == {"http://y/": Validators()}

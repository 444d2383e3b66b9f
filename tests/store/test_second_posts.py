"""The site is asked for posts of which nothing tells whether it has them, beside what it names."""

from dataclasses import replace

import pytest
from store.samples import CODE, POST, SITE, listed_article, record_list, written_post

from crawler.store.ledger import Ledger
from crawler.store.second_posts import is_doubted, no_doubt
from crawler.store.tables import DOUBTED

OTHER = CODE.removeprefix("NW")
FILE = f"2022-01-14-{CODE}.md"


def doubted(ledger: Ledger) -> list[str]:
    return [code for code, *_ in ledger.doubted(SITE)]


def test_a_post_beside_what_the_site_names_is_doubted_whichever_is_told(ledger: Ledger) -> None:
    ledger.take_in([(POST, FILE)])
    ledger.doubt([CODE])
    assert doubted(ledger) == [], "the site names neither"
    record_list(ledger, listed_article(code=OTHER))
    ledger.doubt([OTHER])
    assert ledger.doubted(SITE) == [(CODE, "题", "jia", FILE)]
    ledger.confirm(OTHER)
    assert doubted(ledger) == [CODE]
    ledger.confirm(CODE)
    assert doubted(ledger) == []
    assert ledger.states()[CODE] == "written"


def test_a_post_that_the_site_names_or_whose_page_was_read_is_not(ledger: Ledger) -> None:
    record_list(ledger, listed_article(code=OTHER), listed_article())
    ledger.written([written_post()])
    ledger.doubt([CODE, OTHER])
    assert doubted(ledger) == []


def test_of_two_that_the_site_names_neither_of_neither_is(ledger: Ledger) -> None:
    ledger.take_in([(POST, FILE), (replace(POST, code=OTHER), FILE.replace(CODE, OTHER))])
    ledger.doubt([CODE])
    assert doubted(ledger) == []


def test_what_is_known_already_is_not_taken_in(ledger: Ledger) -> None:
    ledger.written([written_post()])
    before = ledger.records([CODE])
    ledger.take_in([(POST, "other.md")])
    ledger.take_in([])
    assert ledger.records([CODE]) == before
    assert before[CODE].sha256


def test_of_what_was_taken_in_nothing_tells_what_was_written_and_it_may_be_forgotten(ledger: Ledger) -> None:
    ledger.take_in([(POST, FILE)])
    record = ledger.records([CODE])[CODE]
    assert (record.sha256, record.listed, record.settled, record.doubted) == (None, False, True, False)
    ledger.forget([CODE])
    assert ledger.states() == {}


def test_a_failed_try_leaves_the_doubt(ledger: Ledger) -> None:
    ledger.take_in([(POST, FILE)])
    record_list(ledger, listed_article(code=OTHER))
    ledger.doubt([CODE])
    ledger.failed(CODE, "HTTP status 500")
    assert ledger.records([CODE])[CODE].doubted
    ledger.ask_again([CODE])
    assert ledger.records([CODE])[CODE].doubted
    record_list(ledger, listed_article())
    assert not ledger.records([CODE])[CODE].doubted, "the site names it"


@pytest.mark.parametrize(
    ("reason", "is_one"), [(DOUBTED, True), (f"{DOUBTED}: HTTP status 500", True), ("HTTP status 500", False), (None, False)]
)  # fmt: skip
def test_a_row_is_of_doubt_by_its_reason(reason: str | None, is_one: bool) -> None:
    row = {"state": "written", "reason": reason}
    assert is_doubted(row) == is_one
    assert no_doubt(row) == ({"reason": None, "next_try": None} if is_one else {})
    assert no_doubt(row | {"state": "quarantined"}) == {}

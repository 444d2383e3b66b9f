"""The ledger knows which posts are not made as the settings want them now, whoever made them."""

import pytest
from crawling import given
from store.samples import CODE, listed_article, record_list, written_post

from crawler.store.fingerprint import made_with
from crawler.store.ledger import Ledger
from crawler.store.tables import BODY_WANTED, OTHERWISE_MADE, REMOVED_MORE

STANDARD, SOURCE = (made_with(given(FINEWS_CLEANING=name)) for name in ("standard", "source"))
LOCAL = made_with(given(FINEWS_KLINE_IMAGES="local"))
LATER = STANDARD.replace("rules=", "rules=0")


def reason(ledger: Ledger) -> str | None:
    with ledger._transaction() as db:
        found: str | None = db.exec_driver_sql("SELECT reason FROM articles").scalar()
    return found


def named(ledger: Ledger) -> list[str]:
    """Articles that a run asks for which names this one."""
    return [task.code for task in ledger.due("share", codes=[CODE])]


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        (STANDARD, STANDARD, None),
        (STANDARD, LATER, None),
        (STANDARD, SOURCE, REMOVED_MORE),
        (SOURCE, STANDARD, OTHERWISE_MADE),
        (STANDARD, LOCAL, OTHERWISE_MADE),
    ],
)
def test_a_post_made_with_other_settings_is_asked_for_where_it_is_named(
    first: str, then: str, told: str | None, ledger: Ledger
) -> None:
    ledger.begin_with(first)
    ledger.written([written_post()])
    for _ in range(2):
        ledger.begin_with(then)
        assert reason(ledger) == told
        assert named(ledger) == ([CODE] if told else [])
        assert ledger.due("share") == [], "nobody named it"
    ledger.written([written_post()])
    assert (reason(ledger), named(ledger)) == (None, [])


def test_saved_pages_may_have_been_read_with_others(ledger: Ledger) -> None:
    ledger.also_made_with(STANDARD)
    ledger.written([written_post()])
    ledger.begin_with(STANDARD)
    assert reason(ledger) is None
    ledger.also_made_with(SOURCE)
    ledger.begin_with(STANDARD)
    assert reason(ledger) == REMOVED_MORE, "nothing tells which of them made it"


@pytest.mark.parametrize("spider", ["finews", "share"])
def test_a_ledger_of_before_knows_it_by_the_spiders(spider: str, ledger: Ledger) -> None:
    ledger.keep_settings_fingerprints([STANDARD], spider)
    record_list(ledger, listed_article())
    ledger.written([written_post()])
    ledger.begin_with(SOURCE)
    assert reason(ledger) == REMOVED_MORE


def test_the_body_of_before_is_told_and_tried_again_until_it_is_another(ledger: Ledger) -> None:
    kept, new = written_post(), written_post()
    assert kept.post
    kept.post.__dict__["earlier_body"] = True
    ledger.begin_with(STANDARD)
    assert ledger.written([kept]) == {}, "as the settings want it"
    ledger.begin_with(SOURCE)
    assert ledger.written([kept]) == ledger.written([kept]) == {REMOVED_MORE: [CODE]}
    (task,) = ledger.due("")
    assert (task.code, task.origin) == (CODE, None), "as if there were none"
    assert ledger.rebuild([kept]) == 1
    assert reason(ledger) == REMOVED_MORE
    assert ledger.written([new]) == {}
    assert (reason(ledger), ledger.due("")) == (None, [])


def test_what_changed_stays_to_be_had_again_whatever_the_settings(ledger: Ledger) -> None:
    ledger.begin_with(SOURCE)
    record_list(ledger, listed_article())
    ledger.written([written_post()])
    assert record_list(ledger, listed_article("更正")) == [CODE]
    kept = written_post()
    assert kept.post
    kept.post.__dict__["earlier_body"] = True
    for settings in (SOURCE, STANDARD, SOURCE):
        ledger.begin_with(settings)
        assert ledger.written([kept]) == {BODY_WANTED: [CODE]}

"""What became of articles, as the ledger books it."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update
from store.samples import CODE, POST, SITE, listed_article, made, record_list, written_post

from crawler.assemble.assembler import taken_for_edited
from crawler.assemble.versions import FIELD_TRUST
from crawler.items import OnDisk
from crawler.store.ledger import Ledger
from crawler.store.retry import RETRY_GAPS, Asked
from crawler.store.tables import BODY_WANTED, FILTERED, OTHERWISE_MADE, articles


def test_two_files_of_one_article_are_one_in_a_rebuilt_ledger(ledger: Ledger) -> None:
    assert ledger.rebuild([written_post(), written_post(body="<p>2</p>")]) == 1
    assert [file for file, _ in ledger.stamps()] == [f"2022-01-14-{CODE}.md"]


def test_a_rebuilt_ledger_knows_what_unchanged_posts_are_made_of(ledger: Ledger) -> None:
    """So that a worse body is asked for better still, and what no site told of is the site's to tell."""
    sources = (("wap", (0, 0, 7, "a"), ("title", "text")),)
    post = made(replace(POST, origin="wap", sources=sources))
    ledger.written([post], {"wap"})
    assert ledger.rebuild([post]) == 1
    (record,) = ledger.records([CODE]).values()
    assert (record.sources, record.sha256) == (sources, post.sha256)
    assert [task.origin for task in ledger.due("", worse={"wap", "share"})] == ["wap"]
    assert ledger.rebuild([made(replace(POST, body="<p>edited</p>"))]) == 1
    (record,) = ledger.records([CODE]).values()
    assert (record.sha256, "wap" in {origin for origin, *_ in record.sources}) == (None, False)


@pytest.mark.parametrize(("asked", "due"), [("saved", [CODE]), ("elsewhere", [CODE]), ("news", [])])
@pytest.mark.parametrize("state", ["pending", "quarantined"])
def test_saved_pages_end_no_waiting_of_a_crawl(state: str, asked: Asked, due: list[str], ledger: Ledger) -> None:
    """A list is all that there is of the article there; who is asked for nothing by a crawl is left out by either."""
    record_list(ledger, listed_article())
    if state == "quarantined":
        ledger.failed(CODE, "HTTP status 500")
    ledger.left_out(CODE, "only named on a list: no page of it was read", asked)
    assert [task.code for task in ledger.due(SITE)] == due


def test_what_no_crawl_waits_for_is_left_out_by_saved_pages(ledger: Ledger) -> None:
    ledger.written([written_post()])
    ledger.left_out(CODE, "not an article", "saved")
    assert ledger.states() == {CODE: "out_of_scope"}


@pytest.mark.parametrize("reason", [BODY_WANTED, OTHERWISE_MADE])
def test_filters_end_no_waiting_for_what_a_written_post_is_to_have(reason: str, ledger: Ledger) -> None:
    """Else the next run, whose hosts of bodies are down, takes the body of before for that of now."""
    ledger.written([written_post()])
    ledger._change(update(articles).values(reason=reason))
    ledger.left_out(CODE, f"{FILTERED}older than asked for")
    assert ledger._found(select(articles.c.state, articles.c.reason)) == [("written", reason)]


FAILS = {
    "a bad page": lambda ledger, asked: ledger.failed(CODE, "no article in it", asked),
    "a page that says it is gone": lambda ledger, asked: ledger.withdrawn("HTTP status 404", [CODE], {}, asked),
    "a poor body": lambda ledger, asked: ledger.written([written_post("wap")], {"wap"}, asked=asked),
    "a poor body of an edited post": lambda ledger, asked: ledger.left_alone([EDITED], {"wap"}, asked=asked),
}
EDITED = written_post()
EDITED.instead = replace(POST, origin="wap")
EDITED.sha256 = ""


def test_for_an_edit_that_was_there_before_the_ledger_stands_what_would_be_written(ledger: Ledger) -> None:
    """So that nothing is wrong once it is taken back; ledgers of before kept the digest of that alone."""
    sources = (("share", (0, 7, 7, "a"), ("text",)), ("finews-page", (0, 7, 0, "b"), ("title", "time")))
    post = made(replace(POST, sources=sources))
    ledger.left_alone([taken_for_edited(OnDisk(CODE, post.file, b"mine", "unknown"), post)])
    (record,) = ledger.records([CODE]).values()
    assert (record.sources, record.sha256, record.file) == (sources, post.sha256, post.file)
    with ledger._transaction() as db:
        db.execute(update(articles).values(sources=None, origin=None))
    (record,) = ledger.records([CODE]).values()
    assert {origin for origin, *_ in record.sources} <= {*FIELD_TRUST}


@pytest.mark.parametrize(("asked", "due"), [("saved", [CODE]), ("news", [])])
@pytest.mark.parametrize("told", FAILS)
def test_saved_pages_use_up_none_of_the_attempts_of_a_crawl(
    told: str, asked: Asked, due: list[str], ledger: Ledger
) -> None:
    """Somebody may reprocess a folder every day in which there is one bad page."""
    record_list(ledger, listed_article())
    for _ in RETRY_GAPS:
        FAILS[told](ledger, asked)
    assert [task.code for task in ledger.due(SITE, worse={"wap", "share"})] == due


def test_saved_pages_bring_no_attempt_of_a_crawl_nearer(ledger: Ledger) -> None:
    record_list(ledger, listed_article())
    for _ in range(4):  # the next one is in an hour
        ledger.failed(CODE, "HTTP status 500")
    ledger.failed(CODE, "no article in it", "saved")
    assert ledger.due(SITE) == []


def test_an_article_that_others_gave_stays_gone_from_the_site(ledger: Ledger) -> None:
    record_list(ledger, listed_article())
    assert ledger.withdrawn("HTTP status 404", [CODE], {})
    ledger.written([post := written_post()])
    assert [task.code for task in ledger.due(SITE)] == [CODE], "its page may come back, and tell more"
    assert not ledger.withdrawn("HTTP status 404", [CODE], {CODE: post.file}), "told once"


@pytest.mark.parametrize(("asked", "is_gone"), [("saved", True), ("elsewhere", True), ("news", False)])
def test_only_the_site_can_say_that_an_article_is_there_again(asked: Asked, is_gone: bool, ledger: Ledger) -> None:
    """Else nobody would ask it again, and what it changed meanwhile were never known."""
    record_list(ledger, listed_article())
    ledger.written([post := made(replace(POST, sources=(("finews-page", (0, 0, 0, ""), ("title",)),)))])
    assert ledger.withdrawn("HTTP status 404", [CODE], {CODE: post.file})
    assert ledger.written([post], asked=asked) == {}
    assert [task.code for task in ledger.due(SITE)] == ([CODE] if is_gone else [])
    assert ledger.withdrawn("HTTP status 404", [CODE], {CODE: post.file}) is not is_gone, "told once"

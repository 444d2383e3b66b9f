"""What is asked for again, and when: soon at first, then ever later, in the end not."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from store.samples import CODE, POST, SITE, listed_article, record_list

from crawler.items import OnDisk, Post
from crawler.store.engine import now
from crawler.store.ledger import Ledger
from crawler.store.retry import RETRY_GAPS, Asked, is_late, is_news, lacks, late_for, next_try, why_again
from crawler.store.tables import BODY_WANTED, OTHERWISE_MADE, REMOVED_MORE, new_row


def test_the_next_try_is_ever_later_and_in_the_end_there_is_none() -> None:
    assert list(RETRY_GAPS) == sorted(RETRY_GAPS)
    for attempts, gap in enumerate(RETRY_GAPS):
        changes = next_try({"attempts": attempts})
        assert changes["attempts"] == attempts + 1
        assert abs(datetime.fromisoformat(changes["next_try"]) - now() - gap) < timedelta(minutes=1)
    assert next_try({"attempts": len(RETRY_GAPS)})["next_try"] is None


PAGE, ITEM = ("finews-page", (0, 0, 7, "a"), ("title", "time")), ("list", (0, 0, 7, "a"), ("title", "time"))


@pytest.mark.parametrize(
    ("post", "more"),
    [
        (replace(POST, sources=(PAGE,)), False),
        (replace(POST, origin="wap"), True),
        (replace(POST, origin="article-api"), False),
        (replace(POST, pictures_missing=1), True),
        (replace(POST, notes=("medium_unknown",)), True),
        (replace(POST, origin="none", body="", sources=(ITEM,)), True),
    ],
)
def test_a_later_run_may_have_more(post: Post, more: bool) -> None:
    assert lacks(post, {"wap"}) is more


KEPT = replace(POST, earlier_body=True)
THERE = replace(POST, on_disk=OnDisk(code=POST.code, file="x.md", data=b"", status="written"))


@pytest.mark.parametrize(
    ("row", "post", "asked", "why"),
    [
        ({}, KEPT, "news", None),
        ({}, KEPT, "all", BODY_WANTED),
        ({}, KEPT, "saved", None),
        ({}, POST, "all", None),
        ({"state": "quarantined"}, KEPT, "news", BODY_WANTED),
        ({"reason": BODY_WANTED}, KEPT, "news", BODY_WANTED),
        ({"reason": BODY_WANTED}, POST, "news", None),
        ({"reason": BODY_WANTED}, POST, "saved", BODY_WANTED),
        ({"reason": REMOVED_MORE}, KEPT, "news", REMOVED_MORE),
        ({"reason": REMOVED_MORE}, POST, "saved", None),
        ({"reason": OTHERWISE_MADE}, KEPT, "news", None),
        ({"state": "quarantined", "url": "http://x/"}, THERE, "saved", BODY_WANTED),
        ({"state": "pending", "url": "http://x/"}, THERE, "saved", BODY_WANTED),
        ({"state": "pending", "url": "http://x/"}, POST, "saved", None),
        ({"state": "pending", "url": "http://x/"}, THERE, "news", None),
        ({"state": "quarantined", "url": ""}, THERE, "saved", None),
        ({"state": "quarantined", "url": "http://x/"}, THERE, "elsewhere", BODY_WANTED),
        ({"state": "pending", "url": "http://x/"}, THERE, "elsewhere", None),
        ({"reason": BODY_WANTED, "url": "http://x/"}, POST, "elsewhere", BODY_WANTED),
        ({"reason": BODY_WANTED}, POST, "elsewhere", None),
    ],
)
def test_another_body_is_wanted_as_long_as_none_came_for_what_has_changed(
    row: dict[str, str], post: Post, asked: Asked, why: str | None
) -> None:
    known = new_row(POST.code, "2022-01-14T00:00:00+00:00") | {"state": "written"} | row
    assert late_for(known, post, asked) == why
    assert is_late(known) is ("reason" in row)


@pytest.mark.parametrize(
    ("days", "due"), [(-400, True), (-1, True), (1, False), (6, False), (8, True), (400, True)], ids=str
)
def test_a_clock_that_went_wrong_keeps_nothing_from_being_asked_for(days: int, due: bool, ledger: Ledger) -> None:
    """No gap is longer than a week."""
    record_list(ledger, listed_article())
    ledger.failed(CODE, "HTTP status 500")
    ledger._set([CODE], {"next_try": (now() + timedelta(days=days)).isoformat()})
    assert bool(ledger.due(SITE)) is due


@pytest.mark.parametrize(
    ("shown", "digest", "why"),
    [
        (f"更正：{POST.title}", "a", BODY_WANTED),
        (f"更正：{POST.title}", "b", None),
        (f"“{POST.title}”…", "a", None),
        (None, "a", None),
    ],
    ids=["the same page", "another page", "other signs", "no title"],
)
def test_a_page_of_before_tells_nothing_of_what_a_list_shows_otherwise(
    shown: str | None, digest: str, why: str | None
) -> None:
    """It is a cache's; titles on the home page have other signs than on the other lists."""
    told = json.dumps([["finews-page", [0, 0, 7, "a"], ["title"]]])
    row = new_row(POST.code, "2022-01-14T00:00:00+00:00") | {"reason": BODY_WANTED, "title": shown, "sources": told}
    assert late_for(row, replace(POST, sources=(("finews-page", (0, 9, 7, digest), ("title",)),)), "news") == why


@pytest.mark.parametrize("reason", [None, OTHERWISE_MADE, REMOVED_MORE, BODY_WANTED])
def test_of_what_changed_another_body_is_wanted_however_it_was_made(reason: str | None) -> None:
    row = new_row(POST.code, "2022-01-14T00:00:00+00:00") | {"state": "written", "file": "x.md", "reason": reason}
    assert why_again(row, untold=False) == BODY_WANTED
    assert why_again(row, untold=True) == why_again(row | {"state": "pending"}, untold=False) == reason


@pytest.mark.parametrize("file", [f"2022-01-14-{CODE}.md", "2022-01-14-ti.md", f"{CODE.lower()}.md"])
def test_a_post_of_another_file_name_is_no_reason_to_ask_again(file: str) -> None:
    row = new_row(CODE, now().isoformat()) | {"state": "written", "file": file}
    assert not is_news(row, listed_article())

"""When a post came and what is known of it, and what a killed run did not book."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from store.samples import CODE, POST, made, written_post

from crawler.items import OnDisk, Security
from crawler.store.history import Bytes, booking
from crawler.store.ledger import Ledger

TIME = datetime(2022, 1, 14, 5, 2, 46, tzinfo=UTC)
OTHER = f"{CODE[:-1]}9"


def bytes_of(sha256: str, version: int = 1, code: str = CODE) -> Bytes:
    return Bytes(code, sha256, version, None, TIME, TIME if version > 1 else None)


def test_what_is_about_to_come_is_known_when_it_is_booked(ledger: Ledger) -> None:
    one = written_post()
    coming = bytes_of(one.sha256, 2)
    for durably in (False, True):
        ledger.will_come([(coming, booking(one))], durably=durably)
    ledger.will_come([], durably=True)
    assert ledger.history([CODE]) == {}
    assert ledger.known([CODE]) == {}, "no article is known yet"
    ledger.written([one])
    assert ledger.history([CODE, OTHER]) == {CODE: coming}
    assert ledger.known([CODE])[CODE].bytes == (coming,)


@pytest.mark.parametrize("there", [True, False])
def test_what_a_killed_run_put_in_place_and_did_not_book_is_booked(there: bool, ledger: Ledger) -> None:
    ledger.written([written_post()])
    before = ledger.records([CODE])
    later = written_post("article-api", "<p>2</p>")
    ledger.will_come([(bytes_of(later.sha256, 2), booking(later))], durably=False)
    asked = []
    for _ in range(2):
        ledger.settle(lambda file, sha256: asked.append((file, sha256)) or there)  # type: ignore[func-returns-value]
    assert asked == [(later.file, later.sha256)] * (1 if there else 2)
    after = ledger.records([CODE])
    assert (after[CODE].sha256 == later.sha256, after == before) == (there, not there)
    assert (CODE in ledger.history([CODE])) == there


def test_a_post_that_has_another_name_now_is_left_to_the_run_that_meets_it(ledger: Ledger) -> None:
    ledger.written([written_post()])
    moved = made(replace(POST, time="2022-01-13 13:02:46"))
    ledger.will_come([(bytes_of(moved.sha256), booking(moved))], durably=False)
    ledger.settle(lambda *_: True)
    assert ledger.records([CODE])[CODE].file == f"2022-01-14-{CODE}.md"


def test_files_tell_of_posts_of_which_nothing_is_known_alone(ledger: Ledger) -> None:
    ledger.remember([bytes_of("a"), bytes_of("b", code=OTHER)])
    ledger.remember([bytes_of("c", 3)])
    ledger.remember([])
    assert {code: one.sha256 for code, one in ledger.history([CODE, OTHER]).items()} == {CODE: "a", OTHER: "b"}


def test_all_that_is_known_of_an_article(ledger: Ledger) -> None:
    one = made(replace(POST, listed=(Security("1.600050", "list", "中国联通"), Security("0.000063", "list"))))
    one.securities = (*one.securities, Security("105.AAPL", "link", "苹果"))
    ledger.written([one])
    ledger.withdrawn("文章不存在", [CODE], {CODE: one.file})
    known = ledger.known([CODE, OTHER])
    assert known.keys() == {CODE}
    told = known[CODE]
    assert (told.file, told.origin, told.withdrawn) == (one.file, "share", datetime.now(UTC).date())
    assert isinstance(told.withdrawn, date)
    assert [(security, bool(seen)) for security, seen in told.listed] == [
        (Security("0.000063", "list", ""), True),
        (Security("1.600050", "list", "中国联通"), True),
    ]
    assert ledger.filed_under(["1.600050", "105.AAPL"]) == {CODE}
    assert ledger.filed_under([]) == ledger.filed_under(["105.AAPL"]) == set()
    assert ("105.AAPL", "苹果") in ledger.named_securities()


@pytest.mark.parametrize(
    ("status", "origin", "vouched"),
    [("unknown", "post-file", False), ("written", "post-file", True), ("unknown", "share", True)],
)
def test_a_file_that_was_there_before_the_ledger_tells_of_itself(status: str, origin: str, vouched: bool) -> None:
    there = OnDisk(code=CODE, file="x.md", data=b"", status=status)  # type: ignore[arg-type]
    one = made(replace(POST, on_disk=there, origin=origin))  # type: ignore[arg-type]
    assert booking(one)["sha256"] == (one.sha256 if vouched else None)

"""What came of work is found under its key, until nobody has a use for it."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.store import marks
from crawler.store.ledger import Ledger

KEPT = timedelta(days=400)


def test_the_last_word_of_a_key_counts(ledger: Ledger) -> None:
    assert ledger.marked("a-1") is None
    ledger.mark({"a-1": b"one", "a-2": b""})
    ledger.mark({"a-1": b"other"})
    ledger.mark({})
    assert [ledger.marked(key) for key in ("a-1", "a-2", "a-3")] == [b"other", b"", None]


def test_all_but_those_in_use_are_forgotten_of_the_same_paths_alone(ledger: Ledger) -> None:
    ledger.mark(dict.fromkeys(("a_b-1", "a_b-2", "axb-1", "A_b-1", "c-1", *(f"a_b-x{n}" for n in range(1200))), b"x"))
    ledger.forget_marks({"a_b-2"}, "a_b-")
    assert [key for key in ("a_b-1", "a_b-2", "axb-1", "c-1", "a_b-x7") if ledger.marked(key)] == [
        "a_b-2",
        "axb-1",  # the sign is no wildcard
        "c-1",
    ]


def test_what_no_run_asked_for_in_a_long_time_goes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = datetime(2022, 1, 14, tzinfo=UTC)
    for days, whose, left in ((0, "a-", ["a-1"]), (399, "b-", ["a-1", "b-1"]), (402, "b-", ["b-1"])):
        monkeypatch.setattr(marks, "now", lambda days=days: begun + timedelta(days=days))
        ledger.mark({f"{whose}1": b"x"})
        ledger.forget_unused(whose, KEPT)
        assert [key for key in ("a-1", "b-1") if ledger.marked(key)] == left

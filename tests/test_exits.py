"""Exit codes: each has its words, and whatever ends a command its code."""

import pytest

from crawler import exits
from crawler.exits import RunError, exit_code_of


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RunError("disk full", exits.NOT_WRITABLE), exits.NOT_WRITABLE),
        (ValueError("no such setting"), exits.WRONG_USAGE),
        (UnicodeError("no UTF-8"), exits.WRONG_USAGE),
        (TypeError("unexpected argument"), exits.INTERNAL_ERROR),
        (OSError("gone"), exits.INTERNAL_ERROR),
        (KeyError("x"), exits.INTERNAL_ERROR),
        (AssertionError(), exits.INTERNAL_ERROR),
    ],
)
def test_what_ends_a_command_has_its_code(error: BaseException, code: int) -> None:
    assert exit_code_of(error) == code


def test_an_error_of_the_run_says_why() -> None:
    assert str(RunError("another run holds the lock", exits.LOCKED)) == "another run holds the lock"


def test_the_codes_are_those_that_schedulers_know() -> None:
    """Numbers that are given never change their meaning."""
    assert [*exits.WORDS] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11]
    assert (exits.OK, exits.IN_QUARANTINE, exits.LOCKED, exits.BLOCKED, exits.INTERRUPTED) == (0, 5, 6, 8, 11)
    assert len(set(exits.WORDS.values())) == len(exits.WORDS)

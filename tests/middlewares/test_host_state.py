"""When a host is left alone, and when it is given up: by refusals in a row, and by pauses that bring little."""

import pytest

from crawler.middlewares.host_state import BLOCKED_AFTER, PATIENCE, Hosts


def test_a_host_that_lets_one_in_ten_through_is_given_up() -> None:
    hosts = Hosts()
    for _ in range(4):
        for _ in range(9):
            hosts.refused("a", "403")
        assert BLOCKED_AFTER > 9
        hosts.answered("a")
    assert hosts["a"].blocked == "403"
    assert not hosts["b"].blocked


@pytest.mark.parametrize("answers", [10, 200])
def test_answers_make_up_for_pauses(answers: int) -> None:
    hosts = Hosts()
    for _ in range(30):
        for _ in range(5):  # pauses of 1, 2 and 4 seconds
            hosts.refused("a", "429")
        for _ in range(answers):
            hosts.answered("a")
    assert hosts["a"].blocked == ""
    assert hosts["a"].paused < PATIENCE

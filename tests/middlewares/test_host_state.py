"""When a host is left alone, and when it is given up: by refusals in a row, and by pauses that bring little."""

import pytest

from crawler.middlewares import host_state
from crawler.middlewares.host_state import (
    A_WHILE,
    ADDRESSES_IN_DOUBT,
    ALL_HOSTS,
    BLOCKED_AFTER,
    FRUITLESS,
    PATIENCE,
    Hosts,
)


def test_a_host_that_lets_one_in_ten_through_is_given_up() -> None:
    hosts = Hosts()
    for _ in range(4):
        for _ in range(7):
            hosts.refused("a", "403")
        assert BLOCKED_AFTER > 7
        hosts.page("a")
    assert hosts["a"].blocked == "403"
    assert not hosts["b"].blocked


@pytest.mark.parametrize("answers", [10, 200])
def test_answers_make_up_for_pauses(answers: int) -> None:
    hosts = Hosts()
    for _ in range(30):
        for _ in range(5):  # pauses of 1, 2 and 4 seconds
            hosts.refused("a", "429")
        for _ in range(answers):
            hosts.page("a")
    assert hosts["a"].blocked == ""
    assert hosts["a"].paused < PATIENCE


def test_a_page_between_them_shows_that_it_is_no_block() -> None:
    hosts, booked = Hosts(), []
    for number in range(40):
        hosts.no_page("a", f"/{number}", "reset")
        hosts.once_sure("a", lambda number=number: booked.append(number))
        if number % (ADDRESSES_IN_DOUBT - 1) == 0:
            hosts.page("a")
            assert booked[-1] == number
    assert not hosts["a"].blocked
    assert hosts.book_all()
    assert booked == list(range(40))
    assert not hosts.book_all()


def test_what_failed_in_a_block_is_not_booked() -> None:
    hosts, booked = Hosts(), []
    hosts.page("a")
    for number in range(ADDRESSES_IN_DOUBT):
        hosts.no_page("a", f"/{number}", "reset")
        hosts.once_sure("a", lambda number=number: booked.append(number))
    assert hosts["a"].blocked == "reset"
    assert not hosts.book_all()
    assert booked == []


def test_all_hosts_together() -> None:
    hosts = Hosts()
    hosts.page("c")
    each = ALL_HOSTS // 2 - 1
    assert each < BLOCKED_AFTER
    for _ in range(each):
        hosts.refused("a", "403")
        hosts.refused("d", "403")
    hosts.no_page("b", "/1", "405")
    assert not hosts["a"].blocked
    hosts.no_page("b", "/2", "405")
    assert all(hosts[name].blocked for name in "abd")
    assert not hosts["c"].blocked


def test_a_host_that_brings_nothing_is_left_alone_for_a_while_and_each_time_for_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr(host_state, "monotonic", lambda: now)
    hosts = Hosts()
    for number in range(3 * FRUITLESS):
        hosts.fruitless("a", "404")
        if number % (FRUITLESS - 1) == 0:
            hosts["a"].fruitless = 0
    assert hosts.closed("a") == ""
    for _ in range(FRUITLESS):
        hosts.fruitless("a", "404")
    for pause in (A_WHILE, 2 * A_WHILE, 4 * A_WHILE):
        assert hosts.closed("a")
        hosts.fruitless("a", "404")  # what was under way
        now += pause + 1
        assert hosts.closed("a") == ""
        hosts.fruitless("a", "404")
    now += 8 * A_WHILE + 1
    hosts["a"].fruitless = 0
    hosts.fruitless("a", "404")
    assert (hosts.closed("a"), hosts["a"].blocked) == ("", "")

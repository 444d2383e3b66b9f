"""At a host one worker has a turn, and then nobody for the gap; pauses and blocks hold for all."""

from store.workers import workers

HOST = "finews.withounder.com"


def test_of_all_workers_one_has_a_turn_in_a_gap() -> None:
    with workers("one", "two") as (one, two):
        assert one.turn(HOST, 50.0).wait > 0, "nobody has met the host yet"
        assert [ledger.turn(HOST, 50.0).wait > 0 for ledger in (one, two, one)] == [False, True, True]
        assert 20 < two.turn(HOST, 50.0).wait <= 50
        assert two.turn("another host", 50.0).wait < 1
        assert two.turn("another host", 50.0).wait == 0.0


def test_after_a_turn_of_its_own_kind_nobody_asks_for_a_while() -> None:
    with workers("one", "two") as (one, two):
        one.turn(HOST, 0.001)
        one.rest(HOST, 70.0)
        assert 20 < two.turn(HOST, 0.001).wait <= 70
        assert two.turn(HOST, 0.0).wait == 0.0, "without a gap only a pause counts"


def test_the_longest_pause_that_a_host_asked_for_counts() -> None:
    with workers("one", "two") as (one, two):
        one.hold(HOST, 50.0)
        two.hold(HOST, 20.0)
        told = two.turn(HOST, 0.0)
        assert 30 < told.wait <= told.held <= 50
        assert 30 < one.turn(HOST, 0.5).wait <= 50
        one.hold(HOST, float("inf"))
        assert 1e8 < two.turn(HOST, 0.0).held < 1e10


def test_refusals_in_a_row_are_counted_whoever_asked() -> None:
    with workers("one", "two") as (one, two):
        assert [one.refused(HOST, "HTTP 403"), two.refused(HOST, "captcha"), one.refused(HOST, "HTTP 403")] == [1, 2, 3]
        told = two.turn(HOST, 0.0)
        assert (told.refusals, told.why) == (3, "HTTP 403")
        assert one.turn(HOST, 0.5).refusals == 3, "who has the turn is told, too"
        two.served(HOST)
        assert one.refused(HOST, "captcha") == 1


def test_a_host_that_was_given_up_is_so_for_all_until_another_crawl_begins() -> None:
    with workers("one", "two") as (one, two):
        one.refused(HOST, "HTTP 403")
        one.block(HOST, "HTTP 403")
        one.hold(HOST, 50.0)
        assert two.turn(HOST, 0.0).blocked == "HTTP 403"
        assert two.turn(HOST, 1.0).wait > 0
        two.forgive()
        told = one.turn(HOST, 0.0)
        assert (told.blocked, told.refusals) == ("", 0)
        assert told.held > 20, "a pause is not past"

"""What a crawl wants is one worker's at a time: for a term, unless it is renewed, ended or given back."""

from store.workers import Worker, workers

from crawler.store.leases import Ended, Wanted

TIME = "2022-01-14T05:02:46+00:00"
WANTED = [Wanted("0-list", True, {"page": 2}), *(Wanted(code, False, {"n": code}) for code in ("3", "1", "2"))]


def keys(found: list[Wanted]) -> list[str]:
    return [one.key for one in found]


def take(worker: Worker, most: int = 9, *held: str, **ended: Ended) -> list[str]:
    return keys(worker.lease(most, held, ended, {}))


def test_each_piece_is_handed_out_once_articles_first_and_with_what_is_told_of_it() -> None:
    with workers("one", "two") as (one, two):
        one.want(WANTED)
        two.want([Wanted("1", False, {"n": "another"}), Wanted("4", False, {})])
        one.want([])
        assert one.lease(2, (), {}, {}) == [Wanted("1", False, {"n": "1"}), Wanted("2", False, {"n": "2"})]
        assert take(two, 2) == ["3", "4"]
        assert take(one) == ["0-list"]
        assert take(two) == []
        assert one.is_left()


def test_what_is_not_renewed_in_time_is_another_s() -> None:
    with workers("one", "two") as (one, two):
        one.want(WANTED)
        one.term = 0.0
        assert take(one, 3) == ["1", "2", "3"]
        one.term = 60.0
        assert take(one, 0, "2") == []
        assert take(two, 3) == ["0-list", "1", "3"]
        assert take(one, 9, "1", "2") == [], "what is another's now cannot be renewed"


def test_what_came_to_its_end_stays_so_and_only_who_has_it_can_end_it() -> None:
    with workers("one", "two") as (one, two):
        one.want(WANTED)
        assert take(one) == ["0-list", "1", "2", "3"]
        take(two, 0, **{"1": Ended("written")})
        assert {outcome for _, _, outcome, *_ in one.ends()} == {None}
        take(one, 0, **{"1": Ended("quarantined", "no title", "{}"), "2": Ended("written"), "3": Ended("unchanged")})
        take(one, 0, **{"0-list": Ended("read", "", '["5"]')})
        assert not one.is_left()
        two.want(WANTED)
        assert take(two) == [], "nothing is asked for twice in one crawl"
        assert {code: outcome for code, _, outcome, *_ in one.ends()} == {
            "1": "quarantined", "2": "written", "3": "unchanged",
        }  # fmt: skip


def test_who_leaves_gives_back_what_was_not_done_and_is_at_work_no_more() -> None:
    with workers("one", "two", "dead") as (one, two, dead):
        dead.term = 0.0
        for each in (one, two, dead):
            each.join(TIME)
        assert one.at_work().keys() == {"two"}
        assert 0 <= one.at_work()["two"] < 60
        one.want(WANTED)
        take(two)
        two.leave({"1": Ended("written")}, {"counts": {"a": 1}}, TIME)
        assert one.at_work() == {}
        assert take(one) == ["0-list", "2", "3"]
        assert [(worker["name"], worker["left"], worker["told"]) for worker in one.worked()] == [
            ("dead", None, {}), ("one", None, {}), ("two", TIME, {"counts": {"a": 1}}),
        ]  # fmt: skip

"""The ledger of a shared crawl keeps the crawl, lets one at a time open or leave it, and waits while its server is away."""

import threading
import time

import pytest
from store.samples import CODE, listed_article, record_list
from store.workers import empty_database, workers

from crawler.items import Article
from crawler.store import shared_ledger
from crawler.store.engine import LedgerError, LostLedger, UnreachableLedger
from crawler.store.leases import Ended, Wanted
from crawler.store.shared_ledger import SharedLedger

CRAWL = {"job": "finews", "run": "20220114T050246Z-6690"}


def test_a_crawl_is_open_until_it_is_closed() -> None:
    with workers("one", "two") as (one, two):
        assert one.crawl() is None
        one.keep_crawl({**CRAWL, "job": "eastmoney"})
        one.keep_crawl(CRAWL)
        assert two.crawl() == CRAWL
        two.close_crawl()
        assert one.crawl() is None


def test_what_an_earlier_crawl_wanted_is_forgotten() -> None:
    with workers("one") as (one,):
        one.want([Wanted("1", False, {})])
        one.join("2022-01-14")
        one.block("x", "HTTP 403")
        one.forget_crawl()
        assert (one.is_left(), one.worked(), one.turn("x", 0.0).blocked) == (False, [], "")


def test_one_at_a_time_is_alone_and_the_next_comes_when_it_goes() -> None:
    with workers("one", "two") as (one, two):
        with one.alone(), pytest.raises(LedgerError, match="does not end"), two.alone():
            pass
        with pytest.raises(ZeroDivisionError), one.alone():
            raise ZeroDivisionError
        with two.alone(), pytest.raises(LedgerError), one.alone():
            pass


def test_what_waits_for_it_goes_on_with_it() -> None:
    with workers("one", "two") as (one, two):
        two.patience = 20
        entered = []

        def waits() -> None:
            with two.alone():
                entered.append(time.monotonic())

        with one.alone():
            thread = threading.Thread(target=waits)
            thread.start()
            time.sleep(0.3)
            assert entered == []
        thread.join(20)
        assert len(entered) == 1


def test_what_became_of_articles_and_what_lists_named() -> None:
    with workers("one") as (one,):
        one.want(
            [
                Wanted("1", False, {}),
                Wanted("2", False, {}),
                Wanted("http://x/", True, {}),
                Wanted("http://y/", True, {}),
            ]
        )
        one.lease(9, (), {}, {})
        figures, named = '{"origin": "share"}', '["1", "7"]'
        ended = {
            "1": Ended("written", "", figures),
            "http://x/": Ended("read", "", named),
            "http://y/": Ended("failed"),
        }
        one.lease(0, (), ended, {})
        assert sorted(one.ends()) == [("1", "one", "written", "", {"origin": "share"}), ("2", "one", None, None, None)]
        assert one.named() == {"1", "7"}


def test_who_gets_an_article_knows_what_others_kept_of_it() -> None:
    with workers("one", "two") as (one, two):
        record_list(one, listed_article())
        two.kept([CODE])
        said = Article(code=CODE, origin="list", title="题")
        one.keep({CODE: [said]})
        one.want([Wanted(CODE, False, {})])
        two.lease(1, (), {}, {})
        assert two.kept([CODE]) == {CODE: [said]}


def test_a_call_is_made_again_while_the_server_is_away_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_ledger, "_STEP", 0.01)
    with workers("one") as (one,):
        answers: list[Exception | str] = [LostLedger("away"), UnreachableLedger("away"), "there"]

        def call() -> str:
            answer = answers.pop(0) if answers else LostLedger("away")
            if isinstance(answer, Exception):
                raise answer
            return answer

        assert one._patiently(call) == "there"
        with pytest.raises(LostLedger):
            one._patiently(call)
        answers[:] = [LedgerError("wrong"), "never"]
        with pytest.raises(LedgerError, match="wrong"):
            one._patiently(call)
        assert answers == ["never"]


def test_an_address_where_nothing_is_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_ledger, "OPENING", 0.0)
    with pytest.raises(UnreachableLedger):
        SharedLedger(empty_database().replace("/ledger", "/nothing", 1))

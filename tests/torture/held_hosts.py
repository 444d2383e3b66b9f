"""Hosts that no worker of a shared crawl may ask for a while, so that the crawl stays open as long as a test wants."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread

from forked_scrapy import Running

from crawler.store.shared_ledger import SharedLedger


@contextmanager
def held(ledger: str, host: str) -> Iterator[SharedLedger]:
    """The host is to be asked for nothing meanwhile, little by little: who is told to wait does so, whatever comes."""
    ended = Event()

    def go_on_holding() -> None:
        with closing(SharedLedger(ledger)) as holding:
            while not ended.wait(0.2):
                holding.hold(host, 2)

    with closing(SharedLedger(ledger)) as own:
        own.hold(host, 2)
        thread = Thread(target=go_on_holding)
        thread.start()
        try:
            yield own
        finally:
            ended.set()
            thread.join()


def at_work(own: SharedLedger, *working: Running) -> None:
    """Wait until all of these take part in a crawl that is open."""
    while len(own.at_work()) < len(working) or not own.crawl():
        assert all(one.alive() for one in working), [one.wait().err for one in working if not one.alive()]
        time.sleep(0.05)


def takes_part(ledger: str, host: str, one: Running) -> Running:
    """The worker, when it does; the crawl does not come to its end before."""
    with held(ledger, host) as own:
        while not any(f"-{one.pid}-" in name for name in own.at_work()):
            assert one.alive()
            time.sleep(0.05)
    return one

"""Work on foreign text ends in time, whatever it is doing, and what asked for it goes on with the next."""

import re
import signal
import threading
import time

import pytest

from crawler import pages, sites
from crawler.assemble.outcome import Rejected
from crawler.items import Page
from crawler.reprocess import reading
from crawler.time_limit import time_limit


def _for_ever() -> None:
    while True:
        try:
            re.match(r"(?:a|a)*b", "a" * 40)
        except Exception:  # noqa: BLE001 - as some code on the way may do
            continue


@pytest.mark.parametrize("kind", [pages.Unreadable, Rejected])
def test_what_takes_too_long_is_told(kind: type[Exception]) -> None:
    begin = time.process_time()
    with pytest.raises(kind, match=r"takes longer than 0 s"), time_limit(kind, 0.2):
        _for_ever()
    assert time.process_time() - begin < 5


def test_what_ends_in_time_leaves_nothing_behind() -> None:
    with time_limit(pages.Unreadable, 0.2):
        pass
    assert signal.getitimer(signal.ITIMER_PROF) == (0, 0)
    signal.raise_signal(signal.SIGPROF)  # it was under way, and comes too late to be meant
    with pytest.raises(KeyError), time_limit(pages.Unreadable):
        raise KeyError


def test_threads_are_left_alone() -> None:
    done = []

    def work() -> None:
        with time_limit(pages.Unreadable):
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done


def test_a_saved_page_that_takes_too_long_is_put_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(page: Page, known: sites.Sites) -> pages.PageContent:
        if b"slow" in page.body:
            _for_ever()
        return pages.PageContent("list", ())

    monkeypatch.setattr(pages, "read", slow)
    monkeypatch.setattr(reading, "time_limit", lambda kind: time_limit(kind, 0.2))
    told = [next(reading.read(Page(url="", body=body, source="x"), sites.KNOWN))[0] for body in (b"slow", b"quick")]
    assert [(line.outcome, "takes longer" in line.reason) for line in told] == [("quarantined", True), ("read", False)]

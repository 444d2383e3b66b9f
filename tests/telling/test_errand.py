"""An errand costs the run nothing but a while at its end, and says why it failed without an address."""

import time
from collections.abc import Callable
from email.message import Message
from threading import Event
from urllib.error import HTTPError, URLError

import pytest

from crawler.telling.errand import Errand, wait

SECRET = "http://h/pa55"


def raising(error: BaseException) -> Callable[[], str]:
    def work() -> str:
        raise error

    return work


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (lambda: "", ""),
        (lambda: "the service refused it", "the service refused it"),
        (raising(HTTPError(SECRET, 502, SECRET, Message(), None)), "HTTP status 502"),
        (raising(URLError(ConnectionRefusedError(SECRET))), "ConnectionRefusedError"),
        (raising(URLError(SECRET)), "no such address"),
        (raising(TimeoutError(SECRET)), "TimeoutError"),
        (raising(ValueError(SECRET)), "ValueError"),
    ],
)
def test_why_it_failed(work: Callable[[], str], why: str) -> None:
    errand = Errand(work)
    errand.join(5)
    assert errand.why == why


def test_all_are_waited_for_together_and_no_longer() -> None:
    never = Event()
    errands = [Errand(lambda: "" if never.wait(20) else "x") for _ in range(3)]
    done = Errand(lambda: "")
    begun = time.monotonic()
    wait([*errands, done], 0.2)
    assert time.monotonic() - begun < 2
    assert [errand.why for errand in errands] == ["no answer in time"] * 3
    assert all(errand.daemon for errand in errands), "the process may end before they do"
    never.set()
    wait(errands, 5)
    assert [errand.why for errand in errands] == [""] * 3

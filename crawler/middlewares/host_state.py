"""What the crawl knows of each host: until when it is to be left alone, and whether it keeps refusing."""

from dataclasses import dataclass
from time import monotonic
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

RUN_OF_REFUSALS = 3
"""One refusal may concern one page; from the third in a row on, the whole host is left alone for a while."""
BLOCKED_AFTER = 12
"""So many in a row, with pauses of up to LONGEST_PAUSE between them, and the host is given up for this run."""
LONGEST_PAUSE = 8.0
PATIENCE = 60.0
"""A host that asks for a longer pause than this, or has been given so many seconds of pauses for little in return, is
given up for this run: the next one will be welcome."""
GOOD_FOR = 1.0
"""Seconds of pauses that one answer makes up for."""


@dataclass(slots=True)
class Host:
    """One host: refusals in a row, and the moment (monotonic seconds) until which it is held."""

    refusals: int = 0
    answers: int = 0
    held_until: float = 0.0
    paused: float = 0.0
    """Seconds of pauses that no answers have made up for yet."""
    blocked: str = ""
    """Why the host was given up, "" while it was not."""


class Hosts:
    """All hosts of one crawl, by name."""

    def __init__(self) -> None:
        self._hosts: dict[str, Host] = {}

    def __getitem__(self, name: str) -> Host:
        return self._hosts.setdefault(name, Host())

    def hold(self, name: str, seconds: float) -> None:
        """Send nothing to the host for so long."""
        host = self[name]
        host.held_until = max(host.held_until, monotonic() + seconds)

    def remaining(self, name: str) -> float:
        """How many seconds the host is still held."""
        return self[name].held_until - monotonic() if name in self._hosts else 0.0

    def answered(self, name: str) -> None:
        """The host served a page: whatever it refused before was no block."""
        host = self[name]
        host.refusals = 0
        host.paused = max(host.paused - GOOD_FOR, 0.0)
        host.answers += 1

    def refused(self, name: str, reason: str, retry_after: float | None = None) -> None:
        """The host refused: hold it, longer from refusal to refusal, and give it up in the end."""
        host = self[name]
        host.refusals += 1
        if retry_after is not None:
            self.hold(name, retry_after)
        elif host.refusals >= RUN_OF_REFUSALS:
            pause = min(2.0 ** (host.refusals - RUN_OF_REFUSALS), LONGEST_PAUSE)
            host.paused += pause
            self.hold(name, pause)
        if host.refusals >= BLOCKED_AFTER or max(retry_after or 0, host.paused) > PATIENCE:
            host.blocked = reason


_HOSTS: "WeakKeyDictionary[Crawler, Hosts]" = WeakKeyDictionary()


def hosts_of(crawler: Crawler) -> Hosts:
    """The hosts of this crawl: queue and middlewares share them."""
    return _HOSTS.setdefault(crawler, Hosts())

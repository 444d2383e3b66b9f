"""What the crawl knows of each host: until when it is to be left alone, and whether it keeps refusing."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import monotonic
from weakref import WeakKeyDictionary

from scrapy.crawler import Crawler

from crawler.extensions.run import RunExtension
from crawler.store.run import Run
from crawler.store.shared_ledger import SharedLedger
from crawler.store.shared_run import SharedRun

RUN_OF_REFUSALS = 3
"""One refusal may concern one page; from the third in a row on, the whole host is left alone for a while."""
BLOCKED_AFTER = 8
"""So many in a row, with pauses of up to LONGEST_PAUSE between them, and the host is given up for this run."""
ADDRESSES_IN_DOUBT = 5
"""So many addresses in a row that gave no page, in whatever form, are a block: a broken article is one address."""
ALL_HOSTS = 14
"""So many refusals and addresses in doubt in a row, of all hosts together: whatever refuses is given up."""
LONGEST_PAUSE = 8.0
PATIENCE = 60.0
"""A host that asks for a longer pause than this, or has been given so many seconds of pauses for little in return, is
given up for this run: the next one will be welcome."""
GOOD_FOR = 1.0
"""Seconds of pauses that one answer makes up for."""


FRUITLESS = 20
"""So many answers in a row, whatever they were, none of which brought what was asked for: the host is left alone for a
while, if there are others to ask."""
A_WHILE = 60.0
"""Seconds; doubled with each further try that brings nothing."""


@dataclass(slots=True)
class Host:
    """One host: refusals in a row, and the moment (monotonic seconds) until which it is held."""

    refusals: int = 0
    pages: int = 0
    """Answers that were what was asked for, or not modified."""
    delay: float = 0.0
    """Seconds between two requests that its robots.txt asks for."""
    heard: bool = False
    """Whether it answered anything but that it is broken."""
    held_until: float = 0.0
    why: str = ""
    """Why it refused last."""
    paused: float = 0.0
    """Seconds of pauses that no answers have made up for yet."""
    blocked: str = ""
    """Why the host was given up, "" while it was not."""
    fruitless: int = 0
    left_until: float = 0.0
    """The moment (monotonic seconds) until which it is left alone."""
    doubtful: set[str] = field(default_factory=set)
    """Addresses that gave no page since the last page."""
    waiting: list[Callable[[], None]] = field(default_factory=list)
    """What is to be booked of these when the next page shows that it was no block."""


class Hosts:
    """All hosts of one crawl, by name."""

    def __init__(self, crawler: Crawler | None = None) -> None:
        self._hosts = defaultdict[str, Host](Host)
        self._crawler = crawler
        self._in_a_row = 0

    def __getitem__(self, name: str) -> Host:
        return self._hosts[name]

    def hold(self, name: str, seconds: float) -> None:
        """Send nothing to the host for so long."""
        host = self[name]
        host.held_until = max(host.held_until, monotonic() + seconds)
        if run := self._run:
            run.figures.waiting[name].pause(seconds)
        if shared := self._shared:
            shared.hold(name, seconds)

    def remaining(self, name: str) -> float:
        """How many seconds the host is still held."""
        return self[name].held_until - monotonic() if name in self._hosts else 0.0

    def held(self) -> Iterator[tuple[str, str, float]]:
        """The hosts that are waited for: name, why, and how many seconds yet."""
        for name, host in self._hosts.items():
            if not host.blocked and (seconds := self.remaining(name)) > 0:
                yield name, host.why, seconds

    def page(self, name: str) -> None:
        """The host served a page: whatever it refused before was no block, and what failed meanwhile is booked."""
        host = self[name]
        if host.refusals and (shared := self._shared):
            shared.served(name)
        host.refusals = 0
        host.paused = max(host.paused - GOOD_FOR, 0.0)
        host.pages += 1
        host.heard = True
        host.doubtful.clear()
        self._in_a_row = 0
        self.book(name)

    def fruitless(self, name: str, reason: str) -> None:
        """An answer, or none, that brought nothing: after many in a row others are asked instead, for a while."""
        host, now = self[name], monotonic()
        if host.blocked or host.left_until > now:
            return
        host.fruitless += 1
        if host.fruitless >= FRUITLESS:
            host.left_until = now + A_WHILE * 2.0 ** min(host.fruitless - FRUITLESS, 6)
            self._tell_left(name, reason)

    @property
    def heard(self) -> bool:
        """Whether any host answered anything but that it is broken."""
        return any(host.heard for host in self._hosts.values())

    def closed(self, name: str) -> str:
        """Why nothing is asked of the host, now or in this run; "" when it may be asked."""
        host = self[name]
        return host.blocked or ("brought nothing of late" if host.left_until > monotonic() else "")

    @property
    def _run(self) -> Run | None:
        extension = self._crawler and self._crawler.get_extension(RunExtension)
        return extension.run if extension else None

    @property
    def _shared(self) -> SharedLedger | None:
        """Where other workers of the crawl are told what this one hears of hosts."""
        return run.ledger if isinstance(run := self._run, SharedRun) else None

    def _tell_left(self, name: str, reason: str) -> None:
        if run := self._run:
            run.left_alone[name] = reason

    def no_page(self, name: str, url: str, reason: str) -> None:
        """The host gave something else in place of a page, or nothing: many addresses in a row are a block."""
        host = self[name]
        if url in host.doubtful:
            return
        host.doubtful.add(url)
        if len(host.doubtful) >= ADDRESSES_IN_DOUBT:
            self.give_up(name, reason)
        self._one_more(reason)

    def refused(self, name: str, reason: str, retry_after: float | None = None) -> None:
        """The host refused: hold it, longer from refusal to refusal, and give it up in the end."""
        host = self[name]
        host.refusals = shared.refused(name, reason) if (shared := self._shared) else host.refusals + 1
        host.why = reason
        if retry_after is not None:
            self.hold(name, retry_after)
        elif host.refusals >= RUN_OF_REFUSALS:
            pause = min(2.0 ** (host.refusals - RUN_OF_REFUSALS), LONGEST_PAUSE)
            host.paused += pause
            self.hold(name, pause)
        if host.refusals >= BLOCKED_AFTER or max(retry_after or 0, host.paused) > PATIENCE:
            self.give_up(name, reason)
        self._one_more(reason)

    def _one_more(self, reason: str) -> None:
        self._in_a_row += 1
        if self._in_a_row >= ALL_HOSTS:
            for name in [name for name, host in self._hosts.items() if host.refusals or host.doubtful]:
                self.give_up(name, reason)

    def give_up(self, name: str, reason: str, *, unreachable: bool = False) -> None:
        """Ask the host for nothing more in this run; the crawl ends when it cannot do without it."""
        host = self[name]
        if host.blocked:
            return
        host.blocked = reason
        host.waiting.clear()  # it stays pending
        if shared := self._shared:
            shared.block(name, reason)
        if self._crawler is None:
            return
        if name != getattr(self._crawler.spider, "host", None):
            self._tell_left(name, reason)
        if run := self._run:
            run.given_up[name] = reason
            run.figures.waiting[name].pause_ends()
            if name == getattr(self._crawler.spider, "host", None):
                RunExtension.of(self._crawler).stop("unreachable" if unreachable or not host.heard else "blocked")

    def once_sure(self, name: str, book: Callable[[], None]) -> None:
        """Book that something of the host cannot be had: at once, or while it may be blocked, when that is known."""
        host = self[name]
        if host.blocked:
            return
        host.waiting.append(book)
        if not host.doubtful and not host.refusals:
            self.book(name)

    def book(self, name: str) -> None:
        """Book what waits."""
        host = self[name]
        while host.waiting and not host.blocked:
            host.waiting.pop(0)()

    def book_all(self) -> bool:
        """The crawl comes to its end, and nothing was a block: book all; whether there was something."""
        waiting = [name for name, host in self._hosts.items() if host.waiting]
        for name in waiting:
            self.book(name)
        return bool(waiting)


_HOSTS: "WeakKeyDictionary[Crawler, Hosts]" = WeakKeyDictionary()


def hosts_of(crawler: Crawler) -> Hosts:
    """The hosts of this crawl: queue, middlewares and spiders share them."""
    if crawler not in _HOSTS:
        _HOSTS[crawler] = Hosts(crawler)
    return _HOSTS[crawler]

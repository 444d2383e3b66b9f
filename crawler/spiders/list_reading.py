"""How far one of East Money's lists is read: page by page, until a whole page is known, or older than asked for."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from crawler import columns, sites
from crawler.columns import MOST_ITEMS, PAGE_SIZE, Column
from crawler.pages.eastmoney.list_paging import Paging
from crawler.spiders.failures import Failed
from crawler.store.frontier import Validators

_DAYS_OFF = 3
"""An article shown so many days from the one that its code names is at no place of its own in a list."""


class ListPlace(NamedTuple):
    """Where a list can be had: the kind of its pages, and the address of one by number, size and cursor."""

    page_kind: str
    url: Callable[[int, int, str], str]


@dataclass
class NewsList:
    """One list, and how far it was read in this run."""

    name: str
    """As a user names it."""
    places: list[ListPlace]
    """Where it can be had; the first is asked first, and each next one where that before fails."""
    is_rolling: bool = False
    others: tuple["NewsList", ...] = ()
    """The same security in other markets, where this one lists nothing."""
    since: str = ""
    """The day from which on articles are wanted, "" for all."""
    before: Validators = field(default_factory=Validators)
    """How far an earlier run came."""
    at: int = 0
    """The place that is being asked."""
    number: int = 1
    size: int = PAGE_SIZE
    cursor: str = ""
    known_as: str = ""
    """What its failures are booked under, where markets of one security share them."""
    seen: set[str] = field(default_factory=set)
    taken: int = 0
    """Items so far, with those that were on several pages."""
    oldest: str = ""
    newest: str = ""
    down_to: str = ""
    total: int = 0
    passed: int = 0
    """Articles in a row, on whole pages, that are known or too old."""
    failures: list[Failed] = field(default_factory=list)
    """Of the places that were asked in vain."""

    @property
    def place(self) -> ListPlace:
        """The place that is being asked."""
        return self.places[self.at]

    @property
    def url(self) -> str:
        """The address of the page that comes next."""
        return self.place.url(self.number, self.size, self.cursor)

    @property
    def key(self) -> str:
        """What the ledger knows the list by: the address of its first page."""
        return self.places[0].url(1, PAGE_SIZE, "")

    def begin(self, since: str, lists: Mapping[str, Validators]) -> None:
        """From which day on it is wanted, and how far earlier runs came."""
        for market in (self, *self.others):
            market.since, market.before = since, lists.get(market.key) or Validators()

    def elsewhere(self) -> "NewsList | None":
        """Begin anew at the next place, or in another market; None when there is none."""
        if self.at + 1 == len(self.places):
            return self.in_another_market()
        self.at, self.number, self.size, self.cursor, self.seen = self.at + 1, 1, PAGE_SIZE, "", set()
        self.taken = self.total = 0
        return self

    def in_another_market(self) -> "NewsList | None":
        """The list of the same security in the next one; None when there is none."""
        if not self.others:
            return None
        first, *others = self.others
        first.others, first.failures = tuple(others), self.failures
        return first

    def failure(self) -> Failed:
        """What its failures are booked with: what came in place of it, where anything did."""
        return next((failed for failed in self.failures if not failed.refused and failed.page.body), self.failures[0])

    def is_older(self, code: str, time: str | None) -> bool:
        """Whether an article is older than what is asked for."""
        return _day(code, time) < self.since

    def goes_on(self, paging: Paging, known: Container[str]) -> bool:
        """Note what a page names; whether there is a further one to be asked for, which ``url`` then leads to.

        What was known when the list was last read as far as was asked does not count unless it is as old as what was
        read then: a run that was killed knows the first pages, and not those behind.
        """
        items = paging.items
        fresh, stamps = items.keys() - self.seen, {code: _stamp(code, time) for code, time in items.items()}
        self.seen |= items.keys()
        self.taken += paging.held
        self.total = max(self.total, paging.total or 0)
        self.newest = max([self.newest, *stamps.values()])
        self.oldest = min([self.oldest or "~", *(_day(code, time) for code, time in items.items())])
        older = {code for code, time in items.items() if self.is_older(code, time)}
        before = self.before.newest or ""
        joins = bool(before) and (self.before.down_to or "") <= self.since
        passed = {code for code in items if code in older or (joins and code in known and stamps[code] <= before)}
        self.passed = self.passed + len(passed) if len(passed) == len(items) else 0
        if self.passed > 1:  # one alone may be pinned
            met = joins and (passed != older or before[:10] >= self.since)
            self.down_to = (self.before.down_to or "") if met else self.since
            return False
        if (fresh or not items) and paging.number in {None, self.number} and self._next(paging):
            return True
        self.came_to_its_end()
        return False

    def breaks_off(self, paging: Paging) -> str:
        """Why the page cannot be the last one, "" where it can.

        What is hidden is counted, too: so pages count where they have sizes, and else one that is lacking whole.
        """
        if self.passed > 1:
            return ""
        total, read = min(paging.total or self.total, MOST_ITEMS), self.number - (not paging.held)
        if paging.number not in {None, self.number}:
            return f"page {paging.number} of the list in place of page {self.number}"
        by_number = paging.cursor is None and paging.size
        got = read * by_number if by_number else self.taken + self.taken // max(read, 1)
        is_cut = got < total if by_number else got <= total
        return f"the list breaks off: {self.taken} of {total}" if total and is_cut else ""

    def _next(self, paging: Paging) -> bool:
        """Go to the page behind this one, if there is one."""
        self.size = paging.size or self.size
        if self.taken >= MOST_ITEMS or (self.total and self.number * (paging.size or paging.held) >= self.total):
            return False
        if paging.cursor is not None and paging.cursor in {"", self.cursor}:
            return False
        self.number, self.cursor = self.number + 1, paging.cursor or ""
        return True

    def came_to_its_end(self) -> None:
        """There is nothing behind; what stands in for a list does not reach as far down as that."""
        self.down_to = _day_after(self.oldest) if self.at else ""


def of_column(column: Column | None) -> NewsList:
    """The column's list, and its static pages; the rolling list for None, and what was its script before."""
    if column is None:
        rolling = ListPlace("list-api", lambda _, size, cursor: columns.rolling_url(cursor, size))
        script = ListPlace("list-api", lambda number, *_: columns.rolling_script_url(number))
        return NewsList(columns.ROLLING, [rolling, script], True)
    listed = ListPlace("list-api", lambda number, size, _: columns.column_url(column, number, size))
    return NewsList(
        column.slug, [listed, ListPlace("list-page", lambda number, *_: columns.static_url(column, number))]
    )


def of_security(name: str, secids: tuple[str, ...], lists: Container[str] = ()) -> NewsList:
    """The list of what is told of a security, with those of it in other markets; that which is known is the first."""

    def listed(secid: str) -> NewsList:
        place = ListPlace("list-api", lambda number, size, _: columns.security_url(secid, number, size))
        return NewsList(name, [place], known_as=columns.security_url(secids[0]))

    first, *others = sorted(map(listed, secids), key=lambda one: one.key not in lists)
    first.others = tuple(others)
    return first


def _day(code: str, time: str | None) -> str:
    return (time if time and sites.may_be_time_of(code, time) else sites.day_of(code))[:10]


def _day_after(day: str) -> str:
    try:
        return f"{date.fromisoformat(day) + timedelta(days=1)}"
    except ValueError:  # a code may name a day that does not exist
        return day[:10]


def _stamp(code: str, time: str | None) -> str:
    """What tells of two articles which is further down in a list, in text that compares so."""
    off = sites.days_apart(time, sites.day_of(code)) if time else None
    return f"{time if time and off is not None and off <= _DAYS_OFF else sites.day_of(code)} {sites.digits(code)}"

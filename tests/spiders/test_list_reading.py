"""How far lists are read: nothing that was asked for is passed over, whatever runs came before, and ended how."""

import random
from datetime import date, datetime, timedelta

import pytest

from crawler.columns import named
from crawler.pages.eastmoney.list_paging import Paging
from crawler.spiders.list_reading import NewsList, of_column, of_security
from crawler.store.frontier import Validators

START = datetime(2022, 1, 3, 6, 0)


class Service:
    """A list that grows, with an old item pinned on top, and static pages that do not go so far down."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.items = rng, list[tuple[str, str]]()
        self.at_once, self.depth = rng.randint(1, 7), rng.randint(8, 30)
        self.pinned, self.tells_total = rng.random() < 0.5, rng.random() < 0.7

    def grow(self, number: int) -> None:
        for _ in range(number):
            time = (datetime.fromisoformat(self.items[0][1]) if self.items else START) + timedelta(
                hours=self.rng.choice((0, 0, 1, 5, 30))
            )
            day = time - timedelta(days=self.rng.random() < 0.1)  # the day shown is not always the id's
            self.items.insert(0, (f"{day:%Y%m%d}{2200000000 + len(self.items)}", f"{time}"))

    def page(self, of: NewsList) -> Paging:
        shown = [*self.items[-1:] * self.pinned, *self.items]
        if of.at:
            shown = self.items[: self.depth]
        size = min(self.at_once, of.size)
        part = shown[(of.number - 1) * size : of.number * size]
        total = len(shown) if self.tells_total and not of.at else None
        return Paging(dict(part), {}, len(part), size if not of.at else None, total)


def run(service: Service, known: set[str], before: Validators, since: str, *, static: bool) -> Validators | None:
    """One reading of the list, maybe killed between two pages: then None."""
    of = of_column(named("cgnjj"))
    of.since, of.before = since, before
    if static:
        of.elsewhere()
    while True:
        told = service.page(of)
        if not told.held:
            of.came_to_its_end()
            break
        there = frozenset(known)
        known |= {code for code, time in told.times.items() if not of.is_older(code, time)}
        if service.rng.random() < 0.15:
            return None
        if not of.goes_on(told, there):
            break
    return Validators(newest=max(of.newest, before.newest or ""), down_to=of.down_to)


@pytest.mark.parametrize("seed", range(300))
def test_no_article_is_passed_over(seed: int) -> None:
    rng = random.Random(seed)
    service, known, before = Service(rng), set[str](), Validators()
    for _ in range(8):
        service.grow(rng.randint(0, 25) or 1)
        since = rng.choice(("", "", f"{date(2022, 1, rng.randint(3, 31))}"))
        static = rng.random() < 0.2
        ended = run(service, known, before, since, static=static)
        before = ended or before
        there = service.items[: service.depth] if static else service.items
        wanted = {code for code, time in there if time[:10] >= since}
        if ended:
            assert static or wanted <= known, (since, sorted(wanted - known))


def pages(of: NewsList, *told: Paging, known: frozenset[str] = frozenset()) -> list[bool]:
    return [of.goes_on(paging, known) for paging in told]


def paging(*numbers: int, **fields: object) -> Paging:
    times = {f"2022011422{number:08}": f"2022-01-14 {number:02}:00:00" for number in numbers}
    return Paging(times, {}, len(numbers))._replace(**fields)


def test_the_reply_s_own_size_is_believed() -> None:
    of = of_security("600519", ("1.600519",))
    assert "pageSize=200&pageIndex=1" in of.url
    assert pages(of, paging(20, 19, size=2, total=5)) == [True]
    assert "pageSize=2&pageIndex=2" in of.url
    assert pages(of, paging(18, 17, size=2, total=5), paging(16, size=2, total=5)) == [True, False]


def test_lists_end() -> None:
    of = of_column(None)
    assert pages(of, paging(9, cursor="x"), paging(8, cursor="y"), paging(7, cursor="y")) == [True, True, False]
    assert "sortEnd=y" in of.url
    assert pages(of_column(None), paging(9, cursor="")) == [False]
    assert pages(of_column(named("cgnjj")), paging(9, 8), paging(9, 8)) == [True, False], "the same page again"
    whole = of_security("600519", ("1.600519",))
    assert pages(whole, paging(*range(9, 0, -1), held=5000)) == [False], "no list goes further down"


def test_a_page_of_what_is_none_of_ours_is_no_end() -> None:
    of = of_column(named("cgnjj"))
    assert pages(of, Paging({}, {}, 20, 20, 60)) == [True]
    of.before = Validators(newest="2022-01-14 20:00:00 20220114220000000020", down_to="")
    columnists = {f"2022011409000000000000{number}": "2022-01-14 09:00:00" for number in (1, 2)}
    assert pages(of, Paging({}, columnists, 20, 20, 60), known=frozenset(columnists)) == [False]


@pytest.mark.parametrize(
    ("newest", "goes_on"),
    [
        (None, True),
        ("2022-01-14 08:00:00 202201142200000008", True),
        ("2022-01-14 09:00:00 202201142200000009", False),
    ],
)
def test_a_page_that_is_known_is_no_end_where_the_list_was_not_read_so_far(
    newest: str | None, *, goes_on: bool
) -> None:
    of = of_column(named("cgnjj"))
    of.before = Validators(newest=newest, down_to=None if newest is None else "")
    assert pages(of, paging(9, 8, total=40), known=frozenset(paging(9, 8).times)) == [goes_on]


def test_what_is_pinned_on_top_is_no_end() -> None:
    of = of_column(named("cgnjj"))
    of.since = "2022-01-14"
    old = {"202201012200000001": "2022-01-01 09:00:00"}
    assert pages(of, Paging(old, {}, 1, 1, 40), paging(9, size=1, total=40)) == [True, True]
    assert pages(of, Paging(old | paging(8).times, {}, 2, 2, 40)) == [True]


@pytest.mark.parametrize(
    ("last", "breaks_off"),
    [
        (paging(5, 4, size=2, total=6), False),
        (paging(9, 8, size=2, total=8), True),  # an earlier page again
        (paging(size=2, total=6), True),
        (paging(size=2, total=5), True),
        (paging(size=2, total=4), False),
        (paging(), True),  # which tells no total: the first page did
        (paging(5, size=1, total=6), True),
        (paging(5, 4, size=2, total=4, number=1), True),
    ],
)
def test_a_list_that_breaks_off_was_not_read(last: Paging, *, breaks_off: bool) -> None:
    of = of_column(named("cgnjj"))
    pages(of, paging(9, 8, size=2, total=6), paging(7, 6, size=2, total=6))
    if breaks_off or last.held:
        of.number = 3
    assert bool(of.breaks_off(last)) == breaks_off


@pytest.mark.parametrize(("total", "breaks_off"), [(40, True), (6, True), (5, False), (None, False)])
def test_a_cursor_that_stands_still_is_an_end_where_no_page_is_lacking(total: int | None, *, breaks_off: bool) -> None:
    of = of_column(None)
    told = [paging(9, 8, cursor="x", total=total), paging(7, 6, cursor="x", total=total)]
    assert pages(of, *told) == [True, False]
    assert bool(of.breaks_off(told[1])) == breaks_off


def test_known_pages_are_an_end_wherever_they_stand() -> None:
    of = of_column(named("cgnjj"))
    of.since = "2022-02-01"
    assert pages(of, paging(9, 8, size=2, total=40)) == [False]
    assert not of.breaks_off(paging(9, 8, size=2, total=40))

"""Every declaration holds an example, and each has its effect through the whole step: found, resolved, stored, restored."""

from datetime import datetime

import pytest

from crawler.items import KLine
from crawler.kline import find, localize, resolve, restore
from crawler.kline.addresses import LIVE_HOSTS, SERVICES, Service, write
from crawler.kline.codes import QUOTE_PAGES
from crawler.kline.markets import BY_NUMBER, MARKETS, Market
from crawler.kline.paths import picture_key
from crawler.pictures.calendar import trading_day
from crawler.pictures.prices import PRICES_HOST
from crawler.sites import PICTURE_HOSTS
from crawler.times import BEIJING


def through_the_step(body: str) -> KLine:
    """The one reference of a body, after all that the step promises of every reference was seen."""
    (found,) = find(body)
    resolved = resolve(body, [found])
    (again,) = find(resolved)
    assert (again.secid, again.kind, again.url) == (found.secid, found.kind, found.url)
    assert resolve(resolved, [again]) == resolved
    assert again.url.startswith(tuple(f"https://{host}/" for host in LIVE_HOSTS.values()))
    stored = localize(resolved, [again], {picture_key(again): f"assets/kline/{again.secid}/2022-01-14.png"}, "c")
    assert find(stored)[0].secid == found.secid
    assert restore(stored) == resolved
    assert (found.guessed, found.foreign, found.conflicts) == (False, False, ())
    return found


@pytest.mark.parametrize("service", SERVICES, ids=lambda row: row.example)
def test_every_service(service: Service) -> None:
    found = through_the_step(f'<p>x</p><img src="{service.example}">')
    assert (found.secid, found.kind, found.period, found.spelling) == ("1.600050", "kline", "D", service.example)
    others = [row for row in SERVICES if row is not service]
    assert service.example not in [row.example for row in others]


@pytest.mark.parametrize("row", MARKETS, ids=lambda row: str(row.number))
def test_every_market(row: Market) -> None:
    assert BY_NUMBER[row.number] is row
    assert row.source
    secid = f"{row.number}.{row.example}"
    url = write(secid, "kline", "D")
    found = through_the_step(f'<img src="{url}" data-code="K {row.example}|{row.number}|{row.legacy or 0}">')
    assert (found.secid, found.url) == (secid, url)
    assert (found.exchange, found.symbol) == (row.exchange, f"{row.example}.{row.suffix}")
    assert trading_day(row.number, datetime(2022, 1, 14, 13, tzinfo=BEIJING)).year == 2022


@pytest.mark.parametrize("page", QUOTE_PAGES, ids=lambda page: page[1])
def test_every_quote_page(page: tuple[object, str]) -> None:
    link = f'<a href="{page[1]}">'
    # where a script puts a stock's picture into a page
    found = through_the_step(f"{link}<!-- EM_StockImg_Start -->{link}<!--IMG#0--></a><!-- EM_StockImg_End -->")
    assert (found.secid, found.evidence) in {("106.NIO", "link"), ("0.000338", "link")}


def test_what_may_be_fetched_is_what_is_addressed() -> None:
    assert set(PICTURE_HOSTS) == {*LIVE_HOSTS.values(), PRICES_HOST}

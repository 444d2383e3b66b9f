"""The invented world's securities are such as the crawler knows by the same numbers, each once."""

import pytest

from crawler.demo.securities import BY_SECID, INVENTED, REAL, SECURITIES, DemoSecurity
from crawler.kline.markets import describe
from crawler.kline.stock_codes import secids


def test_each_is_there_once() -> None:
    assert len(BY_SECID) == len(SECURITIES) == len({one.name for one in SECURITIES})


@pytest.mark.parametrize("one", SECURITIES, ids=lambda one: one.secid)
def test_the_crawler_knows_its_market_and_finds_it_by_its_symbol(one: DemoSecurity) -> None:
    exchange, symbol = describe(one.market, one.code)
    assert exchange or one.is_board
    assert one.secid in secids(symbol)


def test_the_invented_are_none_that_there_are() -> None:
    """Codes that are not given out: a 9 stands where none has one."""
    assert all(one.is_board or "9" in one.code or one.code.isalpha() for one in INVENTED)
    assert {one.is_board for one in SECURITIES if one.code.startswith("BK")} == {True}
    assert not {one.code for one in INVENTED} & {one.code for one in REAL}

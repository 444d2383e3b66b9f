"""Market numbers: what they mean, and which market a bare code or an old id may mean; each row: test_declarations.py."""

import pytest

from crawler.kline.markets import BY_NUMBER, HK, MARKETS, US, describe, guess, of_legacy, spell


def test_the_rows_hold_together() -> None:
    assert [market.number for market in MARKETS] == sorted(BY_NUMBER)
    assert len(BY_NUMBER) == len(MARKETS)
    assert {*US, *HK} <= BY_NUMBER.keys()
    for market in MARKETS:
        assert spell(market.number, market.example) == market.example
        assert (market.exchange != "") == (market.suffix != ""), market
        assert market.legacy == "" or market.number in of_legacy(market.legacy, market.example) or market.number == 128


@pytest.mark.parametrize(
    ("number", "code", "exchange", "symbol"),
    [
        (1, "600050", "SH", "600050.SH"),
        (0, "000338", "SZ", "000338.SZ"),
        (0, "920002", "BJ", "920002.BJ"),
        (0, "430047", "BJ", "430047.BJ"),
        (0, "830799", "BJ", "830799.BJ"),
        (0, "890001", "SZ", "890001.SZ"),
        (0, "4300471", "SZ", "4300471.SZ"),
        (1, "920002", "SH", "920002.SH"),
        (106, "NIO", "NYSE", "NIO.N"),
        (116, "00700", "HK", "00700.HK"),
        (999, "X", "", "999.X"),
    ],
)
def test_a_security_has_an_exchange_and_a_symbol(number: int, code: str, exchange: str, symbol: str) -> None:
    assert describe(number, code) == (exchange, symbol)


@pytest.mark.parametrize(
    ("code", "markets"),
    [
        ("600050", (1,)),
        ("510300", (1,)),
        ("900901", (1,)),
        ("000338", (0,)),
        ("300750", (0,)),
        ("920002", (0,)),
        ("00700", HK),
        ("AAPL", US),
        ("0700", US),
        ("6000501", US),
        ("", US),
    ],
)
def test_a_bare_code_may_mean(code: str, markets: tuple[int, ...]) -> None:
    assert guess(code) == markets


@pytest.mark.parametrize(
    ("digit", "code", "markets"),
    [
        ("1", "600050", (1,)),
        ("1", "BK0473", (90,)),
        ("1", "bk0473", (90,)),
        ("2", "000338", (0,)),
        ("5", "00700", (116,)),
        ("7", "AAPL", US),
        ("3", "x", ()),
        ("", "600050", ()),
    ],
)
def test_an_old_id_s_last_digit_may_mean(digit: str, code: str, markets: tuple[int, ...]) -> None:
    assert of_legacy(digit, code) == markets


def test_codes_of_stocks_are_in_capitals_and_those_of_futures_as_they_are() -> None:
    assert (spell(106, "nio"), spell(90, "bk0473"), spell(114, "m2205"), spell(999, "x")) == (
        "NIO",
        "BK0473",
        "m2205",
        "x",
    )

"""Codes and markets as readers write them."""

import pytest
from kline.references import NEWS, PIFM, one


def test_an_unknown_market_stays_usable() -> None:
    kline = one(f'<img src="{NEWS.format("777.ABC")}">')
    assert (kline.secid, kline.exchange, kline.symbol) == ("777.ABC", "", "777.ABC")


@pytest.mark.parametrize(
    "said",
    [
        f'src="{NEWS.format("106.BRK.A")}"',
        f'src="{NEWS.format("")}" data-code="K BRK.A|106|7"',
        f'src="{NEWS.format("")}" alt="K图 BRK.A_106" data-code="K BRK_A|106|7"',
    ],
)
def test_a_class_of_shares_may_stand_behind_a_full_stop(said: str) -> None:
    kline = one(f'<a href="http://quote.eastmoney.com/unify/r/106.BRK.A"><img {said}></a>')
    assert (kline.secid, len(kline.conflicts)) == ("106.BRK_A", 0)


@pytest.mark.parametrize(
    ("code", "exchange"), [("920002", "BJ"), ("430047", "BJ"), ("833171", "BJ"), ("300750", "SZ"), ("399001", "SZ")]
)
def test_beijing_shares_shenzhens_number(code: str, exchange: str) -> None:
    assert one(f'<img src="{NEWS.format(f"0.{code}")}">').symbol == f"{code}.{exchange}"


def test_an_id_of_no_known_form_says_nothing() -> None:
    assert one(f'<img src="http://{PIFM}?id=6000509" data-code="K 600050|1|1">').evidence == "data-code"

"""Bars are invented from the secid, the same in every process, and given as they are asked for."""

import json

import pytest
from world import Client

from crawler.demo.klines import FIRST_DAY, LAST_DAY, daily

KLINE = "https://push2his.eastmoney.com/api/qt/stock/kline/get"


def klines(client: Client, query: str) -> list[list[str]]:
    data = json.loads(client.get(f"{KLINE}?secid=1.600050&{query}").body)["data"]
    return [row.split(",") for row in data["klines"]]


def test_klines_obey_beg_end_and_lmt(client: Client):
    rows = klines(client, "klt=101&beg=20220110&end=20220114")
    assert [row[0] for row in rows] == [f"2022-01-{day}" for day in (10, 11, 12, 13, 14)]
    for _, opened, close, high, low, _ in rows:
        assert float(low) <= min(float(opened), float(close)) <= max(float(opened), float(close)) <= float(high)
    last = klines(client, "klt=101&end=20220114&lmt=3")
    assert last == rows[-3:]
    assert klines(client, "klt=101&end=19990101") == []
    assert klines(client, "klt=101&lmt=0") == []


@pytest.mark.parametrize(
    "query", ["secid=1.999999&klt=101", "", "secid=1.600050&klt=7", "secid=1.600050&klt=101&lmt=x"]
)
def test_nothing_for_what_is_not_known(client: Client, query: str):
    reply = json.loads(client.get(f"{KLINE}?{query}").body)
    assert reply["data"] is None
    assert reply["rc"] != 0


def test_there_is_a_bar_for_every_weekday_and_none_is_empty() -> None:
    bars = daily("1.600050")
    assert (bars[0].when, bars[-1].when) == (FIRST_DAY.isoformat(), LAST_DAY.isoformat())
    assert len(bars) == 5 * 156 + 2
    assert all(0 < bar.low <= min(bar.open, bar.close) <= max(bar.open, bar.close) <= bar.high for bar in bars)
    assert daily("0.009036") != bars

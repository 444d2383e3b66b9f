"""Historical bars: the address asked, every reply read, every trouble told apart."""

import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pictures.prices import Bar, NoPrices, Prices, prices_url, read_prices

LINES = [
    "2022-01-13,3.94,3.92,3.97,3.90,1000000,392000000.00,1.78,-0.51,-0.02,0.32",
    "2022-01-14,3.93,3.95,3.96,3.91,900000",
]


def reply(**data: Any) -> bytes:
    found = {"code": "600050", "market": 1, "name": "中国联通", "decimal": 2, "klines": LINES, **data}
    return json.dumps({"rc": 0, "rt": 17, "data": found}, ensure_ascii=False).encode()


def test_the_address() -> None:
    url = urlsplit(prices_url("1.600050", date(2022, 1, 14), 79))
    assert f"{url.scheme}://{url.netloc}{url.path}" == "https://push2his.eastmoney.com/api/qt/stock/kline/get"
    assert {name: values[0] for name, values in parse_qs(url.query).items()} == {
        "secid": "1.600050",
        "fields1": "f1,f2,f3,f4,f5,f6",
        "fields2": "f51,f52,f53,f54,f55,f56",
        "klt": "101",
        "fqt": "0",
        "end": "20220114",
        "lmt": "79",
    }
    with pytest.raises(ValueError, match="secid"):
        prices_url("1.600050&x=1", date(2022, 1, 14), 79)


@pytest.mark.parametrize("wrap", ["{}", "jQuery1_2({});", "\ufeff{}", " cb.x( {} ) \n"])
def test_close_stands_before_high_and_low(wrap: str) -> None:
    history = read_prices(wrap.replace("{}", reply().decode()).encode())
    assert history == Prices(
        "600050",
        1,
        "中国联通",
        2,
        (
            Bar(date(2022, 1, 13), open=3.94, close=3.92, high=3.97, low=3.90, volume=1_000_000),
            Bar(date(2022, 1, 14), open=3.93, close=3.95, high=3.96, low=3.91, volume=900_000),
        ),
    )
    assert [bar.day.day for bar in history.until(date(2022, 1, 13)).bars] == [13]


@pytest.mark.parametrize(
    ("data", "lack"),
    [
        (b"", "blocked"),
        (
            b'{"code":403,"message":"\xe8\xae\xbf\xe9\x97\xae\xe8\xbf\x87\xe4\xba\x8e\xe9\xa2\x91\xe7\xb9\x81","data":null}',
            "blocked",
        ),
        (b'{"code":"429"}', "blocked"),
        (b'{"rc":0,"data":null}', "unknown"),
        (b'cb({"rc":100,"rt":17,"data":null});', "unknown"),
        (reply(klines=[]), "empty"),
        (reply(klines=None), "empty"),
        (reply().replace(b'"rc": 0', b'"rc": 102'), "failed"),
        (b"<html>404</html>", "junk"),
        (b"[]", "junk"),
        (b"[" * 100_000, "junk"),
        (b"\xff\xfe\x00", "junk"),
        (b'{"a":1}', "junk"),
        (b'{"rc":0,"data":[]}', "junk"),
        (b'{"rc":0,"data":{}}', "junk"),
        (reply(klines=["2022-01-13,1,2"]), "junk"),
        (reply(klines=["13.1.2022,3.94,3.92,3.97,3.90,1"]), "junk"),
        (reply(klines=["2022-01-13,nan,3.92,3.97,3.90,1"]), "junk"),
        (reply(klines=["2022-01-13,1e300,1e301,1e302,1,1"]), "junk"),
        (reply(klines=["2022-01-13,3.94,3.98,3.97,3.90,1"]), "junk"),
        (reply(klines=["2022-01-13,3.94,3.92,3.97,3.90,-1"]), "junk"),
        (reply(klines=[1, 2]), "junk"),
        (reply(klines=LINES[::-1]), "junk"),
        (reply(klines=LINES[:1] * 2), "junk"),
        (reply(decimal="x"), "junk"),
    ],
)
def test_trouble_is_told_apart(data: bytes, lack: str) -> None:
    with pytest.raises(NoPrices) as caught:
        read_prices(data)
    assert caught.value.lack == lack
    assert str(caught.value).startswith(f"{lack}: ")
    assert len(str(caught.value)) < 250


def test_names_are_made_safe_to_draw() -> None:
    assert read_prices(reply(name="a\0b\n" + "长" * 99)).name == "ab" + "长" * 38


KEYS = st.sampled_from(["rc", "data", "klines", "code", "decimal", "name", "market"])
SCALARS = st.none() | st.integers() | st.text(max_size=3)
REPLIES = st.recursive(SCALARS, lambda v: st.lists(v, max_size=3) | st.dictionaries(KEYS, v, max_size=5))


@given(st.binary(max_size=50) | REPLIES.map(lambda value: json.dumps(value).encode()))
def test_any_reply(data: bytes) -> None:
    with pytest.raises(NoPrices):
        read_prices(data)

"""A security by symbol, secid or name, and the nearest of one that is not there."""

import shutil
from pathlib import Path

import pytest
from data.samples import post, stored

from crawler.data.stocks import secids_meant, symbol_of
from crawler.search.finder import Finder

KNOWN = {
    ("1.600050", "中国联通"),
    ("1.600050", "联通"),
    ("116.00700", "腾讯控股"),
    ("105.AAPL", ""),
    ("999.X1", "某某"),
}


def finder(output: Path) -> Finder:
    return Finder(output, f"sqlite:///{output / 'state' / 'ledger.sqlite'}", print)


@pytest.mark.parametrize("ledger", ["there", "lost", "of others"])
def test_a_stock_by_symbol_secid_and_name_and_the_nearest_of_one_that_is_not_there(ledger: str, tmp_path: Path) -> None:
    link = '<p><a href="http://quote.eastmoney.com/sh600519.html">贵州茅台</a></p>'
    stored(tmp_path, post(1), post(2, body=link))
    if ledger != "there":
        shutil.rmtree(tmp_path / "state")
    if ledger == "of others":
        stored(tmp_path, post(3, body="<p>3</p>"))
    data = finder(tmp_path)
    for spelled in ("600050", "600050.SH", "sh600050", "1.600050"):
        assert data.secids_meant(spelled) == {"1.600050"}
    assert data.secids_meant("贵州茅台") == {"1.600519"}
    for wrong, near in {"600056": "600050.SH", "贵州茅": r"贵州茅台 \(600519.SH\)", "600519.SZ": "600519.SH"}.items():
        with pytest.raises(ValueError, match=f"{wrong}: did you mean .*{near}"):
            data.secids_meant(wrong)


def test_of_codes_that_are_as_like_the_one_that_begins_like_it_is_nearest(tmp_path: Path) -> None:
    link = '<p><a href="http://quote.eastmoney.com/sh609001.html">云岭电气</a></p>'
    stored(tmp_path, post(1), post(2, body=link))
    with pytest.raises(ValueError, match=r"did you mean .*600050.SH"):
        finder(tmp_path).secids_meant("600051")


@pytest.mark.parametrize(
    ("spelled", "secid"),
    [
        (" 联通 ", "1.600050"),
        ("６０００５０", "1.600050"),
        ("sh600050", "1.600050"),
        ("00700.HK", "116.00700"),
        ("aapl", "105.AAPL"),
        ("某某", "999.X1"),
    ],
)
def test_any_name_or_spelling_is_known(spelled: str, secid: str) -> None:
    assert secids_meant(spelled, KNOWN) == {secid}


def test_one_name_may_mean_several() -> None:
    assert secids_meant("平安", [("1.601318", "平安"), ("116.02318", "平安"), ("0.000001", "平安银行")]) == {
        "1.601318",
        "116.02318",
    }


@pytest.mark.parametrize("spelled", ["", " ", "x" * 500])
def test_what_is_none_is_told_and_not_at_length(spelled: str) -> None:
    with pytest.raises(ValueError, match="no article is about") as told:
        secids_meant(spelled, KNOWN)
    assert len(str(told.value)) < 300


def test_a_symbol_where_the_market_is_known() -> None:
    assert [symbol_of(secid) for secid in ("1.600050", "116.00700", "999.X1")] == ["600050.SH", "00700.HK", "999.X1"]

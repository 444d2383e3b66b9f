import re

import pytest

from crawler import columns
from crawler.columns import COLUMNS, column_url, named, rolling_script_url, rolling_url, security_url, static_url
from crawler.sites import is_promised
from crawler.urls import urlsplit


@pytest.mark.parametrize("name", ["cgnjj", "350", "国内经济", " CGNJJ "])
def test_a_column_goes_by_slug_number_and_chinese_name(name):
    assert named(name).slug == "cgnjj"


@pytest.mark.parametrize("name", ["7x24", "7X24", "7×24"])
def test_the_rolling_list_is_asked_for_like_a_column(name):
    assert named(name) is None


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("cgnj", r"cgnjj \(国内经济\)"),
        ("35", "35"),
        ("国内经", "国内经济"),
        ("7*24", "7x24"),
        ("", "mean"),
        ("…", "mean"),
    ],
)
def test_an_unknown_column_is_told_with_the_nearest(name, near):
    with pytest.raises(ValueError, match=near):
        named(name)


def test_no_two_columns_share_a_name():
    names = [str(name) for column in COLUMNS for name in column[:3]]
    assert len(names) == len(set(names)) == len(COLUMNS) * 3
    assert all(re.fullmatch(r"c[a-z]+", column.slug) for column in COLUMNS)


def test_every_address_is_at_a_known_host():
    column = named("cggyw")
    urls = [column_url(column, 3, 20), static_url(column), static_url(column, 2), security_url("1.600519", 2)]
    urls += [rolling_url("1642136566123"), rolling_script_url(2)]
    assert {urlsplit(url).hostname for url in urls} <= {*columns.HOSTS}
    assert [url for url in urls if not is_promised(url) and "/a/" not in url] == []
    assert "column=532" in urls[0]
    assert "order=2" in urls[0]
    assert "page_index=3&page_size=20&req_trace=1" in urls[0]
    assert urls[1:3] == ["https://hk.eastmoney.com/a/cggyw.html", "https://hk.eastmoney.com/a/cggyw_2.html"]
    assert "mTypeAndCode=1.600519&pageSize=200&pageIndex=2" in urls[3]
    assert "sortEnd=1642136566123&pageSize=200&req_trace=1" in urls[4]
    assert urls[5].endswith("/kuaixun/v1/getlist_102_ajaxResult_50_2_.html")

"""What lists say beside their articles: times, readers' columns, sizes, cursors."""

import json
from typing import Any

import pytest

from crawler.pages import Unreadable
from crawler.pages.eastmoney.list_paging import Paging, paging, shown

ID, TIME = "202201142248170578", "2022-01-14 13:02:46"
CODE = "20190124053117311720040"
ITEM = {"code": ID, "title": "题", "showTime": TIME}
READER = {"code": CODE, "Np_dst": "CFH", "title": "x", "showTime": "2019-01-24 05:31:17"}
ENDS = {"page_size": 20, "totle_hits": 5000}


def data(*items: Any, **fields: Any) -> str:
    return json.dumps({"code": "1", "data": {"list": items} | fields})


REPLIES = {
    "column": (data(ITEM, READER, **ENDS), Paging({ID: TIME}, {CODE: "2019-01-24 05:31:17"}, 2, 20, 5000)),
    "numbers as texts": (data(ITEM, page_size="20", total_hits="31"), Paging({ID: TIME}, {}, 1, 20, 31)),
    "no numbers": (data(ITEM, page_size=None, totle_hits="-"), Paging({ID: TIME}, {}, 1)),
    "of no kind we know": (data(ITEM | {"Np_dst": "XYZ"}), Paging({}, {}, 1, others=("XYZ: 题",))),
    "without a code": (data({"Np_dst": "CMS", "code": ID[:-2], "title": "x"}), Paging({}, {}, 1, unread=("CMS: x",))),
    "numbered": (data(ITEM, page_index=2), Paging({ID: TIME}, {}, 1, number=2)),
    "in small letters": (data(ITEM | {"np_dst": "cms"}), Paging({ID: TIME}, {}, 1)),
    "a report": (data({"code": "AP202201141540123456", "title": "x"}), Paging({}, {}, 1, others=("of no kind: x",))),
    "no time": (data({"code": ID, "title": "题"}), Paging({ID: None}, {}, 1)),
    "nothing": (data(), Paging({}, {})),
    "nothing, as a text": (json.dumps({"data": {"list": "[Null]"}}), Paging({}, {})),
    "security": (
        json.dumps(
            {"code": 1, "data": {"list": [{"Art_Code": ID, "Art_ShowTime": TIME}, READER | {"Art_Code": CODE}]}}
        ),
        Paging({ID: TIME}, {CODE: "2019-01-24 05:31:17"}, 2),
    ),
    "rolling": (
        json.dumps({"data": {"sortEnd": "16421", "fastNewsList": [ITEM | {"realSort": "16422"}]}}),
        Paging({ID: TIME}, {}, 1, cursor="16421"),
    ),
    "rolling, by its last item": (
        json.dumps({"data": {"fastNewsList": [ITEM | {"realSort": 16422}]}}),
        Paging({ID: TIME}, {}, 1, cursor="16422"),
    ),
    "rolling, at its end": (json.dumps({"data": {"sortEnd": "", "fastNewsList": []}}), Paging({}, {}, cursor="")),
    "script": (
        f"var ajaxResult={json.dumps({'rc': 1, 'LivesList': [{'newsid': ID, 'showtime': TIME}]})}",
        Paging({ID: TIME}, {}, 1),
    ),
}


@pytest.mark.parametrize("name", REPLIES)
def test_replies(name: str) -> None:
    text, wanted = REPLIES[name]
    assert paging("list-api", text) == wanted


@pytest.mark.parametrize("text", ["<p>x</p>", '{"code":"1","data":null}', '{"data":{"list":"x"}}', "[]", '{"x":1}'])
def test_what_is_no_list(text: str) -> None:
    with pytest.raises(Unreadable):
        paging("list-api", text)


def static(*items: tuple[str, str]) -> str:
    rows = "".join(
        f'<li><p class="title"><a href="https://finance.eastmoney.com/a/{code}.html">题</a></p>'
        f'<p class="info" title="x">…</p><p class="time">{time}</p></li>'
        for code, time in items
    )
    return f'<ul id="newsListContent"><p class="time">2001年01月01日 00:00</p>{rows}</ul><p class="time">01月02日 03:04</p>'


def test_static_pages() -> None:
    text = static((ID, "2022年01月14日 13:02"), ("202201142248170579", "01月14日 13:01"), ("202201142248170580", ""))
    wanted = {ID: "2022-01-14 13:02:00", "202201142248170579": "2022-01-14 13:01:00", "202201142248170580": None}
    assert paging("list-page", text) == Paging(wanted, {}, 3)
    assert paging("list-page", "<p>x</p>") == Paging({}, {})


SPELLED = {
    ("202112312240000001", "01月01日 00:10"): "2022-01-01 00:10:00",
    ("202201012240000001", "12月31日 23:59"): "2021-12-31 23:59:00",
    ("202201012240000001", " 12-31 23:59 "): "2021-12-31 23:59:00",
    ("202402282240000001", "02月29日 00:01"): "2024-02-29 00:01:00",
    ("202202282240000001", "02月29日 00:01"): None,
    ("202206142240000001", "06月14日 17:56"): "2022-06-14 17:56:00",
    ("202206142240000001", "06月14日 27:56"): None,
    ("202206142240000001", "2026/09/19 01:09:08"): "2026-09-19 01:09:08",
    ("202299992240000001", "06月14日 17:56"): None,
    ("202206142240000001", "今天 16:25"): None,
}


@pytest.mark.parametrize(("code", "text"), SPELLED)
def test_times_without_a_year_are_of_the_year_nearest_to_the_code_s_day(code: str, text: str) -> None:
    assert shown(code, text) == SPELLED[code, text]

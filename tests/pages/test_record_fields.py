"""Fields of records, whatever a database or a crawler made of their values."""

import json

import pytest

from crawler.pages.record_fields import fields_of, texts_in, unfolded


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ({"Title": "题", "URL": "http://a.cn/"}, {"title": "题", "url": "http://a.cn/"}),
        ({"data": {"title": "内"}, "title": "外"}, {"title": "外"}),
        ({"metadata": {"source": "甲报"}}, {"source": "甲报"}),
        ({"time": {"$date": {"$numberLong": "1642136566000"}}}, {"time": "1642136566000"}),
        ({"text": ["<p>一</p>", "<p>二</p>"]}, {"text": "<p>一</p><p>二</p>"}),
        ({"text": ["一", "二"]}, {"text": "一\n二"}),
        ({"title": "<![CDATA[题]]>", "text": " <![CDATA[<p>一</p>]]>\n"}, {"title": "题", "text": "<p>一</p>"}),
        ({"text": "<![CDATA[<p>一</p>"}, {"text": "<![CDATA[<p>一</p>"}),
        (
            {"pictures": ["http://a.cn/1.jpg", "http://a.cn/2.jpg"]},
            {"pictures": ["http://a.cn/1.jpg", "http://a.cn/2.jpg"]},
        ),
        ({"link": ["http://a.cn/1.html"]}, {"link": "http://a.cn/1.html"}),
        ({"tags": [], "ids": [1, 2]}, {"tags": [], "ids": [1, 2]}),
        ("no record", {}),
        (["a"], {}),
    ],
)
def test_fields(record: object, fields: dict[str, object]) -> None:
    found = fields_of(record)
    assert {name: found[name] for name in fields} == fields
    assert bool(found) == bool(fields)


ROWS = [{"url": "http://a.cn/1", "title": "甲"}, {"url": "http://a.cn/2", "title": "乙"}]


@pytest.mark.parametrize(
    "table",
    [
        {"columns": ["url", "title"], "index": [0, 1], "data": [list(row.values()) for row in ROWS]},
        {name: {str(n): row[name] for n, row in enumerate(ROWS)} for name in ROWS[0]},
        {name: [row[name] for row in ROWS] for name in ROWS[0]},
        json.dumps(ROWS),
    ],
)
def test_a_table_is_its_rows(table: object) -> None:
    assert unfolded(table) == ROWS


@pytest.mark.parametrize(
    "value", [{}, [], "[图片]说明", "{", {"url": "http://a.cn/", "title": ["甲"]}, {"a": [1], "b": [2]}]
)
def test_what_is_no_table_is_left(value: object) -> None:
    assert unfolded(value) == value


def test_texts_with_the_names_of_their_fields() -> None:
    assert [*texts_in({"Body": ["一", {"x": "二"}], "n": 1})] == [("body", "一"), ("x", "二")]


def test_what_is_too_deep_is_left() -> None:
    value: object = "深"
    for _ in range(5000):
        value = [value]
    assert [*texts_in(value)] == []

"""The forms of an export are those that the page tells, with their fields; a name or a suffix tells which is meant."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from forked_scrapy import ROOT

from crawler.data.article import FIELDS, ArchivedArticle, Mention, row
from crawler.data.forms import FORMS, form_of, parquet, writer

DOCS = (ROOT / "docs" / "export.md").read_text("utf-8")


def told(title: str) -> list[tuple[str, str]]:
    """Fields and types in the page's table below these words."""
    rows = re.findall(
        r"^\| `(\w+)` \| ([\w ]+) \|", DOCS.partition(title)[2].partition("\n\n")[2].partition("\n\n")[0], re.MULTILINE
    )
    assert rows
    return rows


JSON_TYPES: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: type(value) is int,
    "time": lambda value: bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", value)),
    "null": lambda value: value is None,
    "list of objects": lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    "list of strings": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
}
TIME = pa.timestamp("us", tz="Asia/Shanghai")
PARQUET_TYPES = {
    "string": pa.string(),
    "integer": pa.int32(),
    "time": TIME,
    "list of strings": pa.list_(pa.string()),
}


def test_the_page_tells_the_fields_their_order_and_types(articles: list[ArchivedArticle]) -> None:
    fields, of_securities = told("In this order"), told("Each of the `securities` has")
    assert tuple(name for name, _ in fields) == FIELDS == tuple(parquet.SCHEMA.names)
    assert tuple(name for name, _ in of_securities) == Mention._fields
    for name, types in fields:
        kinds = types.split(" or ")
        assert all(any(JSON_TYPES[kind](row(one)[name]) for kind in kinds) for one in articles), name
        if name != "securities":
            assert parquet.SCHEMA.field(name).type == PARQUET_TYPES[kinds[0]], name
    for name, types in of_securities:
        values = [one[name] for article in articles for one in row(article)["securities"]]
        assert values
        assert all(any(JSON_TYPES[kind](value) for kind in types.split(" or ")) for value in values), name
        of_parquet = parquet.SCHEMA.field("securities").type.value_type.field(name).type
        assert of_parquet == PARQUET_TYPES[types.split(" or ")[0]], name
    assert set(FORMS) == {
        name for name, _ in re.findall(r"^\| `(\w+)` \| ([^|]+) \|", DOCS.partition("## Fields")[0], re.MULTILINE)
    }


def test_the_suffix_tells_the_form_where_nothing_else_does() -> None:
    assert [form_of(None, name) for name in ("a.csv", "a.PARQUET", "a", "-", "a.obsidian")] == [
        "csv", "parquet", "jsonl", "jsonl", "obsidian",
    ]  # fmt: skip
    for name, file in {"cvs": "a", "hugo": "-"}.items():
        with pytest.raises(ValueError, match=f"--as {name}"):
            form_of(name, file)


def test_a_form_whose_package_is_missing_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    monkeypatch.delitem(__import__("sys").modules, "crawler.data.forms.parquet")
    with pytest.raises(ValueError, match=r"pip install 'finews-crawler\[parquet\]'"):
        writer("parquet")


def test_the_same_articles_give_the_same_bytes(articles: list[ArchivedArticle]) -> None:
    for form in ("jsonl", "csv", "parquet"):
        files = [io.BytesIO(), io.BytesIO()]
        for file in files:
            writer(form)(articles, file)
        assert files[0].getvalue() == files[1].getvalue()
    assert articles[0].first_seen is not None
    assert articles[0].first_seen <= datetime.now(UTC)

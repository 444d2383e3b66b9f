"""What an export writes, read back by each form's own library, and held to the page that tells it."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import frontmatter
import pandas as pd
import pyarrow as pa
import pytest
from data.samples import POST, post, stored
from forked_scrapy import ROOT
from pyarrow import parquet as read_parquet

from crawler.data.article import FIELDS, ArchivedArticle, Mention, row
from crawler.data.forms import FORMS, form_of, jsonl, note_of, parquet, table, writer
from crawler.data.forms.notes import markdown
from crawler.data.target import put_folder
from crawler.items import Security

DOCS = (ROOT / "docs" / "export.md").read_text("utf-8")


@pytest.fixture
def articles(tmp_path: Path) -> list[ArchivedArticle]:
    odd = post(2, title='=1+1 "引号", 逗号', body="<p>\t一\n</p><p>二</p>", tag="@甲 报新闻")
    flash = post(
        3, kind="emnews", category="emnews", tag="东财滚动新闻", digest="摘 &lt;要&gt;", body="", origin="none"
    )
    listed = {POST.code: Security("116.00700", "list", "腾讯控股")}
    return list(stored(tmp_path / "out", POST, odd, flash, listed=listed).articles())


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


def test_json_lines_are_what_the_articles_are(articles: list[ArchivedArticle]) -> None:
    file = io.BytesIO()
    jsonl.write(articles, file)
    assert [json.loads(line) for line in file.getvalue().splitlines()] == list(map(row, articles))


def test_csv_opens_in_spreadsheets_and_calculates_nothing(articles: list[ArchivedArticle]) -> None:
    file = io.BytesIO()
    table.write(articles, file)
    assert file.getvalue().startswith(b"\xef\xbb\xbfcode,title")
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline="")))
    assert [tuple(one) for one in rows] == [FIELDS] * len(articles)
    for found, article in zip(rows, map(row, articles), strict=True):
        for name, value in article.items():
            if isinstance(value, list):
                assert json.loads(found[name]) == value
            else:
                text = "" if value is None else str(value)
                assert found[name] == (f"'{text}" if text[:1] in "=+-@\t" and text else text), name
    assert any(cell.startswith("'=1+1") for one in rows for cell in one.values())
    file.seek(0)
    assert pd.read_csv(file, dtype=str)["code"].tolist() == [one.code for one in articles]


def test_parquet_is_read_by_duckdb_and_pandas(articles: list[ArchivedArticle], tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    with path.open("wb") as file:
        parquet.write(articles, file)
    found = read_parquet.read_table(path).to_pylist()
    as_written = [{name: getattr(one, name) for name in FIELDS} for one in articles]
    for one in as_written:
        one |= {"securities": [mention._asdict() for mention in one["securities"]]}
        one |= {name: list(one[name]) for name in ("pictures", "same_as")}
    assert found == as_written
    frame = pd.read_parquet(path)
    assert frame["published"].tolist() == [one.published for one in articles]
    assert [list(names) for names in frame["pictures"]] == [list(one.pictures) for one in articles]
    query = "SELECT code, epoch(published), len(securities), version FROM read_parquet(?) ORDER BY code"
    assert duckdb.execute(query, [str(path)]).fetchall() == sorted(
        (one.code, one.published.timestamp(), len(one.securities), one.version) for one in articles
    )


KEYS = {"obsidian": ["title", "published", "source", "tags"], "hugo": ["title", "date", "categories", "tags"]}


@pytest.mark.parametrize("form", KEYS)
def test_notes_have_the_front_matter_of_their_tool(form: str, articles: list[ArchivedArticle], tmp_path: Path) -> None:
    put_folder(str(tmp_path / "notes"), articles, note_of(form))
    files = sorted((tmp_path / "notes").glob("*.md"))
    assert [path.name for path in files] == [f"{one.published:%Y-%m-%d}-{one.code}.md" for one in articles]
    for path, article in zip(files, articles, strict=True):
        note = frontmatter.loads(path.read_text("utf-8"))
        assert list(note.metadata) == KEYS[form]
        assert note["title"] == article.title
        assert datetime.fromisoformat(note[KEYS[form][1]]) == article.published
        assert isinstance(note["tags"], list)
        assert not any(re.search(r"\s", tag) for tag in note["tags"])
    assert "一\xa0段" in files[2].read_text("utf-8")
    assert "> 摘 \\<要\\>" in files[1].read_text("utf-8")


@pytest.mark.parametrize(("markup", "text"), [
    ("<p>一</p><p>二<strong>粗</strong></p>", "一\n\n二**粗**"),
    ("<p># 1 &lt;script&gt; *</p>", "\\# 1 \\<script\\> \\*"),
    ("<p>&#123;{&lt; x &gt;}} 涨$5到$6 %%x%%</p>", "{&#123;\\< x \\>}} 涨\\$5到\\$6 %&#37;x%&#37;"),
    ('<img src="/a b(1).png" alt="x"/><a href="http://h/(x">y</a>', "![x](/a%20b%281%29.png)[y](http://h/%28x)"),
    ("文<strong>标题：</strong>文<b>“引”</b>文<i>（</i>文", "文**标题**：文“**引**”文（文"),
    ("<b>一<i>二</i>。</b><em> 三</em>四", "**一二**。 三四"),
    ('<b><span>一</span><!-- c --></b><b><a href="/x">二</a></b><b> <br/>三</b>', "**一**[二](/x)   \n**三**"),
    ("<b>一</b><b>二</b><b><p>三</p><p>四</p></b>", "**一二**\n\n三\n\n四"),
    ("<strong><p>一。</p></strong><b>。</b>二", "**一**。\n\n。二"),
    ("<script>x</script><!-- c --><p>.html</p>", ".html"),
])  # fmt: skip
def test_bodies_as_markdown(markup: str, text: str) -> None:
    assert markdown(markup) == text


@pytest.mark.parametrize("tag", ["b", "div", "li"])
def test_what_lies_deep_keeps_its_text_and_its_pictures(tag: str) -> None:
    text = markdown(f"<p>前</p>{f'<{tag}>' * 5_000}中文<br>后<img src='http://x/1.png'>{f'</{tag}>' * 5_000}<p>末</p>")
    assert re.findall(r"[前中文后末]|1\.png", text) == ["前", "中", "文", "后", "1.png", "末"]


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

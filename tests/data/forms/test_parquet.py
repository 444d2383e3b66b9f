"""Parquet is read by duckdb and pandas, with its types."""

import io
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
from pyarrow import parquet as read_parquet

from crawler.data.article import FIELDS, ArchivedArticle
from crawler.data.forms import parquet


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


def test_many_articles_are_in_groups_and_an_export_of_none_has_its_columns(articles: list[ArchivedArticle]) -> None:
    for number in (0, 1, 2 * parquet.ROWS_AT_ONCE + 1):
        file = io.BytesIO()
        parquet.write((replace(articles[0], code=f"{n}") for n in range(number)), file)
        found = read_parquet.ParquetFile(file)
        assert tuple(found.schema_arrow.names) == FIELDS
        assert found.read()["code"].to_pylist() == [f"{n}" for n in range(number)]
        assert found.num_row_groups == -(-number // parquet.ROWS_AT_ONCE)

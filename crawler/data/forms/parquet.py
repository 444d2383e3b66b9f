"""Parquet, by pyarrow: times with their zone, lists as lists."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import BinaryIO, Final

import pyarrow as pa
from pyarrow import json, parquet

from crawler.data.article import FIELDS, ArchivedArticle
from crawler.data.forms import jsonl

ROWS_AT_ONCE: Final = 200
"""Bodies may be long, and several copies of each are made."""
_TIME = pa.timestamp("us", tz="Asia/Shanghai")
_SECURITY = pa.struct(
    [(name, pa.string()) for name in ("secid", "symbol", "exchange", "name", "how")] + [("position", pa.int32())]
)
_TYPES = {
    "published": _TIME,
    "first_seen": _TIME,
    "securities": pa.list_(_SECURITY),
    "pictures": pa.list_(pa.string()),
    "same_as": pa.list_(pa.string()),
    "version": pa.int32(),
}
_SHORT = frozenset({"code", "published", "first_seen", "medium", "category", "origin", "version"})
SCHEMA: Final = pa.schema([(name, _TYPES.get(name, pa.string())) for name in FIELDS])


def write(articles: Iterable[ArchivedArticle], file: BinaryIO) -> None:
    """Write the articles. Raises OSError."""
    short = [name for name in FIELDS if name in _SHORT]  # of the others the least and the greatest help nobody
    how = {"compression": "zstd", "use_dictionary": short, "write_statistics": short}
    with parquet.ParquetWriter(file, SCHEMA, **how) as table:
        for some in _tables(iter(articles)):
            table.write_table(some, row_group_size=ROWS_AT_ONCE)


def _tables(articles: Iterator[ArchivedArticle]) -> Iterator[pa.Table]:
    """The articles in tables, read from what JSON Lines has of them: to take Python's values pyarrow loads pandas."""
    typed = json.ParseOptions(explicit_schema=SCHEMA, unexpected_field_behavior="error")
    while some := list(islice(articles, ROWS_AT_ONCE)):
        jsonl.write(some, lines := BytesIO())
        whole = json.ReadOptions(use_threads=False, block_size=lines.tell() + 1)
        lines.seek(0)
        yield json.read_json(lines, whole, typed)

"""CSV for spreadsheets: a byte order mark, by which they know UTF-8, and no cell that they would calculate."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from crawler.csv_export import inert
from crawler.data.article import FIELDS, ArchivedArticle, row


def write(articles: Iterable[ArchivedArticle], file: BinaryIO) -> None:
    """Write the articles, lists as JSON. Raises OSError."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        table = csv.writer(text)
        table.writerow(FIELDS)
        for article in articles:
            table.writerow(map(_cell, row(article).values()))
        text.flush()
    finally:
        text.detach()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return inert(value) if isinstance(value, str) else value

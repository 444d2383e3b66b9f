"""CSV opens in spreadsheets, which calculate nothing of it."""

import csv
import io
import json

import pandas as pd

from crawler.data.article import FIELDS, ArchivedArticle, row
from crawler.data.forms import table


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


def test_the_file_stays_open_for_whoever_gave_it(articles: list[ArchivedArticle]) -> None:
    file = io.BytesIO()
    table.write([], file)
    assert file.getvalue() == b"\xef\xbb\xbf" + ",".join(FIELDS).encode() + b"\r\n"
    table.write(articles, file)

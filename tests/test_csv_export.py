"""CSV: no cell that a spreadsheet would calculate."""

import csv
from io import BytesIO

import pytest
from scrapy.utils.project import get_project_settings

from crawler import kline
from crawler.csv_export import InertCsvExporter, inert
from crawler.items import Post

BODY = '<p><img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k"></p>'


@pytest.mark.parametrize("cell", [
    '=HYPERLINK("http://a/")', "+1", "-1+2", "@SUM(1)", " =1", "\t=1", "\t1", "\r\n=1", "\ufeff=1", "\u3000=1", "＝1", "＋1", "－1", "＠x", "|x", "%0",
])  # fmt: skip
def test_a_formula_is_text(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", " ", "涨3%", "1=2", "'=1", "—", "<p>=1</p>", "2022-01-14"])
def test_other_text_stays(cell: str) -> None:
    assert inert(cell) == cell


def test_posts_are_exported_so() -> None:
    post = Post(
        code="NW1", kind="media", title="=1+1", time="2022-01-14 13:02:00", category="-c", tag="@t", link=None,
        digest="+1", body=BODY, klines=kline.find(BODY),
    )  # fmt: skip
    written = BytesIO()
    exporter = InertCsvExporter(written)
    exporter.start_exporting()
    exporter.export_item(post)
    exporter.finish_exporting()
    (row,) = csv.DictReader(written.getvalue().decode("utf-8").splitlines())
    assert (row["title"], row["category"], row["tag"], row["digest"]) == ("'=1+1", "'-c", "'@t", "'+1")
    assert row["body"] == BODY
    assert not [value for value in row.values() if value[:1] in set("=+-@")]


def test_crawls_use_it() -> None:
    assert get_project_settings().getdict("FEED_EXPORTERS")["csv"] == "crawler.csv_export.InertCsvExporter"

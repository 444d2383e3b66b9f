"""Tables: a row is the record that it would be in JSON; what holds articles in an unknown form is told."""

import json
from pathlib import Path

import pytest

from crawler import pages

URL = "http://finance.eastmoney.com/a/202201142248170578.html"
ROW = f'{URL}{{0}}题{{0}}"<p>第一段，""甲""。</p>\r\n<p>第二段。</p>"\r\n'


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("begin", ["", "\ufeff"])
@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x.txt", "x"])
def test_a_table_of_articles(tmp_path: Path, opened, name: str, begin: str, delimiter: str) -> None:
    text = delimiter.join(("url", "title", "content")) + "\r\n" + ROW.format(delimiter) * 2
    (tmp_path / name).write_text(begin + text, newline="")
    found = opened()
    assert not found.skipped
    assert [page.source[-2:] for page in found.pages] == ["!1", "!2"]
    (article,) = pages.read(found.pages[0]).articles
    assert (article.title, article.text) == ("题", '<p>第一段，"甲"。</p>\r\n<p>第二段。</p>')


def test_rows_of_a_list_are_what_they_are_in_json(tmp_path: Path, opened) -> None:
    rows = [("题", text, URL) for text in ("一…", "<p>第一段。</p>")]
    (tmp_path / "x.csv").write_text("新闻标题,新闻内容,新闻链接\n" + "".join(f"{','.join(row)}\n" for row in rows))
    names = ("新闻标题", "新闻内容", "新闻链接")
    lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in rows)
    (tmp_path / "y.jsonl").write_text("\n".join(lines))
    found = opened()
    assert not found.skipped
    read = [pages.read(page) for page in found.pages]
    said = [[(one.code, one.origin, one.title, one.text) for one in content.articles] for content in read]
    assert said[:2] == said[2:]
    assert said[1][0][3] == "<p>第一段。</p>"


@pytest.mark.parametrize("number", ["202201142248170578", "NW202201142248170578"])
@pytest.mark.parametrize("name", ["Art_Code", "newsid", "infoCode"])
def test_a_table_may_name_articles_by_their_numbers(tmp_path: Path, opened, name: str, number: str) -> None:
    (tmp_path / "x.csv").write_text(f"Art_Title,{name},Art_Content\n题,{number},<p>第一段。</p>\n")
    ((page,), ()) = (opened().pages, opened().skipped)
    (article,) = pages.read(page).articles
    assert (article.code, article.title, article.text) == ("202201142248170578", "题", "<p>第一段。</p>")


def test_a_text_that_nobody_quoted_is_told(tmp_path: Path, opened) -> None:
    rows = f"{URL},题,<p>收入1,200亿元。</p>\n{URL},题,<p>第一段。</p>,,\n{URL},题\n"
    (tmp_path / "x.csv").write_text("url,title,content\n" + rows)
    found = opened()
    assert ([page.source[-2:] for page in found.pages], [u.failed for u in found.skipped]) == (["!2", "!3"], [True])


def test_one_that_is_cut_off_is_told(tmp_path: Path, opened) -> None:
    (tmp_path / "x.csv").write_text("url,title,content\r\n" + ROW.format(",") * 2 + ROW.format(",")[:-20])
    found = opened()
    assert (len(found.pages), [u.failed for u in found.skipped]) == (2, [True])


@pytest.mark.parametrize(
    ("name", "text", "failed"),
    [
        ("x.csv", "id,name\n1,甲\n", False),
        ("x.csv", "newsid,name\n148188733789603430,甲\n", False),
        ("x.csv", f"甲,乙\n<p>第一段</p>,{URL}\n", True),
        ("x.sql", f"INSERT INTO a VALUES ('{URL}', '<p>第一段</p>');", True),
        ("x.xml", f"<news><a>{URL}</a><b>{'长' * 100}</b></news>", True),
        ("x.xml", f"<urlset><url><loc>{URL}</loc><title>题</title></url></urlset>", False),
        ("x.log", f"{URL} <p>第一段</p>", False),
        ("x.css", f"/* {URL} <p>第一段</p> */", False),
    ],
)
def test_what_is_told(tmp_path: Path, opened, name: str, text: str, failed: bool) -> None:
    (tmp_path / name).write_text(text)
    found = opened()
    assert [(u.failed, u.reason.startswith("asset")) for u in found.skipped] == [(failed, not failed)]
    assert not found.pages

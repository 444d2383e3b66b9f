"""JSON Lines are what the articles are."""

import io
import json
from dataclasses import replace

from crawler.data.article import FIELDS, ArchivedArticle, row
from crawler.data.forms import jsonl


def test_json_lines_are_what_the_articles_are(articles: list[ArchivedArticle]) -> None:
    file = io.BytesIO()
    jsonl.write(articles, file)
    assert [json.loads(line) for line in file.getvalue().splitlines()] == list(map(row, articles))


def test_a_line_is_an_article_whatever_is_in_it(articles: list[ArchivedArticle]) -> None:
    odd = replace(articles[0], title='一\n"二"\u2028', text="\n\r\0")
    file = io.BytesIO()
    jsonl.write([odd, odd], file)
    assert file.getvalue().count(b"\n") == 2
    (line, _) = file.getvalue().splitlines()
    assert "一" in line.decode(), "readable as it is"
    assert tuple(json.loads(line)) == FIELDS
    jsonl.write([], empty := io.BytesIO())
    assert empty.getvalue() == b""

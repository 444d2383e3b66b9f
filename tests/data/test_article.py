"""The fields that every form has, in the order that was promised."""

import io
import json
from pathlib import Path

from data.samples import POST, stored

from crawler.data.article import FIELDS, ArchivedArticle, row
from crawler.data.forms import jsonl

FIELDS_AS_PROMISED = "code title published first_seen medium category address text html digest securities pictures origin same_as version"


def test_lines_of_json_have_the_fields_in_their_order(tmp_path: Path) -> None:
    assert " ".join(FIELDS) == FIELDS_AS_PROMISED
    data, file = stored(tmp_path, POST), io.BytesIO()
    jsonl.write(data.articles(), file)
    line = json.loads(file.getvalue())
    assert tuple(line) == FIELDS
    assert line["published"] == "2022-01-14T13:02:46+08:00"
    assert line["securities"][0] == {
        "secid": "1.600050", "symbol": "600050.SH", "exchange": "SH", "name": "", "how": "kline",
        "position": POST.body.index("<img"),
    }  # fmt: skip
    assert (line["same_as"], line["version"], file.getvalue().count(b"\n")) == ([], 1, 1)


def test_a_row_is_as_json_has_it(articles: list[ArchivedArticle]) -> None:
    for article in articles:
        told = row(article)
        assert json.loads(json.dumps(told)) == told
        assert told["published"].endswith("+08:00")
        assert told["first_seen"].endswith("+08:00")

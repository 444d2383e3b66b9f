"""Signs that are no tags, end tags that close nothing, values without quotes."""

import time

import pytest
from edit_rows import Rows, check, each

from crawler.body import clean, profile
from crawler.body.rules import tags

ROWS: Rows = {
    "bare-signs": [("x<y。<b>z</b>", "x&lt;y。<b>z</b>"), ("<!a><b>x</b></c>", "&lt;!a><b>x</b>&lt;/c>"), ("1<2<中</b>",) * 2],
    "stray-ends": [("<p>x</p ></p>", "<p>x</p >")],
    "blank-ends": [("<p>x</p ></p>", "<p>x</p></p>")],
    "quoting": [("<p width=50%>", '<p width="50%">'), ('<TD A=1  b=2% c="d">', '<TD A="1"  b="2%" c="d">'), ("<p width=50>", "<p width=50>")],
}  # fmt: skip


@each(tags, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)


@pytest.mark.parametrize("upper", [False, True])
def test_a_table_without_quotes_takes_little_longer_than_one_with_them(upper: bool) -> None:
    row = '<tr height="20"><td width="50%">甲</td><td colspan="2" align="right">1,234</td></tr>'
    table = f'<p>文</p><table border="1" width="100%">{row * 8000}</table>'
    bare = table.replace('"', "").upper() if upper else table.replace('"', "")

    def took(body: str) -> float:
        started = time.process_time()
        assert clean(body, profile("standard")).body.replace('"', "") == bare
        return time.process_time() - started

    whole = min(took(table.upper() if upper else table) for _ in range(3))
    assert min(took(bare) for _ in range(3)) < 3 * whole + 0.05

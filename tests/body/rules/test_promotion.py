"""Advertisements go, with the paragraphs that hold nothing else."""

from edit_rows import Rows, check, each

from crawler.body.rules import promotion

ROWS: Rows = {
    "promotion": [('<p><a href="//acttg.eastmoney.com/x">y</a></p>z', "z"), ('<a class="toplink">x</a>y', "y")],
}  # fmt: skip


@each(promotion, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

"""Pairs of U+3000 go, a single one stays."""

from edit_rows import Rows, check, each

from crawler.body.rules import ideographic_pairs

ROWS: Rows = {
    "pairs": [("　　a　　　b　", "a　b　")],
}  # fmt: skip


@each(ideographic_pairs, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

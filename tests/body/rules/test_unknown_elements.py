"""Tags that HTML does not know go, and what they hold stays."""

from edit_rows import Rows, check, each

from crawler.body.rules import unknown_elements

ROWS: Rows = {
    "unknown-elements": [("<o:p>x</o:p><my-tag>y</my-tag>", "xy"), ("<xml><w:a>x</w:a></xml>", ""), ("<xml>x<br></xml>", "x<br>"), ("<font>x</font>",) * 2],
}  # fmt: skip


@each(unknown_elements, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

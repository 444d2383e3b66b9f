"""Every element is closed, in order; an end tag that closes nothing is left to kramdown's rules."""

from edit_rows import Rows, check, each

from crawler.body.safety import balance

ROWS: Rows = {
    "balance": [("<p>a", "<p>a</p>"), ("<b><i>x</b>", "<b><i>x</i></b>"), ("<p>a<p>b", "<p>a</p><p>b</p>"), ("<p>x</p></p >", "<p>x</p></p >")],
}  # fmt: skip


@each(balance, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

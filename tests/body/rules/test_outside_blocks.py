"""Text beside blocks gets one of its own, blanks between them go."""

from edit_rows import Rows, check, each

from crawler.body.rules import outside_blocks

ROWS: Rows = {
    "loose-text": [("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"), ("a", "a")],
    "blanks": [("<p>a</p>\r\n <p>b</p> ", "<p>a</p><p>b</p>"), ("<p>a <b>c</b> </p>",) * 2,
               (" <p>a</p>\n<!--b--> ", "<p>a</p><!--b-->"), ("<hr /> <p>a</p>", "<hr /><p>a</p>"), *[(kept, kept) for kept in ("<b>a</b> <p>b</p>", "<p>a</p> <b>b</b>", "<div><p>a</p> <p>b</p></div>", "<p>a</p> <br />")]],
}  # fmt: skip


@each(outside_blocks, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

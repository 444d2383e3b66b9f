"""Text outside blocks that Markdown would take for its own gets a block."""

from edit_rows import Rows, check, each

from crawler.body.safety import markdown

ROWS: Rows = {
    "outside-blocks": [("[a](b)", "<p>[a](b)</p>"), ("# a<p>b</p>", "<p># a</p><p>b</p>"), ("a<p>b</p>c", "<p>a</p><p>b</p>c"), ("a\n<p>b</p>", "a\n<p>b</p>"),
        ("<p>a</p>b<!--c--><p>d</p>", "<p>a</p><p>b</p><!--c--><p>d</p>"), ("<b>a<p>b</p></b>", "<div><b>a<p>b</p></b></div>"),
        ("<p>a</p>\n <!--b-->", "<p>a</p>\n<!--b-->"), ("<p>a</p>    <p>b</p>", "<p>a</p><p>b</p>"), ("<p>a</p>\r\n <p>b</p>", "<p>a</p>\r\n <p>b</p>"),
    ],
}  # fmt: skip


@each(markdown, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

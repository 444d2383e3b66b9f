"""Text outside blocks that Markdown would take for its own gets a block."""

import pytest
from edit_rows import Rows, check, each

from crawler.body import clean, profile
from crawler.body.safety import markdown

ROWS: Rows = {
    "outside-blocks": [("[a](b)", "<p>[a](b)</p>"), ("# a<p>b</p>", "<p># a</p><p>b</p>"), ("a<p>b</p>c", "<p>a</p><p>b</p>c"), ("a\n<p>b</p>", "a\n<p>b</p>"),
        ("<p>a</p>b<!--c--><p>d</p>", "<p>a</p><p>b</p><!--c--><p>d</p>"), ("<b>a<p>b</p></b>", "<div><b>a<p>b</p></b></div>"),
        ("<p>a</p>\n <!--b-->", "<p>a</p>\n<!--b-->"), ("<p>a</p>    <p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p>\n   b", "<p>a</p>\n   b"), ("<p>a</p>\r\n <p>b</p>", "<p>a</p>\r\n <p>b</p>"),
    ],
}  # fmt: skip


@each(markdown, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)


@pytest.mark.parametrize("lead", ["", "甲" * 300])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\n    乙<b>丙</b>", "\n<p>乙<b>丙</b></p>"),
        ("\n\t乙", "\n<p>乙</p>"),
        ("\n   乙", "\n   乙"),
        ("</div>[乙](丙)</i>", "<p>[乙](丙)</p>"),
    ],
)
def test_wherever_a_text_stands_that_would_be_code_or_a_link_it_gets_a_block(lead: str, text: str, shown: str) -> None:
    assert clean(f"<p>{lead}</p>{text}", profile("source")).body == f"<p>{lead}</p>{shown}"

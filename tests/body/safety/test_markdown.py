"""Text outside blocks that Markdown would take for its own gets a block."""

import pytest
from edit_rows import Rows, check, each

from crawler.body import clean, profile
from crawler.body.document import Document
from crawler.body.safety import markdown
from crawler.markup import apply

ROWS: Rows = {
    "outside-blocks": [("[a](b)", "<p>[a](b)</p>"), ("# a<p>b</p>", "<p># a</p><p>b</p>"), ("a<p>b</p>c", "<p>a</p><p>b</p>c"), ("a\n<p>b</p>", "a\n<p>b</p>"),
        ("<p>a</p>b<!--c--><p>d</p>", "<p>a</p><p>b</p><!--c--><p>d</p>"), ("<b>a<p>b</p></b>", "<div><b>a<p>b</p></b></div>"),
        ("<p>a</p>\n <!--b-->", "<p>a</p>\n<!--b-->"), ("<p>a</p>    <p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a</p>\n   b", "<p>a</p>\n   b"), ("    <p>a</p>b", "<p>a</p>b"), ("\n\t<p>a</p>b", "\n<p>a</p>b"), ("<p>a</p>\r\n <p>b</p>", "<p>a</p>\r\n <p>b</p>"),
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


def test_what_would_close_a_text_s_new_block_goes_before_it_gets_one() -> None:
    body = "</div>[a](b)</i><p>c</p>"
    assert apply(body, markdown.outside_blocks(Document(body))) == "[a](b)<p>c</p>"


@pytest.mark.parametrize(
    ("body", "has"),
    [
        ("<p>a</p>", False),
        ("<p>a</p>\n<!--b-->", False),
        ("a", True),
        ("<p>a</p><b>c</b>", True),
        ("<p width=5%>a</p>", True),
    ],
)
def test_whether_any_text_is_markdown(body: str, has: bool) -> None:
    assert markdown.has_markdown(Document(body)) == has

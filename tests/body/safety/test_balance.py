"""Every element is closed, in order; an end tag that closes nothing is left to kramdown's rules."""

import pytest
from edit_rows import Rows, check, each

from crawler.body.document import Document
from crawler.body.safety import balance
from crawler.markup import apply

ROWS: Rows = {
    "balance": [("<p>a", "<p>a</p>"), ("<b><i>x</b>", "<b><i>x</i></b>"), ("<p>a<p>b", "<p>a</p><p>b</p>"), ("<p>x</p></p >", "<p>x</p></p >"),
                ("<p/>a", "<p>a</p>"), ("<B>a</b>", "<B>a</B>"), ("<p>a</p x=1>b", "<p>a</p>b"), ("a</b x=1>b", "ab"), ("<li>a<li>b<ul><li>c</ul>", "<li>a</li><li>b<ul><li>c</li></ul></li>"),
                ("<table><tr><td>a<td>b<tr><td>c</table>", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"), ("<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"),
                (f"{'<b>' * 101}a{'</b>' * 101}", f"{'<b>' * 100}a{'</b>' * 100}"), ("<br>a<img>", "<br>a<img>"), ("<b>a</i></b>", "<b>a</i></b>")],
}  # fmt: skip


@each(balance, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)


@pytest.mark.parametrize(
    ("body", "strays", "blanks"),
    [
        ("<p>a</b></p>", "<p>a</p>", "<p>a</b></p>"),
        ("<p>a</p ></p>", "<p>a</p >", "<p>a</p></p>"),
        ("</i><B>a</B\n>", "<B>a</B\n>", "</i><B>a</B>"),
        ("<br></br>", "<br>", "<br></br>"),
        ("<p>a</p>", "<p>a</p>", "<p>a</p>"),
    ],
)
def test_end_tags_that_close_nothing_and_those_with_blanks_are_told_apart(body: str, strays: str, blanks: str) -> None:
    assert apply(body, balance.stray_ends(Document(body))) == strays
    assert apply(body, balance.blank_ends(Document(body))) == blanks

"""Attributes that run go; tags that two readers end differently are written anew."""

from edit_rows import Rows, check, each

from crawler.body.safety import attributes

ROWS: Rows = {
    "attributes": [
        ("<p onclick=a b=c>", "<p b=c>"), ('<p contenteditable="true">', "<p>"), ('<p style="color:red;position:fixed">', '<p style="color:red;">'),
        ('<a href="java&#9;script:x">', "<a>"), ('<p style="scroll-behavior:auto" web="1">', '<p style="scroll-behavior:auto" web="1">'),
    ],
    "unreadable-tags": [('<p a="1"b=2>', '<p a="1" b="2">'), ("<x:y:z>", "&lt;x:y:z>"), ("<p width=50%>", "<p width=50%>")],
}  # fmt: skip


@each(attributes, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

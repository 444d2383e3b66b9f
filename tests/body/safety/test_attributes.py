"""Attributes that run go; tags that two readers end differently are written anew."""

from edit_rows import Rows, check, each

from crawler.body.document import Document
from crawler.body.safety import attributes
from crawler.markup import apply

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


def test_values_get_quotes_where_kramdown_needs_them() -> None:
    """Which is a rule, as an edit: see tests/body/rules/test_tags.py."""
    body = "<p width=50% id='a'><b x=1>"
    assert apply(body, attributes.unquoted_tags(Document(body))) == """<p width="50%" id='a'><b x=1>"""
    (edit,) = [
        attributes.without(tag, one)
        for tag in ["<p a=1 b=2>"]
        for one in Document(tag).attributes(Document(tag).starts[0])
        if one.name == "a"
    ]
    assert apply("<p a=1 b=2>", [edit]) == "<p b=2>"

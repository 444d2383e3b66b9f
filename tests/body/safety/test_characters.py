"""Characters that no file, feed or Liquid can bear."""

from edit_rows import Rows, check, each

from crawler.body.safety import characters

ROWS: Rows = {
    "characters": [("a\x00b\x0bc", "abc"), ("\ud800", "\ufffd"), ("a&#0;b&#x0;&#xD800;", "ab\ufffd"), ("&#39;\t\r\n", "&#39;\t\r\n")],
    "references": [
        ("P&lt0.05，3&times4&nbsp&nbsp元&#215甲&#xd7乙", "P&lt;0.05，3&times;4&nbsp;&nbsp;元&#215;甲&#xd7;乙"), ("AT&ampT，a&lt=b", "AT&amp;T，a&lt;=b"),
        *[(kept, kept) for kept in ("?a=1&copy=2&region=3", '<p title="&nbsp甲">a</p>', "<!--&nbsp-->", "&notin;&lt;&ltimes;&foo", "a & b")],
    ],
    "liquid": [("{{x}}", "&#123;{x}}"), ('<a href="{%x%}">', '<a href="%7B%x%}">'), ("{ {x}", "{ {x}")],
    "edges": [("\ufeff\na", "\na"), ("\r\na\nb\r\n", "\r\na\nb\r\n")],
}  # fmt: skip


@each(characters, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

"""Dangerous elements and odd comments go; a sign of the text stays one."""

from edit_rows import Rows, check, each

from crawler.body.safety import elements

ROWS: Rows = {
    "elements": [
        ("a<script>b</script>c", "ac"), ("<form>x</form>", "x"), ("<svg>x", "x"), ("<iframe>x</iframe>", ""), ("<i>x</i>", "<i>x</i>"), ("a<object>b<object>c</object>d</object>e", "ae"), ("a<svg>b</object>c</svg>d", "ad"), ("<form><p>a</p></form>b</form>", "<p>a</p>b"),
    ],
    "odd-comments": [("<!-->x", "x"), ("<!-- a --!>x", "x"), ("<![CDATA[<p>a</p>]]>", "<p>a</p>"), ("a<![CDATA[b]]>c]]>d<![CDATA[e", "abc]]>de"), ("<?a?>x", "x"), ("x<p", "x"), ("<!-- a -- b -->", "<!-- a -- b -->")],
    "stray-signs": [("1 < 2 <中 <文>", "1 < 2 <中 &lt;文>"), ("x<y=1>", "x&lt;y=1>"), ("<3", "<3")],
}  # fmt: skip


@each(elements, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

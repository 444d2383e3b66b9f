"""What readers see of markup, a paragraph a line, and where its pictures are."""

import pytest

from crawler.data.plain_text import pictures, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("一", "一"),
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<P>一<BR>二<br/>三</P>", "一\n二\n三"),
        ("<div><p></p> <p>\n</p></div>", ""),
        ("<p>一\n<b>二</b>\t三&nbsp;&nbsp;四\u00a0</p>", "一 二 三 四"),
        ("<b>一</b><i>二</i>", "一二"),
        ("<ul><li>一<li>二</ul>末", "一\n二\n末"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><th>3</th></tr></table>", "1 2\n3"),
        ("<script>a</script><style>b</style><!-- c --><p>一</p>", "一"),
        ("5 &lt; 6 &amp;amp; &#20013;", "5 < 6 &amp; 中"),
        ("&lt;p&gt;一&lt;/p&gt;", "<p>一</p>"),
        ("a < b", "a < b"),
    ],
)
def test_what_readers_see(markup: str, text: str) -> None:
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<img src='/a.png'><p><IMG alt=x SRC=b.png>", ["/a.png", "b.png"]),
        ('<img src="http://h/?a=1&amp;b=2">', ["http://h/?a=1&b=2"]),
        ('<img src=""><img src="  "><img alt="x"><img data-src="c.png">', []),
        ('<!-- <img src="d.png"> --><script>"<img src=e.png>"</script><a href="f.png">', []),
        ("<img src=a><img src=a>", ["a", "a"]),
        ("<p>一</img src='g.png'></p>", []),
    ],
)
def test_where_its_pictures_are(markup: str, found: list[str]) -> None:
    assert [*pictures(markup)] == found

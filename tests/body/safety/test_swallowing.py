"""What would swallow the article ends where the article goes on."""

from edit_rows import Rows, check, each

from crawler.body.safety import swallowing

ROWS: Rows = {
    "swallowing": [
        ("<p>a<iframe src=x />b</p><p>c</p>", "<p>a<iframe src=x ></iframe>b</p><p>c</p>"),
        ("a<script src=x />b<br>c", "ab<br>c"), ("a<TITLE>b<p>c</p>", "a<TITLE></title>b<p>c</p>"), ("a<plaintext>b", "ab"),
        ("a<style>b<p>c</p><style>d</style>", "a<p>c</p><style>d</style>"), ("<textarea/><p>a</p><textarea>b</textarea>", "<textarea></textarea><p>a</p><textarea>b</textarea>"),
        ("<script>a='<p>'+b<p>c</p>", "<p>c</p>"), ("a<script>b", "a"), ('<p style="a>b</p><p class="c">d</p>', '<p style="a">b</p><p class="c">d</p>'),
        ("<p>a<a href='x>b</a></p><p>c</p>", "<p>a<a href='x'>b</a></p><p>c</p>"), ('<p>a<img src="x"  alt="y></p><p>b</p>', '<p>a<img src="x"  alt="y"></p><p>b</p>'), *[(kept, kept) for kept in ("<p>a<a href='x", "<p>a<a href=x")],
        ("<p>a<script src=b>产线已经投产的公司。</p>", "<p>a产线已经投产的公司。</p>"), ("<script>a();\n产线已经投产的公司。b", "产线已经投产的公司。b"),
        ("<script>a='产线已经投产的公司。'", ""), ("<script>/*\n产线已经投产的公司。\n*/<p>b</p>", "<p>b</p>"), ("<style>a<p>b</p></style>c", "<p>b</p></style>c"),
        *[(kept, kept) for kept in ("<script/>a</script><p>b</p>", "<script>a='<p>'</script><script>b</script>", "<iframe><p>a</p></iframe>", "<style>a</style>b", '<p title="a>b">c</p>', '<style>@import "a"</style>b', "<script>a='b'</SCRIPT >c", '<iframe>"</iframe>a')],
    ],
}  # fmt: skip


@each(swallowing, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

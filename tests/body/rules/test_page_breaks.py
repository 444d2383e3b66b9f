"""Marks that part a text into pages go, what is written in them and beside them stays."""

from edit_rows import Rows, check, each

from crawler.body.rules import page_breaks

ROWS: Rows = {
    "page-breaks": [
        ("<p>a</p><p>[page]</p><p>b</p>", "<p>a</p><p>b</p>"),
        ('<p>a</p><p style="x">&nbsp; [page] </p><p>b</p>', "<p>a</p><p>b</p>"),
        ("a<br>[page]<br>b", "a<br><br>b"),
        ("[page]<p>a</p>[nextpage]", "<p>a</p>"),
        ("<p>a</p>{pagebreak}<p>b</p>[pagebreak]", "<p>a</p><p>b</p>"),
        ("<p>a[page]b，[page] 是分页的记号</p>", "<p>a[page]b，[page] 是分页的记号</p>"),
        ("<p>a_ueditor_page_break_tag_b</p>_m2o_ueditor_page_break_tag_", "<p>ab</p>"),
        ("<p>一句。#p#分页标题#e#</p>#p#副标题#e##p##e#", "<p>一句。</p>"),
        ("<p>#p#二期工程#e#</p>", "<p>二期工程</p>"),
        ("<p>一句。#p# 二期工程 #e#下一句。</p>", "<p>一句。 二期工程 下一句。</p>"),
        ("<p>[page]二期工程[/page]</p><p>[page]a</p>", "<p>二期工程</p><p>[page]a</p>"),
        ("<p>a</p>[!--empirenews.page--]<p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>[!--empirenews.page--]二期工程[/!--empirenews.page--]</p>", "<p>二期工程</p>"),
        ("<p>#p#ａ：a#e#p#b</p>", "<p>ａ：a p#b</p>"),
        ("<p>a#p#b</p>", "<p>a#p#b</p>"),
    ],
}  # fmt: skip


@each(page_breaks, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

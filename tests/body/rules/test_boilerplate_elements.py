"""Placeholders of quotes and comments go; what holds a text of the article stays."""

from edit_rows import Rows, check, each

from crawler.body.rules import boilerplate_elements

ROWS: Rows = {
    "quotes": [
        ('<span id="quote_1"></span><span id="bkquote_2"></span>', ""),
        ('险<span id="bkquote_4">(<a href="//q.cn/1">行情</a> <a href="//q.cn/2">专区</a>)</span>制', "险制"),
        ('<span id="quote_1.1">（<span class="red"><a href="//q.cn/1">9.87</a></span>, <em>+1.2%</em>）</span>', ""),
        *[(kept, kept) for kept in ('<span id="quote_1">x</span>', '<span id="quote_1">9<b></span></b>', '<span id="quote_1">9<p>1</p></span>')],
    ],
    "comments": [("<!--a--><!-- EM_StockImg_Start -->", "<!-- EM_StockImg_Start -->")],
}  # fmt: skip


@each(boilerplate_elements, ROWS)
def test_row(name: str, given: str, wanted: str) -> None:
    check(name, given, wanted)

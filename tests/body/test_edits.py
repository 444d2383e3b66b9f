"""Each edit alone: a table of what it changes and what it leaves."""

import pytest

from crawler.body.context import BodyEdit, Context
from crawler.body.edits import SAFETY
from crawler.body.rules import RULES
from crawler.markup import apply

BASE = "https://finance.eastmoney.com/a/1.html"
EDITS: dict[str, BodyEdit] = {edit.name: edit.run for edit in SAFETY} | {name: rule.run for name, rule in RULES.items()}
TABLE: dict[str, list[tuple[str, str]]] = {
    "characters": [("a\x00b\x0bc", "abc"), ("\ud800", "\ufffd"), ("&#0;&#xD800;", "\ufffd\ufffd"), ("&#39;\t\r\n", "&#39;\t\r\n")],
    "elements": [
        ("a<script>b</script>c", "ac"), ("<form>x</form>", "x"), ("<svg>x", "x"), ("<iframe>x</iframe>", ""), ("<i>x</i>", "<i>x</i>"),
    ],
    "odd-comments": [("<!-->x", "x"), ("<!-- a --!>x", "x"), ("<?a?>x", "x"), ("x<p", "x"), ("<!-- a -- b -->", "<!-- a -- b -->")],
    "attributes": [
        ("<p onclick=a b=c>", "<p b=c>"), ('<p style="color:red;position:fixed">', '<p style="color:red;">'),
        ('<a href="java&#9;script:x">', "<a>"), ('<p style="scroll-behavior:auto" web="1">', '<p style="scroll-behavior:auto" web="1">'),
    ],
    "unreadable-tags": [('<p a="1"b=2>', '<p a="1" b="2">'), ("<x:y:z>", "&lt;x:y:z>"), ("<p width=50%>", "<p width=50%>")],
    "stray-signs": [("1 < 2 <中", "1 < 2 &lt;中"), ("<3", "<3")],
    "balance": [("<p>a", "<p>a</p>"), ("<b><i>x</b>", "<b><i>x</i></b>"), ("<p>a<p>b", "<p>a</p><p>b</p>"), ("<p>x</p></p >", "<p>x</p></p >")],
    "liquid": [("{{x}}", "&#123;{x}}"), ('<a href="{%x%}">', '<a href="%7B%x%}">'), ("{ {x}", "{ {x}")],
    "outside-blocks": [("[a](b)", "<p>[a](b)</p>"), ("# a<p>b</p>", "<p># a</p><p>b</p>"), ("a<p>b</p>", "a<p>b</p>")],
    "edges": [("\n\r\na\r\n", "a\r\n"), ("a\nb", "a\nb")],
    "pairs": [("　　a　　　b　", "a　b　")],
    "hidden": [('<p style="display:none">x</p>y', "y"), ('<p style="display:block">x</p>', '<p style="display:block">x</p>')],
    "quotes": [
        ('<span id="quote_1"></span><span id="bkquote_2"></span>', ""),
        ('险<span id="bkquote_4">(<a href="//q.cn/1">行情</a> <a href="//q.cn/2">专区</a>)</span>制', "险制"),
        ('<span id="quote_1.1">（<span class="red"><a href="//q.cn/1">9.87</a></span>, <em>+1.2%</em>）</span>', ""),
        *[(kept, kept) for kept in ('<span id="quote_1">x</span>', '<span id="quote_1">9<b></span></b>', '<span id="quote_1">9<p>1</p></span>')],
    ],
    "comments": [("<!--a--><!-- EM_StockImg_Start -->", "<!-- EM_StockImg_Start -->")],
    "promotion": [('<p><a href="//acttg.eastmoney.com/x">y</a></p>z', "z"), ('<a class="toplink">x</a>y', "y")],
    "slogans": [("<p>打开微信，点击底部的“发现”</p>", ""), ("<p>他打开微信，看了看。</p>", "<p>他打开微信，看了看。</p>"),
                ("<p>炒股第一步，先开个股票账户</p><p>想炒股，先开户！选某证券&gt;&gt;</p><p>四大权益礼包，开户即送</p>", ""),
                ("<p>想炒股的人先开户。</p>", "<p>想炒股的人先开户。</p>")],
    "editor": [("<p>责任编辑：某</p>", ""), ("<p>他是责任编辑：某。后来</p>", "<p>他是责任编辑：某。后来</p>")],
    "disclaimer": [("<p>郑重声明：x</p>", ""), ("<p>他郑重声明：x</p>", "<p>他郑重声明：x</p>")],
    "tracking": [('<a href="x?a=1&utm_source=y&b=2">', '<a href="x?a=1&b=2">'), ('<a href="x?from=y#z">', '<a href="x#z">')],
    "archived": [
        ('<img src="https://web.archive.org/web/20220115000000im_/https://a.cn/b">', '<img src="https://a.cn/b">'),
        ('<a href="/web/2022/http://a.cn/b">', '<a href="http://a.cn/b">'),
        ('<a href="https://web.archive.org/web/2022*/x">',) * 2,
    ],
    "stray-ends": [("<p>x</p ></p>", "<p>x</p>")],
    "quoting": [("<p width=50%>", '<p width="50%">'), ("<p width=50>", "<p width=50>")],
    "stock-links": [
        ('<span href="x" class="em_stock_key_common">y</span>', '<a href="x" class="em_stock_key_common">y</a>'),
        ('<a><span href="x" class="em_stock_key_common">y</span></a>', '<a><span href="x" class="em_stock_key_common">y</span></a>'),
    ],
    "lazy": [('<img data-src="//a/b.jpg">', '<img src="//a/b.jpg" data-src="//a/b.jpg">'), ('<img src="/a.jpg" data-src="/b.jpg">',) * 2],
    "resolved": [('<a href="b">', '<a href="https://finance.eastmoney.com/a/b">'), ('<img src="//a.example/b?c=1&d=2">', '<img src="https://a.example/b?c=1&d=2">'), ('<a href="#x">',) * 2],
    "https": [('<img src="http://x.dfcfw.com/a">', '<img src="https://x.dfcfw.com/a">'), ('<img src="http://dfcfw.com.example/a">',) * 2],
    "loose-text": [("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"), ("a", "a")],
    "blanks": [("<p>a</p>\r\n <p>b</p> ", "<p>a</p><p>b</p>"), ("<p>a <b>c</b> </p>",) * 2],
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_edit(name: str) -> None:
    for given, wanted in TABLE[name]:
        assert apply(given, EDITS[name](given, Context(BASE))) == wanted
        assert EDITS[name](wanted, Context(BASE)) == []

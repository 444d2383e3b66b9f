"""Each rule alone: a table of what it changes and what it leaves, beside its own examples."""

import time

import pytest

from crawler.body import clean, profile
from crawler.body.document import Document
from crawler.body.register import RULES
from crawler.markup import apply


def _pile(*lines: str, down: bool = False) -> str:
    """Lines one above the other as KaTeX sets them, the lowest first."""
    spans = "".join(f'<span style="top:-3em"><span class="pstrut"></span>{line}</span>' for line in lines)
    below = (
        '<span class="vlist-s">\u200b</span></span><span class="vlist-r"><span class="vlist"></span>' if down else ""
    )
    return f'<span class="vlist-t{" vlist-t2" * down}"><span class="vlist-r"><span class="vlist">{spans}</span>{below}</span></span>'


def _script(base: str, *scripts: str, down: bool = False) -> str:
    return f'<span class="mord"><span class="mord">{base}</span><span class="msupsub">{_pile(*scripts, down=down)}</span></span>'


BASE = "https://finance.eastmoney.com/a/1.html"
TABLE: dict[str, list[tuple[str, str]]] = {
    "pairs": [("　　a　　　b　", "a　b　")],
    "hidden": [('<p style="display:none">x</p>y', "y"), ('<p style="display:block">x</p>', '<p style="display:block">x</p>'),
               ('<div class="share" style="display:none">分享给朋友们看看。</div>', ""), ("<p hidden>合同终止。</p>", "<p>合同终止。</p>"),
               *[(f'<div class="{name}" hidden>{inner}</div>', f'<div class="{name}">{inner}</div>') for name in ("shareholders", "share-table", "recommendation", "comment-box")
                 for inner in ("<table><tr><td>9</td></tr></table>", "<p>股东户数为三万。</p>")],
               ('<div class="share-box" hidden><img src="//a/qr.png">扫码分享给朋友。</div>', ""), ('<ul class="recommend" hidden><li><a href="//a/1">又一篇。</a></li></ul>', ""),
               ('<p hidden><video src="//a/1"></video></p>', '<p><video src="//a/1"></video></p>'), ("<p hidden>赞12</p>", ""), ("<p hidden>已停。</p>", "<p>已停。</p>"),
               ('<p style="display:none;color:red">甲乙丙丁戊</p>', '<p style="color:red">甲乙丙丁戊</p>'), ('<p hidden><img src="//a/b.jpg"></p>', '<p><img src="//a/b.jpg"></p>'),
               ('<p><img style="opacity: 0;width:9px" src="//a/b.jpg"></p>', '<p><img style="width:9px" src="//a/b.jpg"></p>'),
               ('<li style="visibility:hidden"><img src="//a/b.jpg">图</li>', '<li><img src="//a/b.jpg">图</li>'), ('<p style="opacity:0.0">&nbsp;</p>', ""),
               *[(kept, kept) for kept in ('<p style="opacity:0">甲乙丙丁戊</p>', '<p style="opacity:0.5"><img src="//a/b.jpg"></p>', '<p style="visibility:visible">甲</p>')],
               ('<div style="height: 300px;overflow-y:hidden;color:red">甲乙</div>', '<div style="overflow-y:hidden;color:red">甲乙</div>'), ('<p style="HEIGHT:0;OVERFLOW:hidden">甲乙丙丁戊</p>', '<p style="OVERFLOW:hidden">甲乙丙丁戊</p>'),
               *[(f'<p style="max-height:{closed};overflow:hidden">{inner}</p>', "") for closed in ("0", "1px", "0.0em") for inner in ("<br>", "展开全文", "赞12")],
               ('<p style="height:.5em;overflow:hidden">展开全文</p>', '<p style="overflow:hidden">展开全文</p>'), ('<p style="display:none;max-height:9px;overflow:hidden">甲乙丙丁戊</p>', '<p style="overflow:hidden">甲乙丙丁戊</p>'),
               ('<p style="overflow:hidden;white-space:nowrap;text-overflow:ellipsis">甲</p>', '<p style="overflow:hidden;text-overflow:ellipsis">甲</p>'),
               *[(kept, kept) for kept in ('<p style="height:100%;overflow:hidden">甲</p>', '<p style="max-height:none;overflow:hidden">甲</p>', '<td style="height:9px;overflow:hidden">甲</td>', '<p style="white-space:nowrap;overflow:hidden">甲</p>',
                                           '<p style="max-height:9px;overflow:auto">甲</p>', '<p style="min-height:9px;overflow:hidden">甲</p>')],
               ('<tr><td style="display:none">9.8%</td><th hidden></th><td>1</td></tr>', "<tr><td>9.8%</td><th></th><td>1</td></tr>"),
               *[(f"<p>订单排到年底，产线已经投产。</p>{copy}", "<p>订单排到年底，产线已经投产。</p>") for copy in ("<p hidden>订单排到年底，<b>产线</b>已经投产。</p>", '<div style="display:none"><p>订单排到年底，\n产线已经投产。</p></div>')],
               ('<div>第一段，订单已经排到年底。</div><div style="display:none"><p>第一段，订单已经排到年底。</p><p>第二段，产线已经投产。</p></div>', "<div>第一段，订单已经排到年底。</div><div><p>第二段，产线已经投产。</p></div>"),
               ("<table><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table><table hidden><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table>", "<table><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table>"),
               ("<table><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table><table hidden><tr><td>归属于母公司股东的净利润</td><td>13</td></tr></table>", "<table><tr><td>归属于母公司股东的净利润</td><td>12</td></tr></table><table><tr><td>归属于母公司股东的净利润</td><td>13</td></tr></table>"),
               ("<p hidden>订单排到年底，产线已经投产。</p><p hidden>订单排到年底，产线已经投产。</p>", "<p>订单排到年底，产线已经投产。</p><p>订单排到年底，产线已经投产。</p>"),
               ('<p>订单排到年底，产线已经投产。</p><p hidden>订单排到年底，产线已经投产。<img src="//a/b.jpg"></p>', '<p>订单排到年底，产线已经投产。</p><p>订单排到年底，产线已经投产。<img src="//a/b.jpg"></p>'),
               ('<p style="display:none">转载请注明出处！</p>', ""), ('<p style="display:none">转载合同须保留五年。双方同意。</p>', "<p>转载合同须保留五年。双方同意。</p>"),
               ('<li style="display: none;"><img src="https://a.cn/2.jpg"></li>', '<li><img src="https://a.cn/2.jpg"></li>'),
               ('<p style="display:none"><img src="//a.cn/blank.gif"></p>', ""), ('<p style="display:none">展开全文</p>', ""),
               ('<div class="tab" style="display:none;"><table><tr><td>上期数据</td></tr></table></div>', '<div class="tab"><table><tr><td>上期数据</td></tr></table></div>'),
               ('<div style="a:b;DISPLAY : none;c:d"><table><tr><td>1</td></tr></table></div>', '<div style="a:b;c:d"><table><tr><td>1</td></tr></table></div>')],
    "unknown-elements": [("<o:p>x</o:p><my-tag>y</my-tag>", "xy"), ("<xml><w:a>x</w:a></xml>", ""), ("<xml>x<br></xml>", "x<br>"), ("<font>x</font>",) * 2],
    "quotes": [
        ('<span id="quote_1"></span><span id="bkquote_2"></span>', ""),
        ('险<span id="bkquote_4">(<a href="//q.cn/1">行情</a> <a href="//q.cn/2">专区</a>)</span>制', "险制"),
        ('<span id="quote_1.1">（<span class="red"><a href="//q.cn/1">9.87</a></span>, <em>+1.2%</em>）</span>', ""),
        *[(kept, kept) for kept in ('<span id="quote_1">x</span>', '<span id="quote_1">9<b></span></b>', '<span id="quote_1">9<p>1</p></span>')],
    ],
    "comments": [("<!--a--><!-- EM_StockImg_Start -->", "<!-- EM_StockImg_Start -->")],
    "promotion": [('<p><a href="//acttg.eastmoney.com/x">y</a></p>z', "z"), ('<a class="toplink">x</a>y', "y"), ('<ins class="adsbygoogle" style="display:block"></ins>y', "y")],
    "slogans": [
        ("<p>东方财富看资讯行情，选东方财富证券一站式开户交易&gt;&gt;</p>", ""), ("<p>打开微信，点击底部的“发现”，使用“扫一扫”</p>", ""),
        ("<p>在东方财富看资讯行情的用户去年增长两成。</p>",) * 2, ("<p>主力资金加仓名单实时更新的功能被叫停。</p>",) * 2,
        ("<p>某券商推出东方财富证券一站式开户服务。</p>",) * 2, ("<p>点击首页“发现”的用户去年增长三成。</p>",) * 2,
        ("<p>打开微信，点击底部的“发现”</p>", ""), ("<p>他打开微信，看了看。</p>", "<p>他打开微信，看了看。</p>"),
                ("<p>炒股第一步，先开个股票账户</p><p>想炒股，先开户！选某证券&gt;&gt;</p><p>四大权益礼包，开户即送</p>", ""),
                ("<p>想炒股的人先开户。</p>", "<p>想炒股的人先开户。</p>")],
    "editor": [("<p>责任编辑：某</p>", ""), ("<p>他是责任编辑：某。后来</p>",) * 2, ("<p>原标题：一！二？</p>", ""),
               ("<p>原标题：一。二</p>",) * 2, ("<p>记者：请谈谈展望</p>",) * 2, ("<p>查看全文的读者很多，达到一万人</p>",) * 2,
               *[(f"<p>a</p><p>{line}</p>", "<p>a</p>") for line in ("（作者：张某 责任编辑：李某）", "(责编:王某)", "【编辑：赵某】", "编辑：孙某 校对：周某", "【责任编辑：甲 校对：乙】", "点击查看全文>>", "(原标题：旧题？)", "【原标题】旧题", "文｜甲 责编｜乙", "（编辑 王某）", "编辑 王某 SF12", "☆ 责编：王某", "本文来源：甲报　责任编辑：王某_NF1", "甲报记者 李某 编辑 王某")],
               *[(f"<p>a</p><p>{line}</p>", "<p>a</p>") for line in ("本文原标题为：旧题", "责编 王某", "审校：张某 李某", "监制：赵某", "（美编：孙某）", "新媒体编辑：周某", "本文编辑：吴某", "查看原文", "展开阅读全文", "【点击查看原文】", "&gt;&gt;点击这里查看全文")],
               *[(f"<p>{line}</p>",) * 2 for line in ("监制：电影由李某监制，票房十亿元。", "统筹：发展与安全并重", "查看原文的读者很多，达到一万人", "编审：误差不超过百分之三")],
               ("<p>编辑 部里很忙的人</p>",) * 2, ("<p>记者 李某 发自北京</p>",) * 2, ("<p>原题为《甲》的文章已经修改。</p>",) * 2, ("<p>原标题《甲》有误，应为《乙》，特此更正</p>",) * 2,
               ("<p>原标题党的套路</p>",) * 2, ("<p>文：他的编辑很忙。</p>",) * 2,
               (f'<p class="res-edit">{"一二三四，" * 20}</p>',) * 2],
    "disclaimer": [
        ("<p>郑重声明：本站发布此信息旨在传播，与本网立场无关。</p>", ""),
        ("<p>郑重声明：风险自担。</p>", ""),
        (f"<p>郑重声明：{'甲发布仅供参考，' * 90}，据此操作，风险自担，不构成投资建议。</p>", ""),
        (f"<p>郑重声明：{'甲' * 900}，据此操作，风险自担，不构成投资建议。</p>",) * 2,
        ("<p>东方财富发布此内容旨在传播，这样的话被法院认定为无效，公司须赔偿。</p>",) * 2,
        ("<p><b>郑重声明：</b>有人冒用本公司名义集资，本公司已经报案。</p>",) * 2,
        (f"<p>郑重声明：{'乙' * 900}。</p>",) * 2,
        ("<p>公司郑重声明，网传消息不实，投资者据此操作，风险自担。</p>",) * 2,
        ("<p>公司提示：上述数字为初步测算，以年报为准。</p>",) * 2,
        ("<p>免责声明：本报告仅供参考。</p>", ""),
        *[(f"<p>{line}</p>", "") for line in ("风险提示：市场有风险，投资需谨慎。", "温馨提示：股市有风险，入市需谨慎。", "市场有风险，投资须谨慎！", "本文不构成任何投资建议，市场有风险，投资需谨慎。",
                                              "郑重声明：用户在财富号/股吧社区发表的所有信息（包括但不限于文字、视频、音频、数据及图表）仅代表个人观点，与本网站立场无关，不对您构成任何投资建议，据此操作风险自担。",
                                              "声明：本文由入驻作者撰写，除官方账号外，观点仅代表作者本人，不代表本平台立场。", "版权声明：本文版权归作者所有，转载请注明出处。")],
        *[(f"<p>{line}</p>",) * 2 for line in ("业内人士提醒，市场有风险，投资需谨慎。", "风险提示：产能释放不及预期；原材料价格上涨。", "风险提示：公司提醒广大投资者注意投资风险。", "严正声明：青禾股份从未授权任何机构代客理财，请投资者注意风险。",
                                               "上述事项不构成关联交易，也不构成重大资产重组。", "版权声明：该片版权归青禾股份，公司起诉三家平台侵权，索赔千万元。", "市场有风险偏好回升的迹象，资金净流入。")],
        ("<p>特别声明：以上内容仅代表作者本人的观点或立场，不代表某某头条的观点或立场。</p>", ""),
        ("<p>声明：王某言论不代表公司的观点。</p>",) * 2,
        ("<p>（声明：文章仅代表作者本人观点，与本站无关）</p>", ""),
        ("<p>声明：王某言论仅代表其个人观点，公司已对其停职。</p>",) * 2,
        ("<p>声明：青禾股份与平台无关，本网络公司不涉此事。</p>",) * 2,
        ("<p>他郑重声明：x</p>",) * 2,
    ],
    "tracking": [('<a href="x?a=1&utm_source=y&b=2">', '<a href="x?a=1&b=2">'), ('<a href="x?from=y#z">', '<a href="x#z">'),
                 ('<a href="//so.eastmoney.com/a?from=20220101&to=20220131">',) * 2, ('<a href="https://a.cn/?from=北京">',) * 2,
                 ('<a href="https://eastmoney.com/a?from=app">', '<a href="https://eastmoney.com/a">'), ('<a href="https://neastmoney.com/a?from=app">',) * 2,
                 ('<a href="https://a.cn/x?trackid=1&spm=a.1">',) * 2, ('<a href="https://x.taobao.com/?id=1&spm=a.1">', '<a href="https://x.taobao.com/?id=1">')],
    "archived": [
        ('<img src="https://web.archive.org/web/20220115000000im_/https://a.cn/b">', '<img src="https://a.cn/b">'),
        ('<a href="/web/2022/http://a.cn/b">', '<a href="http://a.cn/b">'),
        ('<a href="https://web.archive.org/web/2022*/x">',) * 2,
    ],
    "bare-signs": [("x<y。<b>z</b>", "x&lt;y。<b>z</b>"), ("<!a><b>x</b></c>", "&lt;!a><b>x</b>&lt;/c>"), ("1<2<中</b>",) * 2],
    "stray-ends": [("<p>x</p ></p>", "<p>x</p >")],
    "blank-ends": [("<p>x</p ></p>", "<p>x</p></p>")],
    "quoting": [("<p width=50%>", '<p width="50%">'), ('<TD A=1  b=2% c="d">', '<TD A="1"  b="2%" c="d">'), ("<p width=50>", "<p width=50>")],
    "stock-links": [
        ('<span href="x" class="em_stock_key_common">y</span>', '<a href="x" class="em_stock_key_common">y</a>'),
        ('<a><span href="x" class="em_stock_key_common">y</span></a>', '<a><span href="x" class="em_stock_key_common">y</span></a>'),
    ],
    "set-formulas": [
        (f'<span class="katex"><span class="katex-html"><span class="base">{formula}</span></span></span>', f'<span class="katex">{said}</span>')
        for formula, said in (
            (_script("x", "2"), "x^2"), (_script("x", "i", down=True), "x_i"), (_script("x", "i", "n+1", down=True), "x_i^(n+1)"), (_script("x", _script("y", "2")), "x^(y^2)"),
            (f'<span class="mfrac">{_pile("b", "", "1+a", down=True)}</span>', "((1+a)/b)"), (f'<span class="mord sqrt">{_pile("x")}</span>=y', "√x=y"),
            (f'<span class="mop op-limits">{_pile("i=1", "∑", "n", down=True)}</span>x', "∑_(i=1)^nx"), (f'<span class="mop op-limits">{_pile("max", "n")}</span>', "max^n"), ("a<b>&lt;</b>c", "a&lt;c"),
        )
    ] + [(kept, kept) for kept in ('<span class="katex">x</span>', '<p class="katex-html">x</p>', '<span class="katex-html">x')],
    "players": [
        ('<p data-url="/1.MP3?a=1&b=2"> </p>', '<p data-url="/1.MP3?a=1&b=2"><a href="/1.MP3?a=1&b=2">音频</a> </p>'),
        *[(kept, kept) for kept in ('<p data-src="//a/1.mp4">a</p>', '<p data-src="//a/1.jpg"></p>', '<p data-src="1.mp4"></p>', '<p data-src="javascript:/1.mp4"></p>', '<a href="x"><b data-src="//a/1.mp4"></b></a>')],
    ],
    "lazy-backgrounds": [
        ("<p data-background=\"url('/1.jpg')\"> </p>", "<p data-background=\"url('/1.jpg')\"><img src=\"/1.jpg\" /> </p>"), ('<a data-bgset="//a/1.jpg 1x">', '<a data-bgset="//a/1.jpg 1x">'),
        *[(kept, kept) for kept in ('<p data-bg="/1.jpg">a</p>', '<p data-bg="red"></p>', '<p data-bg="javascript:/"></p>', '<p data-bg="/1.jpg"><img src="/1.jpg" /></p>')],
    ],
    "lazy": [("""<img data-src='/a"b.jpg' />""",) * 2, ('<img data-src="//a/b.jpg">', '<img src="//a/b.jpg" data-src="//a/b.jpg">'), ('<img src="/a.jpg" data-src="/b.jpg">',) * 2,
             *[(f'<img src="//a/loading.gif?1" {name}="//a/b.jpg">', f'<img src="//a/b.jpg" {name}="//a/b.jpg">') for name in ("data-lazyload", "data-echo", "_src", "data-srcset", "zoomfile", "data-croporisrc", "lay-src", "v-lazy")],
             *[(f'<img src="data:image/gif;base64,R0lG" {name}="//a/b.webp?w=1">', f'<img src="//a/b.webp?w=1" {name}="//a/b.webp?w=1">') for name in ("data-pagespeed-lazy-src", "data-savepage-src", "data-nobody-knows", "ess-data", "imgsrc")],
             *[(kept, kept) for kept in ('<img src="data:image/gif;base64,R0lG" data-logo="//a/b.png">', '<img src="data:image/gif;base64,R0lG" data-link="//a/b.html">', '<img src="//a/b.jpg" data-nobody-knows="//a/c.jpg">', '<img src="" data-x="//a/loading.gif">', f'<img src="" data-x="//a/{"b" * 2000}.jpg">')],
             ('<img src="//a/transparent.png" data-src="//a/b.jpg">', '<img src="//a/b.jpg" data-src="//a/b.jpg">'), ('<img src="//a/loads.png" data-src="//a/b.jpg">',) * 2,
             ('<img data-srcset="//a/s.jpg 300w,//a/l.jpg 1200w,//a/m.jpg 600w">', '<img src="//a/l.jpg" data-srcset="//a/s.jpg 300w,//a/l.jpg 1200w,//a/m.jpg 600w">')],
    "resolved": [('<a href="b">', '<a href="https://finance.eastmoney.com/a/b">'), ('<img src="//a.example/b?c=1&d=2">', '<img src="https://a.example/b?c=1&d=2">'), ('<a href="#x">',) * 2],
    "https": [('<img src="http://x.dfcfw.com/a">', '<img src="https://x.dfcfw.com/a">'), ('<img src="http://dfcfw.com.example/a">',) * 2],
    "loose-text": [("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"), ("a", "a")],
    "blanks": [("<p>a</p>\r\n <p>b</p> ", "<p>a</p><p>b</p>"), ("<p>a <b>c</b> </p>",) * 2],
}  # fmt: skip


@pytest.mark.parametrize("name", RULES)
def test_rule(name: str) -> None:
    for given, wanted in TABLE[name]:
        assert apply(given, RULES[name].edits(Document(given, BASE))) == wanted
        assert RULES[name].edits(Document(wanted, BASE)) == []


@pytest.mark.parametrize("upper", [False, True])
def test_a_table_without_quotes_takes_little_longer_than_one_with_them(upper: bool) -> None:
    row = '<tr height="20"><td width="50%">甲</td><td colspan="2" align="right">1,234</td></tr>'
    table = f'<p>文</p><table border="1" width="100%">{row * 8000}</table>'
    bare = table.replace('"', "").upper() if upper else table.replace('"', "")

    def took(body: str) -> float:
        started = time.process_time()
        assert clean(body, profile("standard")).body.replace('"', "") == bare
        return time.process_time() - started

    whole = min(took(table.upper() if upper else table) for _ in range(3))
    assert min(took(bare) for _ in range(3)) < 3 * whole + 0.05

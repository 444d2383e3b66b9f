"""Bodies to test with: made-up ones in the shape of the source's, and the real ones of ``shared/posts`` when present."""

from collections.abc import Iterator

from run_scrapy import SHARED_POSTS

_SRC = "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600000&imageType=k&token=0123456789abcdef&at=1"
FILLER = '<p style="display:none;height:1px;overflow:hidden;"><br /></p>'
PICTURE = (
    f'<!-- EM_StockImg_Start --><p style="text-align:center;"><img src="{_SRC}" border="0" alt="K图 600000_0"'
    ' data-code="K 600000|1|1" data-code2="K 600000|1|2|" style="border:#d1d1d1 1px solid;" width="578" height="276" /></p>'
    "<!-- EM_StockImg_End -->"
)
LINKED = (
    '<!-- EM_StockImg_Start --><p style="text-align:center;"><a href="http://quote.eastmoney.com/unify/r/1.600000"'
    ' data-code="600000|1|1" data-code2="600000|1|2|" class="EmImageRemark" target="_blank">'
    f'<img src="{_SRC}" border="0" alt="K图 600000_0" data-code="K 600000|1|1" data-code2="K 600000|1|2|"'
    ' style="border:#d1d1d1 1px solid;" width="578" height="276" /></a></p><!-- EM_StockImg_End -->'
)
STOCK = (
    '<span id="stock_1.600000"><a href="http://quote.eastmoney.com/unify/r/1.600000" class="keytip" data-code="1,600000">某某银行'
    '</a></span><span id="quote_1.600000"></span>'
)
AGAIN = '<span web="1" href="http://quote.eastmoney.com/unify/r/1.600000" class="em_stock_key_common" data-code="1,600000">某某银行</span>'
CENTRED = (
    '<center><img src="https://dfscdn.dfcfw.com/download/D1_w800h555.jpg" width="552" orginial_src='
    '"https://dfscdn.dfcfw.com/download/D1_w800h555_o.jpg" style="border:#d1d1d1 1px solid;padding:3px;margin:5px 0;" /></center>'
)
MEDIA = '<p class="em_media">（文章来源：某某日报）</p>'
TABLE = (
    '<table border="1" width="100%" align="center"><tbody><tr><td>甲</td><td width="50%">1.66</td></tr><tr><td colspan="2">'
    "<p><b>乙</b></p></td></tr></tbody></table>"
)

MADE_UP = (
    PICTURE + "<p>一月的会议总结了工作，A&B 公司的 &ldquo;增长&rdquo; 为 3&gt;2。</p><p>第二段。<br /></p>" + MEDIA,
    FILLER + LINKED + f"<p>今日，{STOCK}上涨，{AGAIN}的<strong>股东</strong>说：“很好”。</p>" + CENTRED + MEDIA,
    "<p>盘面上，某板块领涨。</p>\r\n <p>　　第二段，　单个。</p>\r\n "
    + CENTRED
    + "<p>(声明：仅供参考，风险自担。)</p>"
    + MEDIA,
    TABLE
    + '<p><font color="#ff0000">红字</font>&gt;&gt;<a href="http://a.example/?x=1&timespan=2" target="_blank">更多</a></p>'
    + MEDIA,
    '<p>　　两个全角空格。</p><p>责任编辑：某某</p><p class="res-edit">（责任编辑：DF1）</p>' + MEDIA,
    '<div class="txt"><p>甲<p>乙</div><p align=center width=50%>丙</p>',
    "文字开头，<b>没有</b>段落。<p>然后有。</p>",
)


def real_bodies() -> Iterator[tuple[str, str]]:
    """Name and body of each full post of ``shared/posts``, as its bytes say; nothing when the folder is missing."""
    for path in sorted(SHARED_POSTS.rglob("*.md")):
        text = path.read_bytes().decode("utf-8")
        content = text.lstrip("\n").partition("---\n")[2].partition("---\n")[2]
        body = content.rpartition("\n\n[")[0].rpartition("\n\n<")[0]
        if body.startswith("> "):
            body = body.partition("\n\n")[2]
        if "<p" in body:
            yield path.name, body

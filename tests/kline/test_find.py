"""The grammar of stock picture references: every row of domain-facts 6.1 to 6.4."""

import time

import pytest
from kline.references import NEWS, PIFM, one
from run_scrapy import shared_posts

from crawler.kline import find, find_all, resolve

# address, secid, kind, period, whether a browser can use it as it stands
ADDRESSES = [
    (f"http://{PIFM}?ID=6000501&imageType=rt&token=x", "1.600050", "intraday", "D", False),
    (f"http://{PIFM}?id=6000501&imageType=KXL", "1.600050", "kline", "D", False),
    ("http://pifm.eastmoney.com/EM_Finance2014PictureInterface/Index.aspx?ID=0003382", "0.000338", "kline", "D", False),
    (
        "//pifm.dfcfw.com/EM_Finance2014PictureInterface/Index.aspx?ID=BK04931&imageType=r",
        "90.BK0493",
        "intraday",
        "D",
        False,
    ),
    (f"http://{PIFM}?id=0000011&imageType=r", "1.000001", "intraday", "D", False),
    (f"https://{PIFM}?id=007005&imageType=knews&token=x", "116.00700", "kline", "D", False),
    (
        "//webquotepic.eastmoney.com/GetPic.aspx?id=6033631&imageType=rc&token=x&rt=1600000000",
        "1.603363",
        "intraday",
        "D",
        False,
    ),
    (
        "https://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600611&imageType=r&type=&token=x&timespan=1600000000",
        "1.600611",
        "intraday",
        "D",
        True,
    ),
    (
        "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600611&type=&unitWidth=-6&ef=&formula=MACD&AT=1&imageType=KXL&timespan=1",
        "1.600611",
        "kline",
        "D",
        True,
    ),
    (NEWS.format("1.600050"), "1.600050", "kline", "D", True),
    (
        "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1%2E600050&imageType=k&type=",
        "1.600050",
        "kline",
        "D",
        False,
    ),
    ("https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=%31.600050&imageType=k", "1.600050", "kline", "D", False),
    ("https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050%20&imageType=k", "1.600050", "kline", "D", False),
    ("https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=&nid=1.600050&type=W", "1.600050", "kline", "W", True),
    (
        "https://webquoteklinepic.eastmoney.com/GetPic.aspx?&&nid=1.600050&token=&&type=W",
        "1.600050",
        "kline",
        "W",
        True,
    ),
    (
        "https://webquoteklinepic.eastmoney.com/GetPic.aspx?type=W&amp;amp;nid=1.600050",
        "1.600050",
        "kline",
        "W",
        False,
    ),
    ("https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=116.01117&imageType=k", "116.01117", "kline", "D", True),
    (
        "https://webquoteklinepic.eastmoney.com/getpic.aspx?NID=1.600050&ImageType=KXL&TYPE=W",
        "1.600050",
        "kline",
        "W",
        True,
    ),
    (
        "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=KXL&type=M",
        "1.600050",
        "kline",
        "M",
        True,
    ),
    (
        "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=KXL&type=m15",
        "1.600050",
        "kline",
        "m15",
        True,
    ),
    (
        "https://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=t&type=M4",
        "1.600050",
        "intraday",
        "M4",
        True,
    ),
    (
        "https://webquotepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k&UnitWidth=-5",
        "1.600050",
        "kline",
        "D",
        True,
    ),
    ("//webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&imageType=k", "1.600050", "kline", "D", False),
    ("http://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050&amp;imageType=k", "1.600050", "kline", "D", False),
    ("http://image.sinajs.cn/newchart/daily/n/sh600050.gif", "1.600050", "kline", "D", False),
    ("//image.sinajs.cn/newchart/weekly/n/sz000338.gif", "0.000338", "kline", "W", False),
    ("https://image.sinajs.cn/newchart/monthly/n/sh600050.gif?_=1", "1.600050", "kline", "M", False),
    ("http://image.sinajs.cn/newchart/min/n/sz300750.gif", "0.300750", "intraday", "D", False),
    ("http://image.sinajs.cn/newchart/hk_stock/daily/00700.gif", "116.00700", "kline", "D", False),
    ("https://image.sinajs.cn/newchart/hk_stock/monthly/02202.gif?_=1", "116.02202", "kline", "M", False),
    ("http://image2.sinajs.cn/newchart/hk_stock/min/09988.png", "116.09988", "intraday", "D", False),
]


@pytest.mark.parametrize(("address", "secid", "kind", "period", "current"), ADDRESSES, ids=range(len(ADDRESSES)))
def test_addresses(address: str, secid: str, kind: str, period: str, current: bool) -> None:
    body = f'<p>前文<img width=1 src="{address}" class="a">后文</p>'
    kline = one(body)
    assert (kline.secid, kline.kind, kline.period, kline.spelling) == (secid, kind, period, address)
    assert body[slice(*kline.span)].startswith("<img")
    assert body[slice(*kline.span)].endswith(">")
    resolved = resolve(body, (kline,))
    if current:
        assert resolved == body
        assert kline.url == address
    else:
        before, after = body.split(address)
        assert resolved.startswith(f"{before}https://webquote")
        assert resolved.endswith(after)
    again = one(resolved)
    assert (again.secid, again.kind, again.period, again.url) == (secid, kind, period, kline.url)
    assert resolve(resolved, (again,)) == resolved


INTRADAY = "https://webquotepic.eastmoney.com/GetPic.aspx?nid={}&imageType=r"


@pytest.mark.parametrize(
    "attributes",
    [
        'src="./saved_files/GetPic.aspx" alt="R图 DJIA_0" data-code="R DJIA|100|_UI" data-code2="R DJIA|100|0|"',
        'alt="R图 DJIA_0" data-code2="R DJIA|100|0|"',
        'data-code="R DJIA|100|_UI"',
        'alt="r图DJIA" data-code="100,DJIA"',
        'alt="R&#22270; DJIA_0" data-code="DJIA|100|1"',
    ],
)
def test_a_picture_without_address_is_the_one_that_it_is_called(attributes: str) -> None:
    for letter, kind, url in (("R", "intraday", INTRADAY), ("K", "kline", NEWS)):
        body = f"<img {attributes.replace('R ', letter + ' ').replace('R图', letter + '图').replace('r图', letter.lower() + '图').replace('R&', letter + '&')}>"
        kline = one(body)
        assert (kline.secid, kline.kind, kline.url) == ("100.DJIA", kind, url.format("100.DJIA")), body
        assert url.format("100.DJIA") in resolve(body, (kline,))


def test_several_in_one_body_linked_and_not() -> None:
    """The SZ + HK pair of one post, as its source has it."""
    hk = f'<img src="{NEWS.format("116.02338")}" border="0" alt="K图 02338_0" data-code="K 02338|116|5" />'
    sz = f'<img src="{NEWS.format("0.000338")}" border="0" alt="K图 000338_0" data-code="K 000338|0|2" />'
    body = (
        f'<!-- EM_StockImg_Start --><p style="text-align:center;">{hk}</p><!-- EM_StockImg_End -->'
        '<!-- EM_StockImg_Start --><p><a href="http://quote.eastmoney.com/unify/r/0.000338" data-code="000338|0|2" '
        f'data-code2="000338|0|6|" class="EmImageRemark" target="_blank">{sz}</a></p><!-- EM_StockImg_End --><p>潍柴动力</p>'
    )
    klines = find(body)
    assert [k.symbol for k in klines] == ["02338.HK", "000338.SZ"]
    assert [body[slice(*k.span)] for k in klines] == [hk, sz]
    assert [k.conflicts for k in klines] == [(), ()]
    assert resolve(body, klines) == body


@pytest.mark.parametrize(
    ("link", "secid"),
    [
        ('<a href="x" data-code="000338|0|2">', "0.000338"),
        ('<a href="http://quote.eastmoney.com/unify/r/116.02338">', "116.02338"),
        ('<a href="https://wap.eastmoney.com/quota/hq/stock?id=600050&mk=1">', "1.600050"),
        ('<a href="http://quote.eastmoney.com/sz000338.html">', "0.000338"),
        ('<a href="http://quote.eastmoney.com/us/AAPL.html?Market=NASDAQ">', "105.AAPL"),
    ],
)
@pytest.mark.parametrize("comment", ["<!--IMG#0-->", "<!-- img#12 -->"])
def test_placeholders(link: str, secid: str, comment: str) -> None:
    body = f"<!-- EM_StockImg_Start --><p>{link}{comment}</a></p><!-- EM_StockImg_End --><p>{comment}</p>"
    kline = one(body)
    assert (kline.secid, kline.evidence, kline.spelling) == (secid, "link", "")
    assert body[slice(*kline.span)] == comment
    resolved = resolve(body, (kline,))
    assert one(resolved).url == kline.url
    assert resolved.endswith(f"<p>{comment}</p>")
    assert resolve(resolved, find(resolved)) == resolved


@pytest.mark.parametrize(
    ("body", "placeholders"),
    [
        ("{s}<p>段落</p>{p}", 0),  # a start that nothing ends
        ("{s}{s}{p}{e}<p>段落</p>{p}", 1),
        ("{s}<p>段落</p>{s}{p}{e}{e}{p}", 1),
        ("{e}{p}{s}{e}", 0),
        ("{s}<!-- other -->{p}{e}", 1),
    ],
)
def test_unbalanced_marks_take_in_no_pictures_of_the_text(body: str, placeholders: int) -> None:
    link = '<a href="http://quote.eastmoney.com/unify/r/0.000338"><!--IMG#0--></a>'
    marks = {"s": "<!-- EM_StockImg_Start -->", "e": "<!-- EM_StockImg_End -->", "p": link}
    assert len(find(body.format(**marks))) == placeholders


def test_a_placeholder_without_a_security_is_told() -> None:
    body = "<!-- EM_StockImg_Start --><!--IMG#0--><!-- EM_StockImg_End --><!--IMG#1-->"
    assert find(body) == ()
    (unresolved,) = find_all(body).unresolved
    assert body[slice(*unresolved.span)] == "<!--IMG#0-->"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>K图 600050_0</p>",
        '<img src="https://dfscdn.dfcfw.com/download/D1.jpg" alt="Image">',
        f'<textarea><img src="{NEWS.format("1.600050")}"></textarea>',
        f'<!-- <img src="{NEWS.format("1.600050")}"> -->',
        '<img src="https://webquoteklinepic.eastmoney.com.evil.example/GetPic.aspx?nid=1.600050">',
        '<img src="https://webquoteklinepic.eastmoney.com@evil.example/GetPic.aspx?nid=1.600050">',
        '<a data-code="1,600050">x</a><img src="a.png" data-code="600050">',
    ],
)
def test_what_is_none(body: str) -> None:
    assert find(body) == ()
    assert resolve(body, ()) == body


@pytest.mark.parametrize(
    "nid", ["../../etc", "1.%2e%2e%2f", "1.600050%2f..", "1." + "6" * 300, "1.６００", "1.", ".600050", "1.a.b"]
)
def test_a_bad_nid_is_never_a_security(nid: str) -> None:
    body = f'<img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid={nid}&imageType=k" alt="K图 600050_0">'
    kline = one(body)
    assert (kline.secid, kline.evidence) == ("1.600050", "alt")
    assert "is no security" in kline.conflicts[-1]
    assert resolve(body, (kline,)) == f'<img src="{NEWS.format("1.600050")}" alt="K图 600050_0">'
    bare = body.replace(' alt="K图 600050_0"', "")
    assert (find(bare), len(find_all(bare).unresolved), resolve(bare, find(bare))) == ((), 1, bare)


def test_hostile_bodies_take_linear_time() -> None:
    link = '<a href="' + "/stock?" * 20_000 + '">'
    many = "".join(f'<img alt="K图 A{n}_0" src="http://{PIFM}?{"id=1&" * 20}">' for n in range(3_000))
    started = time.process_time()
    assert len(find(link + many)) == 3_000
    find('<img alt="K图 ' + "a_1" * 100_000 + '">')
    find("<!-- EM_StockImg_Start -->" + "<!--IMG#" * 50_000)
    assert time.process_time() - started < 5


def test_every_picture_of_the_real_posts() -> None:
    found = {}
    for path in shared_posts("**/*.md"):
        text = path.read_bytes().decode("utf-8")
        klines = find(text)
        assert resolve(text, klines) == text
        assert len(klines) == text.count("webquoteklinepic")
        assert find_all(text).unresolved == ()
        for kline in klines:
            assert (kline.conflicts, kline.guessed, kline.foreign, kline.url) == ((), False, False, kline.spelling)
            found[path.name] = kline.symbol
    assert sorted(found.values()) == sorted(
        ["600050.SH", "002752.SZ", "002572.SZ", "600519.SH", "NIO.N", "NIO.N", "BK1037.BK", "000625.SZ"]
    )

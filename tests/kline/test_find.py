"""The grammar of stock picture references: every row of domain-facts 6.1 to 6.4."""

import time

import pytest
from run_scrapy import shared_posts

from crawler.items import KLine
from crawler.kline import find, find_all, resolve

NEWS = (
    "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid={}&imageType=k&token=28dfeb41d35cc81d84b4664d7c23c49f&at=1"
)
PIFM = "pifm3.eastmoney.com/EM_Finance2014PictureInterface/Index.aspx"


def one(body: str) -> KLine:
    (kline,) = find(body)
    return kline


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


# attributes of the img, secid, symbol, exchange: domain-facts 6.3
SECURITIES = [
    ("1.600050", "K 600050|1|1", "K 600050|1|2|", "K图 600050_0", "600050.SH", "SH"),
    ("0.000338", "K 000338|0|2", "K 000338|0|6|", "K图 000338_0", "000338.SZ", "SZ"),
    ("116.02338", "K 02338|116|5", "K 02338|116|3|", "K图 02338_0", "02338.HK", "HK"),
    ("106.NIO", "K NIO|106|7", "K NIO|106|3|", "K图 NIO_0", "NIO.N", "NYSE"),
    ("90.BK1037", "K BK1037|90|1", "K BK1037|90|2|", "K图 BK1037_0", "BK1037.BK", "BK"),
]


@pytest.mark.parametrize("row", SECURITIES, ids=lambda row: row[0])
def test_each_part_alone_and_all_together(row: tuple[str, ...]) -> None:
    secid, code, code2, alt, symbol, exchange = row
    whole = f'<img src="{NEWS.format(secid)}" alt="{alt}" data-code="{code}" data-code2="{code2}" />'
    kline = one(whole)
    assert (kline.secid, kline.symbol, kline.exchange, kline.evidence) == (secid, symbol, exchange, "nid")
    assert (kline.conflicts, kline.guessed, resolve(whole, (kline,))) == ((), False, whole)
    for part in (f'data-code="{code}"', f'alt="{alt}" data-code2="{code2}"'):
        kline = one(f"<img {part}>")
        assert (kline.secid, kline.evidence, kline.guessed, kline.spelling) == (secid, "data-code", False, "")
        assert kline.url == NEWS.format(secid)


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


@pytest.mark.parametrize(
    ("attributes", "secid", "evidence", "guessed"),
    [
        (f'src="https://{PIFM}?id=007005" alt="K图 00700_21" data-code="K 00700 | 116 | 5"', "116.00700", "id", False),
        ('alt="K图 aapl_31"', "105.AAPL", "alt", True),
        ('alt="K图 600050"', "1.600050", "alt", True),
        ('alt="K图 900901_0"', "1.900901", "alt", True),
        ('alt="K图 430047_0"', "0.430047", "alt", True),
        ('alt="K图 00700_0"', "116.00700", "alt", True),
        ('alt="K图 BK0493_0"', "90.BK0493", "alt", False),
        ('alt="k图600050_0"', "1.600050", "alt", True),
        ('alt="K&#22270; 600050_0"', "1.600050", "alt", True),
        ('alt="K图 002353_0" data-code="002353"', "0.002353", "data-code", True),
        ('alt="K图 600160_0" data-code="1,600160"', "1.600160", "data-code", False),
        ('alt="K图 K_0" data-code="K K|106|7"', "106.K", "data-code", False),
        (f'src="http://{PIFM}?id=aapl7"', "105.AAPL", "id", True),
        (f'src="http://{PIFM}?id=600050"', "1.600050", "id", True),
        (f'src="http://{PIFM}?id=nio7" data-code="K NIO|106|7"', "106.NIO", "id", False),
        ('src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=113.rum&imageType=k"', "113.rum", "nid", False),
        ('src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=115.MAM&imageType=k"', "115.MAM", "nid", False),
        ('src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=106.nio&imageType=k"', "106.NIO", "nid", False),
    ],
)  # fmt: skip
def test_parts_that_say_less(attributes: str, secid: str, evidence: str, guessed: bool) -> None:
    kline = one(f"<center><IMG {attributes}/></center>")
    assert (kline.secid, kline.evidence, kline.guessed) == (secid, evidence, guessed)


def test_an_unknown_market_stays_usable() -> None:
    kline = one(f'<img src="{NEWS.format("777.ABC")}">')
    assert (kline.secid, kline.exchange, kline.symbol) == ("777.ABC", "", "777.ABC")


@pytest.mark.parametrize(
    ("code", "exchange"), [("920002", "BJ"), ("430047", "BJ"), ("833171", "BJ"), ("300750", "SZ"), ("399001", "SZ")]
)
def test_beijing_shares_shenzhens_number(code: str, exchange: str) -> None:
    assert one(f'<img src="{NEWS.format(f"0.{code}")}">').symbol == f"{code}.{exchange}"


def test_contradictions_are_recorded() -> None:
    image = f'<img src="{NEWS.format("1.600050")}" alt="K图 600051_0" data-code="K 600050|0|1">'
    body = f'<a data-code="000338|0|2">{image}</a>'
    kline = one(body)
    assert kline.secid == "1.600050"
    assert kline.conflicts == (
        "nid 1.600050, data-code 0.600050",
        "nid 1.600050, alt 600051",
        "nid 1.600050, link 0.000338",
    )
    assert resolve(body, (kline,)) == body


PARTS = (  # in falling order of trust, each of another security
    ('src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600001&id=6000021"', "1.600001", "nid"),
    (f'src="http://{PIFM}?id=6000021"', "1.600002", "id"),
    ('src="//image.sinajs.cn/newchart/daily/n/sh600003.gif"', "1.600003", "id"),
    (f'src="http://{PIFM}?id=1.600004"', "1.600004", "id"),
    (f'src="http://{PIFM}?id=600005"', "1.600005", "id"),
    ('data-code="K 600006|1|1"', "1.600006", "data-code"),
    ('alt="K图 600007_0"', "1.600007", "alt"),
)


@pytest.mark.parametrize("first", range(len(PARTS)))
def test_the_pictures_own_address_decides_then_its_attributes_then_the_link(first: int) -> None:
    spelled, secid, evidence = PARTS[first]
    others = [part for part, _, _ in PARTS[max(first + 1, 5) :]]
    kline = one(f'<a href="http://quote.eastmoney.com/unify/r/0.000338"><img {" ".join([spelled, *others])}></a>')
    assert (kline.secid, kline.evidence) == (secid, evidence)
    assert kline.conflicts[-1].endswith("link 0.000338")
    assert len(kline.conflicts) == len(others) + 1 + (evidence == "nid")


def test_an_id_of_no_known_form_says_nothing() -> None:
    assert one(f'<img src="http://{PIFM}?id=6000509" data-code="K 600050|1|1">').evidence == "data-code"


def test_the_text_tells_the_market_that_the_picture_does_not() -> None:
    link = '<a class="keytip" href="http://quote.eastmoney.com/us/AAPL.html">苹果</a>'
    span = f'<p><span id="stock_NASDAQ_AAPL7">{link}</span></p>'
    kline = one(f'<center><img alt="K图 aapl_31"></center>{span.replace("NASDAQ", "NYSE")}')
    assert (kline.secid, kline.guessed) == ("106.AAPL", False)
    kline = one('<img alt="K图 000001_0"><span id="stock_1.000001"></span>')
    assert (kline.secid, kline.guessed) == ("1.000001", False)
    kline = one('<img alt="K图 000001_0"><span id="stock_1.000001"></span><span id="stock_0.000001"></span>')
    assert (kline.secid, kline.guessed) == ("0.000001", True)


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
    started = time.perf_counter()
    assert len(find(link + many)) == 3_000
    find('<img alt="K图 ' + "a_1" * 100_000 + '">')
    find("<!-- EM_StockImg_Start -->" + "<!--IMG#" * 50_000)
    assert time.perf_counter() - started < 5


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

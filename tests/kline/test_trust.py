"""Which part of a reference is believed, how far, and that contradictions are recorded."""

import pytest
from kline.references import NEWS, PIFM, one

from crawler.kline import resolve

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


def test_the_text_tells_the_market_that_the_picture_does_not() -> None:
    link = '<a class="keytip" href="http://quote.eastmoney.com/us/AAPL.html">苹果</a>'
    span = f'<p><span id="stock_NASDAQ_AAPL7">{link}</span></p>'
    kline = one(f'<center><img alt="K图 aapl_31"></center>{span.replace("NASDAQ", "NYSE")}')
    assert (kline.secid, kline.guessed) == ("106.AAPL", False)
    kline = one('<img alt="K图 000001_0"><span id="stock_1.000001"></span>')
    assert (kline.secid, kline.guessed) == ("1.000001", False)
    kline = one('<img alt="K图 000001_0"><span id="stock_1.000001"></span><span id="stock_0.000001"></span>')
    assert (kline.secid, kline.guessed) == ("0.000001", True)

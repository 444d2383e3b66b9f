"""Pages and titles are read in the encoding that they are really in, whatever they declare."""

import random
from fractions import Fraction

import pytest

from crawler.pages.encoding import charset_of, decode, quality

TITLES = (
    "联通推进5G网络建设提速",
    "沪指收盘涨逾一个百分点",
    "央行：维持利率不变",
    "华虹半导体一季度净利",
    "恒生指数收报二万点",
    "制冷剂产品价格上涨",
    "发改委：稳住经济大盘",
    "多家银行下调存款利率",
)
TRADITIONAL = ("滬深港美股收盤評論", "聯準會維持利率不變", "臺灣加權指數漲逾百點", "鴻海集團營收創歷史新高")
PAGE = '<html><head><meta charset="{}"><title>{}</title></head><body>{}</body></html>'
DECLARED = [None, "utf-8", "gbk", "GB2312", "iso-8859-1", "shift_jis", "zip", "", "no-such-charset"]


def test_a_text_is_rated_alike_on_every_python() -> None:
    for length in range(1, 40):
        assert quality("“" * length) == float(Fraction(0.9) * length) / length


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("title", TITLES)
def test_titles(title: str, codec: str, declared: str | None) -> None:
    assert decode(title.encode(codec), declared) == title


@pytest.mark.parametrize("declared", [*DECLARED, "big5"])
@pytest.mark.parametrize("title", TRADITIONAL)
def test_traditional_titles(title: str, declared: str | None) -> None:
    assert decode(title.encode("big5"), declared) == title
    assert decode(title.encode("gb18030"), declared) == title


@pytest.mark.parametrize("declared", DECLARED)
@pytest.mark.parametrize("in_page", ["utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "utf-16"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_pages_that_lie(codec: str, in_page: str, declared: str | None) -> None:
    page = PAGE.format(in_page, TITLES[0], "<p>中国联通网络建设。</p>" * 40)
    assert decode(page.encode(codec), declared) == page


def test_gb2312_means_gb18030() -> None:
    text = PAGE.format("gb2312", "朱镕基、喆、€", "𠮷" + "中国" * 30)
    assert decode(text.encode("gb18030"), "gb2312") == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"plain", "plain"),
        ("<p>联\0\0通</p>".encode(), "<p>联通</p>"),
        (b"<p>a" + bytes(9) + b"b</p>", "<p>a" + "\ufffd" * 9 + "b</p>"),
        (b"<p>a</p>\0\0", "<p>a</p>\ufffd\ufffd"),
        ("<p>联通</p>\0".encode(), "<p>联通</p>\ufffd"),
        (b"\xff\xfeA\x00\x00\xd8B\x00", "A\ufffdB"),
        (b"\xed\xa0\x80" + "中国联通网络建设".encode(), "\ufffd\ufffd\ufffd中国联通网络建设"),
        ("Café déjà vu".encode("cp1252"), "Café déjà vu"),
        ("中国联通网络建设".encode()[:-1], "中国联通网络建\ufffd"),
        ("中国联通网络建设".encode("gbk") + b"\xb0", "中国联通网络建设\ufffd"),
        ("中国联通网络建设".encode("gbk") + b"\x80100", "中国联通网络建设€100"),
        (("中国联通网络建设" * 3).encode("gbk") + b"\x80\x80\xb0", "中国联通网络建设" * 3 + "€€\ufffd"),
        ("中国联通网络建设亐".encode("gbk") + b"\xff", "中国联通网络建设亐\ufffd"),  # 0x80 as the second byte
    ],
)
def test_odd_bytes(data: bytes, text: str) -> None:
    assert decode(data) == text


def test_so_many_euros_are_no_text_and_cost_no_time() -> None:
    assert decode(("中国联通网络建设".encode("gbk") + b"\x80") * 100_001) == "中国联通网络建设\ufffd" * 100_001


def test_nothing_raises_and_nothing_is_a_surrogate() -> None:
    dice = random.Random(1)
    names = [None, "gbk", "big5", "utf-8", "utf-16", "utf-16be", "utf-32", "hz", "idna", "rot13", "utf-7", "euc-kr"]
    for _ in range(20000):
        data = bytes(dice.choice((dice.randrange(256), 65, 0, 0xB0, 0xD8)) for _ in range(dice.randrange(40)))
        decode(data, dice.choice(names)).encode()


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/html; charset=GBK", "gbk"),
        ('text/html;charset="utf-8"; x=y', "utf-8"),
        ("text/html; charset=", None),
        ("text/html", None),
    ],
)
def test_the_charset_of_a_type(kind: str, charset: str | None) -> None:
    assert charset_of(kind) == charset


@pytest.mark.parametrize("codec", ["utf-7", "hz"])
def test_chinese_in_letters_is_read(codec: str) -> None:
    page = "<p>港口吞吐量回升，一号码头恢复作业。1+1=2</p>"
    assert decode(page.encode(codec)) == page


@pytest.mark.parametrize(
    "page",
    ["<p>a+b = c, C++ and a~{b}</p>", "+AGEAYgBjAGQAZQBmAGcAaABpAGo-", '{"a":"\\u4e2d+TgBOLU4tTi1OLU4tTi1OLU4t-"}'],
)
def test_what_is_no_chinese_in_letters_stays(page: str) -> None:
    assert decode(page.encode()) == page

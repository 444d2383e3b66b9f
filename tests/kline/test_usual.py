"""The usual block is read by one pattern, and gives what reading each of its parts gives."""

import importlib
import random
import re

import pytest

from crawler import kline

FIND = importlib.import_module("crawler.kline.find")  # the package has a function of this name
SECURITIES = [
    ("1", "600050"),
    ("0", "000338"),
    ("116", "02338"),
    ("106", "NIO"),
    ("90", "BK1037"),
    ("999", "X1"),
    ("01", "600050"),
]
TOKEN = "token=28dfeb41d35cc81d84b4664d7c23c49f&at=1"


def block(market: str, code: str, *, link: bool = True) -> str:
    a = (
        f'<a href="http://quote.eastmoney.com/unify/r/{market}.{code}" data-code="{code}|{market}|1" '
        f'data-code2="{code}|{market}|2|" class="EmImageRemark" target="_blank">'
    )
    return (
        f'<!-- EM_StockImg_Start --><p style="text-align:center;">{a if link else ""}'
        f'<img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid={market}.{code}&imageType=k&{TOKEN}" border="0" '
        f'alt="K图 {code}_0" data-code="K {code}|{market}|1" data-code2="K {code}|{market}|2|" '
        f'style="border:#d1d1d1 1px solid;" width="578" height="276" />{"</a>" if link else ""}</p><!-- EM_StockImg_End -->'
    )


def slowly(body: str, monkeypatch: pytest.MonkeyPatch) -> object:
    with monkeypatch.context() as patched:
        patched.setattr(FIND, "blocks", lambda _: ())
        return kline.look(body)


@pytest.mark.parametrize("link", [True, False])
@pytest.mark.parametrize(("market", "code"), SECURITIES[:-1])
def test_one_pattern_reads_it(market: str, code: str, link: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    body = (
        block(market, code, link=link) * 2
        + '<p>正文</p><center><img src="https://dfscdn.dfcfw.com/download/D1.jpg" alt="Image" /></center>'
    )
    wanted = slowly(body, monkeypatch)
    monkeypatch.setattr(FIND, "_walk", lambda _: pytest.fail("looked at part by part"))
    assert kline.look(body) == wanted


CHANGES = [
    ("600050", "600051"), ("|1|", "|0|"), ("1.", "0."), ("https://webquote", "http://webquote"), ("&imageType=k&", "&imageType=KXL&"),
    ("&at=1", "&at=1&type=W"), ("&", "&amp;"), ("K图", "k图"), (" data-code2=", " data-x="), ("</a>", ""), ("<a ", "<b "), ("EM_StockImg_Start", "x"),
    ('" />', '">'), ("NIO", "nio"), ("<img", "<IMG"), ("></p>", '><img src="https://webquotepic.eastmoney.com/GetPic.aspx?nid=0.000001&imageType=r" /></p>'),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_any_other_spelling_is_read_part_by_part(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(seed)
    for _ in range(1500):
        body = "".join(block(*dice.choice(SECURITIES), link=dice.random() < 0.7) for _ in range(dice.randint(1, 3)))
        for old, new in dice.sample(CHANGES, dice.randint(0, 2)):
            places = [m.start() for m in re.finditer(re.escape(old), body)]
            if places:
                at = dice.choice(places)
                body = body[:at] + new + body[at + len(old) :]
        body += dice.choice(
            ("", "<p>正文</p>", block("1", "600519"), '<p><img alt="K图 600000_0"></p>', "<!-- IMG#0 -->")
        )
        assert kline.look(body) == slowly(body, monkeypatch), body

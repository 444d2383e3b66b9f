"""The prefilter spares bodies most of the work, and they come out as if it had not."""

import random

import pytest
from full_or_small import size

from crawler.body import clean, profile
from crawler.body.document import Document
from crawler.body.prefilter import rules_that_may_act
from crawler.body.safety import SafetyEdit

STANDARD = profile("standard")
PIECES = (
    "<p>{}</p>",
    '<p style="text-align:center;"><strong>{}</strong></p>',
    '<p style="display:none;height:1px;overflow:hidden;"><br /></p>',
    '<p><span id="stock_1.600160"><a href="http://q.cn/1" class="keytip">{}</a></span><span id="quote_1.600160"></span>{}</p>',
    '<p><span web="1" href="http://q.cn/1?a=1&utm_source=x" class="em_stock_key_common" data-code="1,600160">{}</span>，</p>',
    '<p><span href="http://acttg.eastmoney.com/x" class="em_stock_key_common">{}</span></p>',
    '<p><span id="quote_1.2"><span id="quote_1.3"></span></span>{}</p>',
    '<p>{}<span id="quote_1.2"></span>{}</p>',
    '<p>{}<span id="quote_1.2"></span><span id="bkquote_1.3"></span>{}</p>',
    '<p>{}<span id="quote_1.2">{}</span>{}<span id="quote_1.2">9.87</span></p>',
    '<p>{}<span id="quote_1.2">(<a href="http://q.cn/1">9.87</a>)</span>{}</p>',
    '<p><a href="http://q.cn/1"><b>{}</b><span href="http://q.cn/2" class="em_stock_key_common">{}</span></a></p>',
    '<p><a href="http://q.cn/1">{}</a><span class="x em_stock_key_common" href="http://q.cn/2"><b>{}</b></span></p>',
    '<h3><span href="http://q.cn/2" class="em_stock_key_common2">{}</span></h3>',
    '<p style="color:red;display:none">{}<b>{}</b></p>',
    '<p style="display: none">{}<br>{}</p>',
    '<p>{}<img src="http://evil.cn/1.jpg" /><img src="http://np-newspic.dfcfw.com/2.jpg" alt="?utm_source=" />{}</p>',
    '<p>{}<span style="display:none">{}</span>{}</p>',
    "<!-- EM_StockImg_Start --><!-- EM_StockImg_End -->",
    "<!-- 别的 -->",
    '<p><a href="http://acttg.eastmoney.com/x">{}</a></p>',
    '<p>{}<a href="https://a.cn/x?spm=1&b=2#c" class="toplink">{}</a></p>',
    '<center><img src="http://dfscdn.dfcfw.com/download/D1.jpg" alt="Image" width="552" /></center>',
    "<p>（责任编辑：{}）</p>",
    '<p class="res-edit">{}</p>',
    "<p>点击“扫一扫”，{}</p>",
    "<p>郑重声明：{}</p>",
    "<h3>{}</h3>",
    "<ul><li>{}</li>\n<li>{}<br /></li></ul>",
    '<table border="1" cellspacing="0"><tbody>\n<tr><td>{}</td><th colspan="2">{}</th></tr> </tbody></table>',
    '<table><tr><td><span id="quote_1.2"></span></td></tr></table>',
    '<div><b><i><u><font color="red">{}</font></u></i></b></div>',
    "<blockquote>{}</blockquote>",
)
BETWEEN = ("", "", "", "", "\n", "\r\n ", " ", "\n\n")
TEXTS = (
    "正文",
    "　　正文",
    "　",
    "　　　",
    "&",
    "#0;",
    "&#1",
    "责任",
    "编辑：甲",
    "郑重声",
    "明：乙",
    "1 > 0",
    "“发现”",
    "",
    "a\nb",
)


def is_known(body: str) -> bool:
    return rules_that_may_act(Document(body)) is not None


def body_of(dice: random.Random) -> str:
    pieces = [dice.choice(PIECES) for _ in range(dice.randint(1, 6))]
    filled = [piece.format(*(dice.choice(TEXTS) for _ in range(piece.count("{}")))) for piece in pieces]
    return dice.choice(("", "", "\n")) + "".join(piece + dice.choice(BETWEEN) for piece in filled)


@pytest.mark.parametrize("seed", range(4))
def test_bodies_come_out_the_same_without_it(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(seed)
    bodies = [body_of(dice) for _ in range(size(300, 1000))]
    cleaned = [clean(body, STANDARD).body for body in bodies]
    assert sum(map(is_known, bodies)) > len(bodies) / 4
    monkeypatch.setattr("crawler.body.cleaning.rules_that_may_act", lambda _document: None)
    for body, wanted in zip(bodies, cleaned, strict=True):
        assert clean(body, STANDARD).body == wanted, body


@pytest.mark.parametrize(
    "body", ["\n<p>甲</p>\n<p>　　乙</p>\n", '\r\n<p>甲<span id="quote_1.2"></span></p>', "<p>甲</p>"]
)
def test_usual_bodies_need_no_judge(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clean(body, STANDARD)  # so that its tags and blocks are known
    monkeypatch.setattr("crawler.body.cleaning.is_harmless", lambda _: pytest.fail("the judge was asked"))
    monkeypatch.setattr("crawler.body.prefilter.is_harmless", lambda _: pytest.fail("the judge was asked"))
    monkeypatch.setattr("crawler.body.cleaning.SAFETY", [SafetyEdit("x", lambda *_: pytest.fail("a safety edit ran"))])
    assert "甲" in clean(body, STANDARD).body


def test_a_notice_that_names_the_scanner_of_an_app_goes() -> None:
    assert clean("<p>正文</p><p>点击“扫一扫”，即可分享</p>", STANDARD).body == "<p>正文</p>"


@pytest.mark.parametrize(
    "body",
    [
        "<p>甲<b>乙</b>",
        "<p>甲</p><p>",
        "<p>甲<b>乙</i></p>",
        "<p>甲</b></p>",
        "</p>",
        "<b>甲</b>",
        "甲",
        "<p>甲</p>乙",
        "<p>甲</p>    <p>乙</p>",
        "<p>甲</p> <!-- 乙 -->",
        "<p/>",
        "<p/onclick=alert(1)>甲</p>",
        "<p|甲</p>",
        '<p onclick="x">甲</p>',
        '<p><a href="javascript:x">甲</a></p>',
        '<p style="position:fixed">甲</p>',
        "<p>{{ 甲 }}</p>",
        "<p>甲&#0;</p>",
        "<p>甲\x01</p>",
        "<p>甲 <y=1</p>",
        f"<div>{'<b>' * 20}甲{'</b>' * 20}</div>",
    ],
)
def test_what_is_not_whole_and_safe_is_not_known(body: str) -> None:
    assert not is_known(body)


@pytest.mark.parametrize(
    "body",
    [
        "<p>甲</p>\n<p>乙 😀</p>\n",
        "<!-- x --><h2>甲</h2>",
        " <p>甲</p>",
        "<p><p>甲</p></p>",
        "<p>甲<div>乙</div></p>",
        "<table><td>甲</td></table>",
        "<table>甲<tr><td>乙</td></tr></table>",
        "<ul>甲<li>乙</li></ul>",
        "<li>甲</li>",
        "<p>甲<!-- 乙 --></p>",
        '<table border="1">\n<tr><td>甲<br />乙</td></tr></table>',
        "<ul> <li>甲</li></ul>",
        "",
    ],
)
def test_what_is_whole_and_safe_is(body: str) -> None:
    assert is_known(body)


@pytest.mark.parametrize("query", ["?utm_source=x", "?UTM_SOURCE=x", "?a=1&amp;gclid=y"])
def test_a_plain_body_is_rid_of_tracking_as_any_other_is(query: str) -> None:
    for around in ("<p>{}</p>", "<p>{}</p><table><tr><td>x</td></tr></table>"):  # the cheap look takes the first only
        body = around.format(f'<a href="https://x.example/{query}">y</a>')
        assert query[-4:] not in clean(body, profile("standard")).body

"""Links to securities: which ones a body has, where, and what they are called."""

import pytest
from kline.references import NEWS

from crawler.items import Security
from crawler.kline import find_all
from crawler.kline.codes import QUOTE_PAGES

UNIFY = "http://quote.eastmoney.com/unify/r/"
LINKS = {
    f'<a href="{UNIFY}1.600050">中国联通</a>': ("1.600050", "中国联通"),
    f'<a href="{UNIFY}116.00700" class="keytip" data-code="116,00700">腾讯控股</a>': ("116.00700", "腾讯控股"),
    f'<A HREF="{UNIFY}1.600050" DATA-CODE="1,600050">甲&amp;乙</A>': ("1.600050", "甲&乙"),
    f'<span web="1" href="{UNIFY}0.000338" class="em_stock_key_common" data-code="0,000338">潍柴</span>': (
        "0.000338",
        "潍柴",
    ),
    '<a href="http://quote.eastmoney.com/us/MSTR.html" data-code="MSTR|105|7" data-code2="x">微策略</a>': (
        "105.MSTR",
        "微策略",
    ),
    f'<a href="{UNIFY}90.BK0473" data-code="90,BK0473">证券</a>': ("90.BK0473", "证券"),
    f'<a href="{UNIFY}1.600050">600050.SH</a>': ("1.600050", ""),
    f'<a href="{UNIFY}1.600050"><b>中国联通</b></a>': ("1.600050", ""),
    f'<a href="{UNIFY}1.600050">{"长" * 31}</a>': ("1.600050", ""),
    f'<a href="{UNIFY}1.600050">（3.1%）</a>': ("1.600050", ""),
    f'<a data-code="600050" href="{UNIFY}1.600050">联通</a>': ("1.600050", "联通"),
}
NO_LINKS = [
    '<a href="http://data.eastmoney.com/bbsj/" class="infokey">业绩</a>',
    '<a href="http://quote.eastmoney.com/center/">行情</a>',
    '<a data-code="3321" href="/x">x</a>',
    '<span id="stock_1.600050">中国联通</span>',
    f'<!-- <a href="{UNIFY}1.600050">中国联通</a> -->',
    f'<!-- > <a href="{UNIFY}1.600050">中国联通</a> -->',
    f"<p title='<a href=\"{UNIFY}1.600050\">'>中国联通</p><!-- a>b -->",
    f"<abbr title='{UNIFY}1.600050'>x</abbr>",
]


@pytest.mark.parametrize("body", LINKS)
def test_a_link_tells_its_security_and_its_name(body: str) -> None:
    secid, name = LINKS[body]
    assert find_all(f"<p>见{body}</p>").links == (Security(secid, "link", name, 4),)


@pytest.mark.parametrize("body", NO_LINKS)
def test_what_is_no_link_to_a_security(body: str) -> None:
    assert find_all(f"<p>见</p>{body}").links == ()


@pytest.mark.parametrize("example", [example for _, example in QUOTE_PAGES])
def test_every_quote_page_is_known(example: str) -> None:
    (link,) = find_all(f'<a href="{example.replace("&", "&amp;")}">甲</a>').links
    assert link.secid in {"106.NIO", "0.000338"}


def test_links_in_odd_markup_are_those_that_browsers_see() -> None:
    link = f'<a title="1<2" href="{UNIFY}1.600050">中国联通</a>'
    for body in (f'<!-- <a href="{UNIFY}0.000338">x</a> --><p>{link}</p>', f"<p>{link}</p><p>尾</p>"):
        assert find_all(body).links == (Security("1.600050", "link", "中国联通", body.index(link)),)


def test_pictures_are_found_as_before_beside_links() -> None:
    picture = f'<img src="{NEWS.format("1.600050")}" data-code="K 600050|1|1">'
    body = f'<p title="<a x ">甲</p><a href="{UNIFY}0.000338">乙</a><p>{picture}</p>'
    found = find_all(body)
    assert [body[slice(*one.span)] for one in found.klines] == [picture]
    assert [(one.secid, body[one.position :][:2]) for one in found.links] == [("0.000338", "<a")]

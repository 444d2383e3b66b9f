"""East Money's stock markup: K-line picture blocks, and keyword spans put into prose."""

import re

from crawler.demo.securities import SECURITIES, DemoSecurity
from crawler.patterns import compiled

FILLERS = {
    "": "",
    "br": '<p style="display:none;height:1px;overflow:hidden;"><br /></p>',
    "blank": '<p style="display:none;height:1px;overflow:hidden;"> </p>',
}

_TAG = compiled(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAMES = {security.name: security for security in SECURITIES}
_INFO = {"业绩": ("3321", "http://data.eastmoney.com/bbsj/")}
_KEYWORD = compiled("|".join(sorted(map(re.escape, [*_NAMES, *_INFO]), key=len, reverse=True)))


def quote_link(security: DemoSecurity) -> str:
    """Return the address of the security's quote page."""
    return f"http://quote.eastmoney.com/unify/r/{security.secid}"


def kline_block(security: DemoSecurity, linked: bool = True, filler: str = "br") -> str:
    """Return the picture block of one security as the posts of 2022 have it; `filler` is a key of FILLERS."""
    code = f"{security.code}|{security.market}|{security.legacy}"
    code2 = f"{security.code}|{security.market}|{security.kind}|"
    picture = (
        f'<img src="https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid={security.secid}&imageType=k'
        f'&token=28dfeb41d35cc81d84b4664d7c23c49f&at=1" border="0" alt="K图 {security.code}_0"'
        f' data-code="K {code}" data-code2="K {code2}" style="border:#d1d1d1 1px solid;" width="578" height="276" />'
    )
    if linked:
        picture = (
            f'<a href="{quote_link(security)}" data-code="{code}" data-code2="{code2}"'
            f' class="EmImageRemark" target="_blank">{picture}</a>'
        )
    return (
        f"{FILLERS[filler]}<!-- EM_StockImg_Start -->"
        f'<p style="text-align:center;">{picture}</p><!-- EM_StockImg_End -->'
    )


def _first_mention(name: str) -> str:
    if name in _INFO:
        number, url = _INFO[name]
        return f'<span id="Info.{number}"><a href="{url}" class="infokey">{name}</a></span>'
    security = _NAMES[name]
    stock, quote = ("bk", "bkquote") if security.is_board else ("stock", "quote")
    return (
        f'<span id="{stock}_{security.secid}"><a href="{quote_link(security)}" class="keytip"'
        f' data-code="{security.market},{security.code}">{name}</a></span><span id="{quote}_{security.secid}"></span>'
    )


def _later_mention(name: str) -> str:
    if name in _INFO:
        return name
    security = _NAMES[name]
    return (
        f'<span web="1" href="{quote_link(security)}" class="em_stock_key_common"'
        f' data-code="{security.market},{security.code}">{name}</span>'
    )


def link_stocks(markup: str) -> str:
    """`text` made into `content`: known names in the prose (not in tags) become keyword spans."""
    seen: set[str] = set()

    def mention(match: re.Match[str]) -> str:
        name = match[0]
        if name in seen:
            return _later_mention(name)
        seen.add(name)
        return _first_mention(name)

    pieces = _TAG.split(markup)
    return "".join(piece if piece.startswith("<") else _KEYWORD.sub(mention, piece) for piece in pieces)

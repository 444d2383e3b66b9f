"""The usual block: a K-line picture as East Money's articles spell it today, all parts of which say the same.

Nearly all pictures are such, and stand at the top of the body: one pattern reads there what else takes a look at each
part. What is spelled in any other way, or disagrees with itself, is for ``find`` to read.
"""

import re
from collections.abc import Iterator

from crawler.items import KLine
from crawler.kline.addresses import NEWS_PICTURE, NEWS_QUERY
from crawler.kline.markets import describe

_BLOCK = re.compile(
    r'<!-- EM_StockImg_Start --><p style="text-align:center;">'
    r'(?:<a href="http://quote\.eastmoney\.com/unify/r/(?P<linked>[0-9A-Z.]+)" data-code="(?P<told>[0-9A-Z]+\|\d+)\|\d"'
    r' data-code2="[^"<>]*" class="EmImageRemark" target="_blank">)?'
    r'(?P<img><img src="(?P<url>https://webquoteklinepic\.eastmoney\.com/GetPic\.aspx\?'
    rf"nid=(?P<market>\d{{1,4}})\.(?P<code>[0-9A-Z]{{1,20}})&imageType={NEWS_PICTURE}&{re.escape(NEWS_QUERY)})\""
    r' border="0" alt="K图 (?P=code)_\d{1,3}" data-code="K (?P=code)\|(?P=market)\|\d"'
    r' data-code2="K (?P=code)\|(?P=market)\|\d{1,3}\|" style="[a-z0-9#:; ]*" width="\d+" height="\d+" />)'
    r"(?(linked)</a>)</p><!-- EM_StockImg_End -->",
    re.ASCII,
)


def blocks(body: str) -> Iterator[tuple[KLine, int]]:
    """The references of the usual blocks at the top of a body, each with the place where its block ends."""
    position = 0
    while (block := _BLOCK.match(body, position)) and (kline := _kline(block)) is not None:
        position = block.end()
        yield kline, position


def _kline(block: re.Match[str]) -> KLine | None:
    linked, told, url, market, code = block.group("linked", "told", "url", "market", "code")
    secid = f"{market}.{code}"
    if market != "0" and market.startswith("0"):
        return None
    if linked is not None and (linked, told) != (secid, f"{code}|{market}"):
        return None
    exchange, symbol = describe(int(market), code)
    return KLine(
        secid=secid,
        market=int(market),
        code=code,
        exchange=exchange,
        symbol=symbol,
        kind="kline",
        period="D",
        url=url,
        spelling=url,
        span=block.span("img"),
    )

"""Markets: what East Money's market numbers mean, as data with the evidence of each row (domain-facts 6.3, 6.4)."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from crawler.patterns import compiled

Evidence: TypeAlias = Literal["seen", "claim", "general"]
"""``seen``: in real data or in a program that worked; ``claim``: one author's word; ``general``: general knowledge."""


@dataclass(frozen=True, slots=True)
class Market:
    """One market number."""

    number: int
    example: str
    """The code of a security there, as ``nid`` spells it."""
    exchange: str
    """Short name, as ``KLine.exchange`` gives it."""
    suffix: str
    """What follows the code in a symbol: ``600050.SH``, ``NIO.N``."""
    name: str
    legacy: str
    """The digit that old ids append to the code (``6000501``), "" when none was ever seen."""
    calendar: str
    """Whose trading days count, as ``holidays`` spells the exchange, "" for any weekday."""
    evidence: Evidence
    source: str
    """Where the meaning is from."""


_FS = "the quote API's market filters"
_CODES = "code tables of two open programs"

MARKETS = (
    Market(0, "000338", "SZ", "SZ", "深圳证券交易所", "2", "XSHG", "seen", f"{_FS} m:0 t:6, t:80; nid in posts"),
    Market(1, "600050", "SH", "SH", "上海证券交易所", "1", "XSHG", "seen", f"{_FS} m:1 t:2, t:23; nid in posts"),
    Market(2, "931050", "CSI", "CSI", "中证指数", "", "XSHG", "claim", "one program's index table"),
    Market(8, "IF2201", "CFFEX", "CFE", "中国金融期货交易所", "", "XSHG", "claim", "tables of 2021"),
    Market(90, "BK1037", "BK", "BK", "东方财富板块", "1", "XSHG", "seen", f"{_FS} m:90 t:1…3; nid=90.BK1037 in posts"),
    Market(100, "HSI", "INDEX", "GI", "全球指数", "", "", "seen", "100.HSI, 100.SPX and others in programs"),
    Market(101, "GC00Y", "COMEX", "CMX", "纽约商品交易所金属", "", "", "seen", f"101.GC00Y, {_CODES}"),
    Market(102, "CL00Y", "NYMEX", "NYM", "纽约商品交易所能源", "", "", "seen", f"102.CL00Y, {_CODES}"),
    Market(104, "CN00Y", "SGX", "SGX", "新加坡交易所", "", "", "seen", f"104.CN00Y, {_CODES}"),
    Market(105, "SOXX", "NASDAQ", "O", "纳斯达克", "7", "XNYS", "seen", "105.SOXX; tables say only 美股"),
    Market(106, "NIO", "NYSE", "N", "纽约证券交易所", "7", "XNYS", "seen", "nid in posts; tables say only 美股"),
    Market(107, "IMO", "AMEX", "A", "美国证券交易所", "7", "XNYS", "general", "tables say only 美股"),
    Market(112, "B00Y", "ICE", "IPE", "洲际交易所布伦特原油", "", "", "seen", f"112.B00Y, {_CODES}"),
    Market(113, "rum", "SHFE", "SHF", "上海期货交易所", "", "XSHG", "seen", f"113.rum, {_CODES}"),
    Market(114, "m2205", "DCE", "DCE", "大连商品交易所", "", "XSHG", "seen", _CODES),
    Market(115, "MAM", "CZCE", "CZC", "郑州商品交易所", "", "XSHG", "seen", f"115.MAM, {_CODES}"),
    Market(116, "02338", "HK", "HK", "香港交易所", "5", "XHKG", "seen", "nid in posts"),
    Market(118, "AU9999", "SGE", "SGE", "上海黄金交易所", "", "XSHG", "seen", f"118.AU9999, {_CODES}"),
    Market(122, "XAU", "METAL", "METAL", "国际贵金属现货", "", "", "claim", "122.XAU, its author was unsure"),
    Market(124, "HSTECH", "HKINDEX", "HI", "恒生指数系列", "", "XHKG", "seen", f"124.HSTECH, {_CODES}"),
    Market(128, "00700", "HK", "HK", "香港交易所", "5", "XHKG", "seen", f"{_FS} m:128 t:1…4; pages and news say 116"),
    Market(133, "USDCNH", "FX", "FX", "离岸外汇", "", "", "seen", f"133.USDCNH, {_CODES}"),
    Market(142, "sc2203", "INE", "INE", "上海国际能源交易中心", "", "XSHG", "seen", _CODES),
    Market(155, "HSBA", "LSE", "L", "伦敦证券交易所", "", "XLON", "seen", _CODES),
    Market(156, "VOD", "LSE", "L", "伦敦证券交易所", "", "XLON", "seen", _CODES),
    Market(220, "IFM", "CFFEX", "CFE", "中国金融期货交易所", "", "XSHG", "claim", "220.IFM in a program of 2026"),
    Market(225, "lcm", "GFEX", "GFE", "广州期货交易所", "", "XSHG", "seen", f"225.lcm, {_CODES}"),
    Market(251, "HXC", "USINDEX", "GI", "中概股指数", "", "XNYS", "seen", f"251.HXC, {_CODES}"),
)

BY_NUMBER = {market.number: market for market in MARKETS}
US = (105, 106, 107)
HK = (116, 128)
_UPPER = frozenset((*US, *HK, 90, 0, 1))

_BEIJING = compiled(r"(?:4[23]|8[1-8]|92)\d{4}")
_SHANGHAI = compiled(r"(?:[56]|900)\d+")


def describe(number: int, code: str) -> tuple[str, str]:
    """(exchange, symbol) of a security; ``("", secid)`` when the market is not in the table.

    >>> describe(1, "600050"), describe(0, "920002"), describe(999, "X")
    (('SH', '600050.SH'), ('BJ', '920002.BJ'), ('', '999.X'))
    """
    market = BY_NUMBER.get(number)
    if market is None:
        return "", f"{number}.{code}"
    if number == 0 and _BEIJING.fullmatch(code):  # Beijing shares Shenzhen's number
        return "BJ", f"{code}.BJ"
    return market.exchange, f"{code}.{market.suffix}"


def described(secid: str) -> tuple[str, str]:
    """The same of a secid."""
    number, _, code = secid.partition(".")
    return describe(int(number), code)


def spell(number: int, code: str) -> str:
    """The code as ``nid`` spells it: upper case for stocks and boards, no full stop; futures codes keep their case."""
    code = code.replace(".", "_")
    return code.upper() if number in _UPPER else code


def guess(code: str) -> tuple[int, ...]:
    """The markets that a bare code may mean, the likeliest first. Wrong for Shanghai's indices (000001)."""
    if re.fullmatch(r"\d{6}", code):
        return (1,) if _SHANGHAI.fullmatch(code) else (0,)
    return HK if re.fullmatch(r"\d{5}", code) else US


def of_legacy(digit: str, code: str) -> tuple[int, ...]:
    """The markets that an old id's last digit may mean for ``code`` (boards carry Shanghai's 1)."""
    if digit == "1":
        return (90,) if code[:2].upper() == "BK" else (1,)
    return {"2": (0,), "5": HK[:1], "7": US}.get(digit, ())

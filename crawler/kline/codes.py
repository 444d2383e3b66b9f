"""Security codes: what each part of a K-line reference says of its security (domain-facts 6.3)."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, TypeAlias

from crawler.kline.addresses import PictureKind
from crawler.kline.markets import guess, of_legacy, spell
from crawler.patterns import compiled

Part: TypeAlias = Literal["nid", "id", "data-code", "alt", "link"]
"""The parts of a reference, in falling order of trust: its own address first; ``link``: the ``a`` round the picture."""

CODE = r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}+(?:\.[A-Z](?![\w-]))?+"
"""A class of shares may stand at its end, behind a full stop: ``BRK.A``, which East Money spells ``BRK_A``."""
SECID = compiled(rf"(?P<market>\d{{1,4}})\.(?P<code>{CODE})", re.ASCII)

_BARS = compiled(rf"(?:[KR]\s+)?(?P<code>{CODE})\s*\|\s*(?P<market>\d{{1,4}})(?:\s*\|.*)?", re.DOTALL | re.ASCII)
_COMMA = compiled(rf"(?P<market>\d{{1,4}})\s*,\s*(?P<code>{CODE})", re.ASCII)
_BARE = compiled(rf"(?:[KR]\s+)?(?P<code>{CODE})")
_ALT = compiled(r"[KkRr]图\s*(?P<code>.+?)(?:_\d{1,3})?")
_CODE = compiled(CODE)
_BARE_ID = compiled(r"\d{5,6}|[A-Za-z][\w-]{0,18}", re.ASCII)
_STOCK_ALT = compiled(r"\s*(?P<kind>[KkRr])图")
_STOCK_CODE = compiled(r"\s*(?P<kind>[KR])\s")
_KINDS: dict[str, PictureKind] = {"K": "kline", "R": "intraday"}
MARKS = (*(f"{letter.lower()}{sign}" for letter in _KINDS for sign in ("图", "&#")), "data-code")
"""One of these is in the lower-case spelling of every tag of which ``stock_picture`` can tell anything."""
_BOARD = compiled(r"BK\d{4}", re.ASCII | re.IGNORECASE)
_LOOSE = re.ASCII | re.IGNORECASE
_OLD_ID = compiled(r"(?P<code>\d{6}|BK\d{4})(?P<digit>[12])|(?P<hk>0\d{4})5|(?P<us>[A-Z][\w-]{0,18})7", _LOOSE)
QUOTE_PAGES = (
    (
        compiled(rf"//quote\.eastmoney\.com/unify/r/(?P<market>\d{{1,4}})\.(?P<code>{CODE})", _LOOSE),
        "http://quote.eastmoney.com/unify/r/106.NIO",
    ),
    (
        compiled(rf"/stock\?(?=.*\bid=(?P<code>{CODE}))(?=.*\bmk=(?P<market>\d{{1,4}}))", _LOOSE),
        "https://wap.eastmoney.com/quota/hq/stock?id=NIO&mk=106",
    ),
    (
        compiled(r"//quote\.eastmoney\.com/(?P<sina>(?:sh|sz|bj)\d{6})\.html", _LOOSE),
        "http://quote.eastmoney.com/sz000338.html",
    ),
    (
        compiled(rf"//quote\.eastmoney\.com/us/(?P<code>{CODE})\.html\?Market=(?P<us>NASDAQ|NYSE|AMEX)", _LOOSE),
        "http://quote.eastmoney.com/us/NIO.html?Market=NYSE",
    ),
)
"""Addresses of the pages of a security, with an example each (of 106.NIO or 0.000338)."""
LINK_MARKS = ("data-code", "//quote.eastmoney.com/", "/stock?")
"""One of these is in the lower-case spelling of every link to a security."""
US_NAMES = {"NASDAQ": 105, "NYSE": 106, "AMEX": 107}
_SINA_MARKETS = {"sh": 1, "sz": 0, "bj": 0, "hk": 116}


def stock_picture(alt: str, codes: Iterable[str]) -> PictureKind | None:
    """Which picture of a stock it is by its ``alt``, or a ``data-code``, whatever its address; None: of no stock."""
    named = _STOCK_ALT.match(alt) or next(filter(None, map(_STOCK_CODE.match, codes)), None)
    return _KINDS[named["kind"].upper()] if named else None


class Reading(NamedTuple):
    """What one part says: a code, and the markets that it leaves possible (none: it says nothing of the market)."""

    part: Part
    code: str
    markets: tuple[int, ...] = ()

    def __str__(self) -> str:
        """``nid 1.600050``, ``alt 600050``."""
        return f"{self.part} {self.markets[0]}.{self.code}" if len(self.markets) == 1 else f"{self.part} {self.code}"


def _known(part: Part, market: str, code: str) -> Reading:
    return Reading(part, spell(int(market), code), (int(market),))


def _bare(part: Part, code: str) -> Reading:
    """A code alone; only a board's tells its market."""
    return Reading(part, code.replace(".", "_"), (90,) if _BOARD.fullmatch(code) else ())


def from_nid(value: str) -> Reading | None:
    """``1.600050``."""
    match = SECID.fullmatch(value)
    return _known("nid", match["market"], match["code"]) if match else None


def from_data_code(value: str, part: Part = "data-code") -> Reading | None:
    """``K 600050|1|1``, ``K 00700 | 116 | 5``, ``R DJIA|100|_UI``, ``1,600160``, ``002353``."""
    value = value.strip()
    if match := _BARS.fullmatch(value) or _COMMA.fullmatch(value):
        return _known(part, match["market"], match["code"])
    bare = _BARE.fullmatch(value)
    return _bare(part, bare["code"]) if bare else None


def from_sina(value: str, part: Part = "id") -> Reading:
    """``sh600050``."""
    return Reading(part, value[2:], (_SINA_MARKETS[value[:2].lower()],))


def from_link(href: str) -> Reading | None:
    """A quote page's address: ``//quote.eastmoney.com/unify/r/0.000338`` and its forerunners."""
    for pattern, _ in QUOTE_PAGES:
        if match := pattern.search(href):
            if "sina" in pattern.groupindex:
                return from_sina(match["sina"], "link")
            market = match["market"] if "market" in pattern.groupindex else str(US_NAMES[match["us"].upper()])
            return _known("link", market, match["code"])
    return None


def from_old_id(value: str) -> Reading | None:
    """``6000501``, ``BK04931``, ``007005``, ``aapl7``, ``1.600050``; a code without its digit tells no market."""
    if match := _OLD_ID.fullmatch(value):
        code = match["code"] or match["hk"] or match["us"]
        digit = match["digit"] or ("5" if match["hk"] else "7")
        return Reading("id", code, of_legacy(digit, code))
    if match := SECID.fullmatch(value):
        return _known("id", match["market"], match["code"])
    return _bare("id", value) if _BARE_ID.fullmatch(value) else None


def from_list(value: str) -> str | None:
    """The secid that a list means: ``1.600050``, or ``600050``, whose market is guessed; None for what tells none."""
    if match := SECID.fullmatch(value):
        return f"{int(match['market'])}.{spell(int(match['market']), match['code'])}"
    return f"{guess(value)[0]}.{value}" if re.fullmatch(r"\d{5,6}", value, re.ASCII) else None


def from_alt(value: str) -> Reading | None:
    """``K图 600050_0``; the number at the end is not the market."""
    match = _ALT.fullmatch(value.strip())
    return _bare("alt", match["code"]) if match and _CODE.fullmatch(match["code"]) else None

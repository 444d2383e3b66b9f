"""Picture addresses: every generation is read, the current one is written (domain-facts 6.1, 6.2)."""

import re
from functools import lru_cache
from html.entities import html5
from typing import Literal, NamedTuple, TypeAlias
from urllib.parse import parse_qsl, quote, urlencode

from crawler.patterns import compiled

PictureKind: TypeAlias = Literal["kline", "intraday"]

LIVE_HOSTS: dict[PictureKind, str] = {
    "kline": "webquoteklinepic.eastmoney.com",
    "intraday": "webquotepic.eastmoney.com",
}
"""Who draws the pictures of the current generation."""

_ENTITY = compiled(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INTRADAY_TYPES = frozenset({"r", "rc", "rf", "rt", "rjy", "tadr", "t"})
_KLINE_TYPES = frozenset({"k", "kxl", "knews"})
_IMAGE_TYPE = compiled(r"[A-Za-z]{1,8}")
_MINUTES = compiled(r"m(?:5|15|30|60)|M[1-4]")
_OPTION = compiled(r"[\w-]{1,20}", re.ASCII)
_KEPT = {"unitwidth": "unitWidth", "ef": "ef", "formula": "formula"}

_SCHEME = compiled(r"\A(?:https?:)?//", re.IGNORECASE)
_SINA_PERIODS = {"daily": "D", "weekly": "W", "monthly": "M", "min": "D"}

NEWS_QUERY = "token=28dfeb41d35cc81d84b4664d7c23c49f&at=1"
"""What East Money's own articles add to ``nid`` and ``imageType=k``: public constants, the same in every post."""


class Address(NamedTuple):
    """What one picture address says."""

    nid: str = ""
    old_id: str = ""
    """``id=`` of the older generations: the code and one digit for the market."""
    sina: str = ""
    """``sh600050``, ``hk00700``: the twin pictures of Sina."""
    kind: PictureKind | None = None
    """None when the address does not tell."""
    period: str = "D"
    image_type: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """Drawing options worth keeping when the address is written anew."""
    scheme: str | None = None
    """``https:``, ``http:`` or "" as spelled when only the scheme may be wrong; None when it is to be written anew."""


_DRAWN = r"(?P<port>:\d+)?/[^?#\s]*\?(?P<query>[^#]*)"
_SINA_FILE = (
    r"/newchart/(?P<hk>hk_stock/)?(?P<period>daily|weekly|monthly|min)/"
    r"(?P<security>(?(hk)\d{5}|n/(?:sh|sz|bj)\d{6}))\.(?:gif|png)"
)
"""Those of the US have no market in their path, so they stay as they are."""


class Service(NamedTuple):
    """Hosts that serve pictures of stocks: a row each."""

    host: str
    """What the name of each of them holds; ``before`` and ``after``: patterns of what stands round it."""
    path: str
    """A pattern of its pictures' paths. Where pictures are drawn for a query, all are of stocks."""
    example: str
    """A daily K line of 1.600050 there."""
    before: str = ""
    after: str = ""

    def hosts(self) -> str:
        """A pattern of the full names."""
        return f"{self.before}{re.escape(self.host)}{self.after}"


SERVICES = (
    Service(LIVE_HOSTS["kline"], _DRAWN, "https://webquoteklinepic.eastmoney.com/GetPic.aspx?nid=1.600050"),
    Service(LIVE_HOSTS["intraday"], _DRAWN, "//webquotepic.eastmoney.com/GetPic.aspx?id=6000501&imageType=k"),
    Service("pifm", _DRAWN, "http://pifm3.eastmoney.com/x/Index.aspx?ID=6000501", after=r"\d*\.eastmoney\.com"),
    Service("pifm", _DRAWN, "//pifm.dfcfw.com/x/Index.aspx?id=6000501&imageType=knews", after=r"\d*\.dfcfw\.com"),
    Service(".sinajs.cn", _SINA_FILE, "http://image.sinajs.cn/newchart/daily/n/sh600050.gif", before=r"image\d*"),
)
STOCKS_ONLY = f"(?:{'|'.join(row.hosts() for row in SERVICES if row.path is _DRAWN)})"
"""A pattern of the hosts that draw pictures of stocks, and nothing else."""
_PATTERNS = [
    compiled(rf"(?P<scheme>https?:)?//(?P<host>{row.hosts()}){row.path}", re.IGNORECASE | re.ASCII) for row in SERVICES
]


def plain(value: str) -> str:
    """An attribute's raw value with its entities decoded as browsers do it in attributes.

    ``&`` starts an entity only when a ``;`` ends it, so that ``&timespan=1`` does not become ``×pan=1``.
    """
    return _ENTITY.sub(_character, value) if "&" in value and ";" in value else value


def _character(reference: re.Match[str]) -> str:
    name = reference[0][1:]
    if name[0] != "#":
        return html5.get(name, reference[0])
    number = int(name[2:-1], 16) if name[1] in "xX" else int(name[1:-1])
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def _kind(image_type: str, host: str) -> PictureKind | None:
    if image_type in _KLINE_TYPES:
        return "kline"
    if image_type in _INTRADAY_TYPES:
        return "intraday"
    return "kline" if host == LIVE_HOSTS["kline"] else None


def _period(value: str) -> str:
    """``D``, ``W``, ``M``, ``m5`` …; days for anything that was never seen."""
    if value.upper() in ("D", "W", "M"):
        return value.upper()
    return value if _MINUTES.fullmatch(value) else "D"


def _parameters(query: str) -> dict[str, str]:
    """The first value of each parameter by its name in lower case; an ``&`` escaped twice parts them, too."""
    if "%" in query or "+" in query:
        pairs = parse_qsl(query, keep_blank_values=True)
    else:  # the same, where nothing is escaped
        pairs = [(name, value) for name, _, value in [pair.partition("=") for pair in query.split("&")]]
    given: dict[str, str] = {}
    for name, value in pairs:
        key = name.strip().lower().removeprefix("amp;")
        given[key] = given.get(key) or value.strip()
    return given


def read(address: str) -> Address | None:
    """What the (decoded) address says, or None when it is not one of a stock picture."""
    address = address.strip()
    for pattern in _PATTERNS:
        if match := pattern.match(address):
            return _of_query(match) if "query" in pattern.groupindex else _of_sina(match)
    return None


def _of_sina(match: re.Match[str]) -> Address:
    period = match["period"].lower()
    kind: PictureKind = "intraday" if period == "min" else "kline"
    security = f"hk{match['security']}" if match["hk"] else match["security"].lower().removeprefix("n/")
    return Address(sina=security, kind=kind, period=_SINA_PERIODS[period])


def _of_query(match: re.Match[str]) -> Address:
    given = _parameters(match["query"])
    image_type, host = given.get("imagetype", ""), match["host"].lower()
    nid = given.get("nid", "")
    spelled_plainly = f"&nid={nid}&".lower() in f"&{match['query']}&".lower()
    current = host in LIVE_HOSTS.values() and nid and spelled_plainly and not match["port"]
    return Address(
        nid=nid,
        old_id=given.get("id", ""),
        kind=_kind(image_type.lower(), host),
        period=_period(given.get("type", "")),
        image_type=image_type if _IMAGE_TYPE.fullmatch(image_type) else "",
        options=tuple([(_KEPT[n], given[n]) for n in given if n in _KEPT and _OPTION.fullmatch(given[n])]),
        scheme=(match["scheme"] or "").lower() if current else None,
    )


@lru_cache(maxsize=256)
def absolute(address: str) -> str:
    """A current address with its https scheme, spelled so that it can stand in any attribute and any post."""
    bare = _SCHEME.sub("", address.strip(), count=1)
    return quote(f"https://{bare}", safe="%/:=&?#+!$,;@*()[]|~")


def write(secid: str, kind: PictureKind, period: str, like: Address | None = None) -> str:
    """The absolute https address of the current generation, drawn ``like`` the given older one.

    Only parameters whose names begin no entity are written: careless parsers read ``&timespan`` as ``×pan``.
    """
    image_type = like.image_type if like else ""
    news = kind == "kline" and image_type.lower() in ("", "k", "knews")
    if kind == "intraday":
        image_type = image_type or "r"
    query = [("nid", secid), ("imageType", "k" if news else image_type)]
    if period != "D":
        query.append(("type", period))
    query += like.options if like else ()
    tail = f"&{NEWS_QUERY}" if news else ""
    return f"https://{LIVE_HOSTS[kind]}/GetPic.aspx?{urlencode(query)}{tail}"

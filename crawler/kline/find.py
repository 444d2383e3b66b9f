"""Finding: the stock pictures of an article body, and what each of them means."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from crawler.items import KLine
from crawler.kline.addresses import HOSTS, Address, PictureKind, absolute, plain, read, write
from crawler.kline.codes import (
    Reading,
    from_alt,
    from_data_code,
    from_link,
    from_nid,
    from_old_id,
    from_sina,
    stock_picture,
)
from crawler.kline.markets import describe
from crawler.kline.paths import is_local
from crawler.kline.trust import Mentions, Security, decide, mentions
from crawler.kline.usual import blocks
from crawler.markup import Attribute, Span, Token, attributes, is_regular, tokens_of, values

REMOTE = "data-remote-src"
"""The attribute in which a picture that was stored keeps its old address."""

_NAMES = frozenset({"a", "img"})
_MARKS = ("k图", "r图", "k&#", "r&#", "webquote", "pifm", "sinajs.cn", "em_stockimg", "data-code")
_CANDIDATE = re.compile(r"<(?:[iI][mM][gG][^<>]*(?P<end>>?)|!--\s*[iI][mM][gG]#)")
_PLACEHOLDER = re.compile(r"<!--\s*IMG#\d{1,4}\s*-->", re.IGNORECASE)
_FOREIGN = re.compile(rf"\s*(?:(?:https?:)?//(?!{HOSTS}[:/])[^/\s]|data:image/)", re.IGNORECASE)
_LONGEST_HREF = 500


class Unread(NamedTuple):
    """A picture that looks like one of a stock, but no part of it names a security that can be used."""

    span: Span
    reason: str


class Seen(NamedTuple):
    """The stock pictures of a body, in source order."""

    klines: tuple[KLine, ...]
    unread: tuple[Unread, ...]


def look(body: str) -> Seen:
    """Every stock picture of a body: the references, and what cannot be read as one."""
    usual = tuple(blocks(body))
    if not _candidates(body, usual[-1][1] if usual else 0):
        return Seen(tuple(kline for kline, _ in usual), ())
    seen = tuple(_walk(body))
    klines = tuple(k for k in seen if isinstance(k, KLine))
    unread = () if len(klines) == len(seen) else tuple(u for u in seen if isinstance(u, Unread))
    return Seen(klines, unread)


def find(body: str) -> tuple[KLine, ...]:
    """The K-line references of a body, in source order."""
    return look(body).klines


def find_unread(body: str) -> tuple[Unread, ...]:
    """The stock pictures of a body that ``find`` leaves out, each with the reason."""
    return look(body).unread


def kept(spelled: Sequence[Attribute]) -> tuple[Attribute, Attribute] | None:
    """The ``src`` and the old address of a picture that ``localize`` pointed to a stored one.

    The old address stands right behind the ``src``: the same attribute anywhere else is the source's own.
    """
    at = next((i for i, a in enumerate(spelled) if a.name == "src"), len(spelled))
    src, *rest = spelled[at : at + 2] or (None,)
    if src and rest and is_local(src.value) and rest[0].name == REMOTE and rest[0].span[0] == src.span[1] + 1:
        return src, rest[0]
    return None


def _walk(body: str) -> Iterator[KLine | Unread]:
    candidates = _candidates(body)
    if not candidates:
        return
    # Stock pictures stand at the top: what follows the last candidate needs no look, if so far all is regular.
    head = body[: body.find(">", candidates[-1] - 1) + 1]
    regular = is_regular(head)
    mentioned = partial(mentions, body)
    link: Token | None = None
    of_link: list[Reading | None] | None = []
    marked = False
    for token in tokens_of(head if regular else body, _NAMES, regular=regular or None):
        found: KLine | Unread | None = None
        if token.kind == "comment":
            text = body[token.start : token.end]
            marked = "EM_StockImg_Start" in text or (marked and "EM_StockImg_End" not in text)
            if marked and _PLACEHOLDER.fullmatch(text):
                of_link = _of_link(body, link) if of_link is None else of_link
                found = _kline((token.start, token.end), "", None, decide(of_link, mentioned))
        elif token.name == "a":
            link = token if token.kind == "start" else None
            of_link = None
        elif token.kind == "start" and _is_marked(body[token.start : token.end]):
            of_link = _of_link(body, link) if of_link is None else of_link
            found = _image(body, token, of_link, mentioned)
        if found:
            yield found


def _candidates(body: str, start: int = 0) -> list[int]:
    """Where the likely ends are of what may be a stock picture: a placeholder, a tag that is marked or has no end."""
    return [match.end() for match in _CANDIDATE.finditer(body, start) if not match["end"] or _is_marked(match[0])]


def _is_marked(spelled: str) -> bool:
    spelled = spelled.lower()
    for mark in _MARKS:  # noqa: SIM110 - asked of every picture
        if mark in spelled:
            return True
    return False


def _image(body: str, tag: Token, link: list[Reading | None], mentioned: Mentions) -> KLine | Unread | None:
    given = values(body, tag)
    stored = kept(attributes(body, tag)) if REMOTE in given else None
    spelling = stored[1].value if stored else given.get("src", "")
    address, alt = read(plain(spelling)), plain(given.get("alt", ""))
    own = [plain(given[name]).replace("\xa0", " ") for name in ("data-code", "data-code2") if name in given]
    told = stock_picture(alt, own)
    if not (address or told):
        return None
    readings = [*_of_nid(address), *map(from_data_code, own), *link, *_of_old_id(address), from_alt(alt)]
    security = decide(readings, mentioned)
    return _kline((tag.start, tag.end), spelling, address, security, told or "kline")


def _of_nid(address: Address | None) -> list[Reading | None]:
    return [from_nid(address.nid)] if address else []


def _of_old_id(address: Address | None) -> list[Reading | None]:
    if address is None:
        return []
    if address.sina:
        return [from_sina(address.sina)]
    return [from_old_id(address.old_id)] if address.old_id else []


def _of_link(body: str, link: Token | None) -> list[Reading | None]:
    if link is None:
        return []
    given = values(body, link)
    href = plain(given.get("href", ""))[:_LONGEST_HREF]
    return [from_data_code(plain(given.get("data-code", "")), "link"), from_link(href)]


def _kline(
    span: Span, spelling: str, address: Address | None, security: Security | None, told: PictureKind = "kline"
) -> KLine | Unread:
    if security is None:
        return Unread(span, "no part of the picture names a security")
    secid = f"{security.market}.{security.code}"
    exchange, symbol = describe(security.market, security.code)
    kind, period = (address.kind or told, address.period) if address else (told, "D")
    conflicts = security.conflicts
    current = address is not None and address.scheme is not None and security.part == "nid"
    if address and address.nid and security.part != "nid":
        conflicts += (f"nid {address.nid[:40]!r} is no security",)
    return KLine(
        secid=secid,
        market=security.market,
        code=security.code,
        exchange=exchange,
        symbol=symbol,
        kind=kind,
        period=period,
        url=absolute(plain(spelling)) if current else write(secid, kind, period, address),
        spelling=spelling,
        span=span,
        evidence=security.part,
        guessed=security.guessed,
        foreign=address is None and _FOREIGN.match(spelling) is not None,
        conflicts=conflicts,
    )

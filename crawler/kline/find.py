"""Finding: the stock pictures of an article body, and what each of them means."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from crawler.items import KLine, Post, Security, changed
from crawler.kline import codes
from crawler.kline.addresses import SERVICES, STOCKS_ONLY, Address, PictureKind, absolute, plain, read, write
from crawler.kline.codes import Reading
from crawler.kline.links import SPELLED, links, of_link
from crawler.kline.markets import describe
from crawler.kline.paths import is_local
from crawler.kline.trust import Decision, agreed, decide, mentions
from crawler.markup import Attribute, Span, Token, attributes, values
from crawler.patterns import compiled
from crawler.regular_markup import is_regular, tokens_of

REMOTE = "data-remote-src"
"""The attribute in which a picture that was stored keeps its old address."""

_NAMES = frozenset({"a", "img"})
_MARKS = (*dict.fromkeys(row.host.lower() for row in SERVICES), *codes.MARKS)
_PLACEHOLDER = compiled(r"<!--\s*IMG#\d{1,4}\s*-->", re.IGNORECASE)
_MARK = compiled(r"<!--\s*+EM_StockImg_(?:(?P<start>Start)|End)\s*+-->", re.IGNORECASE)
_CANDIDATE = compiled(
    r"<(?:[iI][mM][gG][^<>]*(?P<end>>?)|!--\s*[iI][mM][gG]#|!--[^<>]*+(?P<odd>(?=<)|(?<!--)(?=>))"
    rf"|(?P<link>{SPELLED}))"
)
_FOREIGN = compiled(rf"\s*(?:(?:https?:)?//(?!{STOCKS_ONLY}[:/])[^/\s]|data:image/(?!gif;.{{0,200}}\Z))", re.IGNORECASE)


class Unresolved(NamedTuple):
    """A picture that looks like one of a stock, but no part of it names a security that can be used."""

    span: Span
    reason: str


class _Picture(NamedTuple):
    """What the parts of a picture say, in falling order of trust."""

    spelling: str
    address: Address | None
    kind: PictureKind
    readings: tuple[Reading, ...]
    agreed: Decision | None
    """What they say, where they say one thing."""


class References(NamedTuple):
    """The stock pictures of a body, in source order."""

    klines: tuple[KLine, ...]
    unresolved: tuple[Unresolved, ...]
    links: tuple[Security, ...]
    """Those to the pages of securities."""


def find_all(body: str) -> References:
    """Every stock picture of a body: the references, and what cannot be resolved; and its links to securities."""
    klines: list[KLine] = []
    unresolved: list[Unresolved] = []
    candidates, linked, odd = _candidates(body)
    for one in _walk(body, candidates):
        (klines if isinstance(one, KLine) else unresolved).append(one)  # type: ignore[arg-type]
    return References(tuple(klines), tuple(unresolved), links(body, linked, odd=odd))


def find(body: str) -> tuple[KLine, ...]:
    """The K-line references of a body, in source order."""
    return find_all(body).klines


def referring(post: Post, body: str) -> Post:
    """The post with this body, and what that refers to."""
    klines, _, links = find_all(body)
    return changed(post, body=body, klines=klines, links=links)


def stored_source(spelled: Sequence[Attribute]) -> tuple[Attribute, Attribute] | None:
    """The ``src`` and the old address of a picture that ``localize`` pointed to a stored one.

    The old address stands right behind the ``src``: the same attribute anywhere else is the source's own.
    """
    at = next((i for i, a in enumerate(spelled) if a.name == "src"), len(spelled))
    src, *rest = spelled[at : at + 2] or (None,)
    if src and rest and is_local(src.value) and rest[0].name == REMOTE and rest[0].span[0] == src.span[1] + 1:
        return src, rest[0]
    return None


def _walk(body: str, candidates: Sequence[int]) -> Iterator[KLine | Unresolved]:
    if not candidates:
        return
    # Stock pictures stand at the top: what follows the last candidate needs no look, if so far all is regular.
    head = body[: body.find(">", candidates[-1] - 1) + 1]
    regular = is_regular(head)
    mentioned = partial(mentions, body)
    link = ""
    in_block = False
    for token in tokens_of(head if regular else body, _NAMES, regular=regular or None):
        if token.kind == "comment":
            text = body[token.start : token.end]
            if mark := _MARK.search(text):
                # The marks are not balanced: only a start whose next mark is an end begins a block.
                following = _MARK.search(body, token.end) if mark["start"] else None
                in_block = following is not None and not following["start"]
            elif in_block and _PLACEHOLDER.fullmatch(text):
                yield _kline((token.start, token.end), "", None, decide(of_link(link), mentioned))
        elif token.name == "a":
            link = body[token.start : token.end] if token.kind == "start" else ""
        elif (
            token.kind == "start"
            and _is_marked(spelled := body[token.start : token.end])
            and (found := _picture(spelled, link))
        ):
            security = found.agreed or decide(found.readings, mentioned)
            yield _kline((token.start, token.end), found.spelling, found.address, security, found.kind)


def _candidates(body: str) -> tuple[list[int], list[Span], bool]:
    """Where the likely ends are of what may be a stock picture: a placeholder, a tag that is marked or has no end.

    And what may be links, and whether markup may stand in comments or values.
    """
    ends, linked, odd = list[int](), list[Span](), False
    for match in _CANDIDATE.finditer(body):
        if match.lastgroup == "link":
            odd = odd or match[0][-1] != ">"
            linked.append(match.span())
        elif match.lastgroup == "odd":
            odd = True
        elif not match["end"] or _is_marked(match[0]):
            ends.append(match.end())
    return ends, linked, odd


def _is_marked(spelled: str) -> bool:
    return _has_mark(spelled) or _has_mark(spelled.lower())


def _has_mark(spelled: str) -> bool:
    for mark in _MARKS:  # noqa: SIM110 - asked of every picture
        if mark in spelled:
            return True
    return False


@lru_cache(maxsize=256)
def _picture(spelled: str, link: str) -> _Picture | None:
    """What a picture's tag and the ``a`` round it say; articles of one stock have the same ones."""
    tag = Token("start", 0, len(spelled), "img")
    given = values(spelled, tag)
    stored = stored_source(attributes(spelled, tag)) if REMOTE in given else None
    spelling = stored[1].value if stored else given.get("src", "")
    address, alt = read(plain(spelling)), plain(given.get("alt", ""))
    own = [plain(given[name]).replace("\xa0", " ") for name in ("data-code", "data-code2") if name in given]
    told = codes.stock_picture(alt, own)
    if not (address or told):
        return None
    readings = (
        codes.from_nid(address.nid) if address else None,
        address and (codes.from_sina(address.sina) if address.sina else codes.from_old_id(address.old_id)),
        *map(codes.from_data_code, own),
        codes.from_alt(alt),
        *of_link(link),
    )
    said = tuple(filter(None, readings))
    return _Picture(spelling, address, told or "kline", said, agreed(said))


def _kline(
    span: Span, spelling: str, address: Address | None, security: Decision | None, told: PictureKind = "kline"
) -> KLine | Unresolved:
    if security is None:
        return Unresolved(span, "no part of the picture names a security")
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

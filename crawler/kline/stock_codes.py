"""Securities as people write them: ``600519``, ``00700.HK``, ``sz000001``, ``AAPL``, ``BK1037``, ``1.600519``."""

import re
from difflib import get_close_matches

from crawler.kline.codes import SECID
from crawler.kline.markets import BY_NUMBER, HK, MARKETS, US, guess, spell
from crawler.patterns import compiled

_SUFFIXES = {market.suffix: market.number for market in reversed(MARKETS)} | {"SS": 1, "BJ": 0, "HK": HK[0]}
_PREFIXED = compiled(r"(?P<suffix>SH|SZ|BJ|HK)\.?(?P<code>\d{1,6})", re.ASCII)
_SUFFIXED = compiled(r"(?P<code>[A-Z0-9_-]{1,12})\.(?P<suffix>[A-Z]{1,6})", re.ASCII)
_BARE = compiled(r"\d{5,6}|[A-Z]{1,5}(?:[._-][A-Z]{1,2})?", re.ASCII)
_BOARD = compiled(r"BK\d{4}", re.ASCII)
_CLASSES = {"A"}
"""Suffixes of markets that may name a class of shares instead."""
_LENGTHS = {0: 6, 1: 6, HK[0]: 5}
EXAMPLES = {
    "600519": ("1.600519",),
    "000001.SZ": ("0.000001",),
    "sh000001": ("1.000001",),
    "920002.BJ": ("0.920002",),
    "00700.HK": ("116.00700",),
    "700.HK": ("116.00700",),
    "AAPL": ("105.AAPL", "106.AAPL", "107.AAPL"),
    "NIO.N": ("106.NIO",),
    "BRK.A": ("105.BRK_A", "106.BRK_A", "107.BRK_A", "107.BRK"),
    "BK1037": ("90.BK1037",),
    "116.00700": ("116.00700",),
}
"""How a security may be written, and where it may be listed."""


def secids(text: str) -> tuple[str, ...]:
    """Under which secids the security may be listed, the likeliest first. Raises ValueError for no known shape."""
    spelled = text.strip()
    if (match := SECID.fullmatch(spelled)) and int(match["market"]) in BY_NUMBER:
        return (f"{match['market']}.{spell(int(match['market']), match['code'])}",)
    code = spelled.upper()
    told = _PREFIXED.fullmatch(code) or _SUFFIXED.fullmatch(code)
    if told and (number := _SUFFIXES.get(told["suffix"])) is not None:
        if told["suffix"] in {"SH", "SS", "SZ", "BJ", "HK"}:
            return (f"{number}.{_filled(number, told['code'], text)}",)
        if told["suffix"] in _CLASSES:  # BRK.A, and what Choice writes so of the AMEX
            return (*(f"{us}.{told['code']}_{told['suffix']}" for us in US), f"{number}.{told['code']}")
        return (f"{number}.{told['code']}",)
    code = code.removesuffix(".US")
    if _BOARD.fullmatch(code):
        return (f"90.{code}",)
    if _BARE.fullmatch(code):
        markets = guess(code)
        numbers = US if markets == US else markets[:1]
        return tuple(f"{number}.{code.replace('.', '_') if markets == US else code}" for number in numbers)
    raise _unknown(text)


def _filled(number: int, code: str, text: str) -> str:
    """The code in its length: Hong Kong's zeros in front are left out in use."""
    filled = code.zfill(_LENGTHS[number]) if number == HK[0] else code
    if len(filled) != _LENGTHS[number] or not filled.isdigit():
        raise _unknown(text)
    return filled


def _unknown(text: str) -> ValueError:
    near = get_close_matches(text.strip().upper(), EXAMPLES, 3, cutoff=0.3) or list(EXAMPLES)[:3]
    shapes = ", ".join(EXAMPLES)
    return ValueError(
        f"stock={text[:80]}: no security is written so: did you mean one like {', '.join(near)}? ({shapes})"
    )

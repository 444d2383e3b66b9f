"""Which securities of an archive somebody means by a symbol, a secid or a name."""

import unicodedata
from collections.abc import Iterable

from crawler.kline.markets import described
from crawler.kline.stock_codes import secids
from crawler.nearest import answer, nearest


def secids_meant(stock: str, known: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The secids that are meant, of those ``known`` with their names; raises ValueError, which names the nearest."""
    wanted, told = unicodedata.normalize("NFKC", stock).strip(), set(known)
    there = {secid for secid, _ in told}
    if found := {secid for secid, name in told if name and name in {wanted, stock.strip()}}:
        return frozenset(found)
    try:
        found = there & {*secids(wanted)}
    except ValueError:  # not spelled as securities are: a name
        found = set()
    if found:
        return frozenset(found)
    words = {
        word: f"{name or secid} ({symbol_of(secid)})" for secid, name in sorted(told) for word in _words(secid, name)
    }
    near = nearest(wanted.upper(), words, 0.3)
    raise ValueError(f"no article is about {wanted[:80]}: {answer(near and words[near])}")


def symbol_of(secid: str) -> str:
    """``600050.SH``; the secid where the market is not known."""
    return described(secid)[1]


def _words(secid: str, name: str) -> set[str]:
    symbol = symbol_of(secid)
    return {word.upper() for word in (secid, symbol, symbol.partition(".")[0], name) if word}

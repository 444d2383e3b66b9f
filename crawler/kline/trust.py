"""Trust: which part of a K-line reference is believed, and what becomes of the contradictions (domain-facts 6.3)."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from crawler.kline.codes import CODE, US_NAMES, Part, Reading
from crawler.kline.markets import guess, spell
from crawler.patterns import compiled

_MENTION = compiled(
    rf"stock_(?P<us>NASDAQ|NYSE|AMEX)_(?P<us_code>[A-Za-z]+)7"
    rf"|(?:stock_|unify/r/|data-code=[\"'])(?P<market>\d{{1,4}})[.,](?P<code>{CODE})",
    re.ASCII,
)

Mentions: TypeAlias = Callable[[], dict[str, int]]
"""``mentions`` of the body at hand, run only when no part of the picture tells the market."""


class Decision(NamedTuple):
    """The outcome: who it is, who said so, whether the market had to be guessed, and who disagreed."""

    market: int
    code: str
    part: Part
    guessed: bool
    conflicts: tuple[str, ...]


@lru_cache(maxsize=8)
def mentions(body: str) -> dict[str, int]:
    """The market of each code (upper case) that the article's text itself links to, unless it names two."""
    found: dict[str, int] = {}
    for match in _MENTION.finditer(body):
        code = (match["us_code"] or match["code"]).upper()
        market = US_NAMES[match["us"]] if match["us"] else int(match["market"])
        if found.setdefault(code, market) != market:
            found[code] = -1
    return {code: market for code, market in found.items() if market >= 0}


def agreed(readings: Sequence[Reading]) -> Decision | None:
    """What the readings name of which the first tells the market, and no other says anything else; None else."""
    first = readings[0] if readings else None
    if first is None or len(first.markets) != 1:
        return None
    agreeing = first[1:], (first.code, ())
    if not all(reading[1:] in agreeing for reading in readings):
        return None
    return Decision(first.markets[0], spell(first.markets[0], first.code), first.part, False, ())


def decide(said: Iterable[Reading | None], mentioned: Mentions) -> Decision | None:
    """The security that the most trusted part names; what the others say fills gaps, and contradictions are kept."""
    readings = [reading for reading in said if reading]
    if not readings:
        return None
    if common := agreed(readings):  # most are so
        return common
    first = readings[0]
    same = [r for r in readings if r.code.upper() == first.code.upper()]
    candidates, guessed = first.markets, False
    for other in same[1:]:
        if len(candidates) != 1 and other.markets:
            candidates = tuple(m for m in candidates if m in other.markets) if candidates else other.markets
            candidates = candidates or first.markets
    if len(candidates) != 1:
        candidates = candidates or guess(first.code)
        hint = mentioned().get(first.code.upper())
        guessed = hint is None or (bool(first.markets) and hint not in first.markets)
        candidates = candidates if hint is None or guessed else (hint,)
    market = candidates[0]
    contrary = (
        r for r in readings[1:] if r.code.upper() != first.code.upper() or (r.markets and market not in r.markets)
    )
    conflicts = tuple(dict.fromkeys(f"{first}, {r}" for r in contrary))
    return Decision(market, spell(market, first.code), first.part, guessed, conflicts)

"""Which articles have the same text, under other ids or from other media: told of each; none is left out for it.

MinHash finds what may be alike, the texts themselves decide. What the numbers give on made-up pairs stands in
``docs/asking.md``, and ``tests/search/test_reprints.py`` holds it.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, groupby
from operator import itemgetter

from rensa import RMinHash

from crawler.patterns import compiled
from crawler.search.tables import unpacked
from crawler.sites import digits

ALIKE = 0.7
"""The part of all pieces of two texts that both must have, at least."""
_PIECE = 5
_SHORTEST = 60
"""Letters and digits; what has fewer is alike too easily: flashes are made by forms."""
_BANDS, _ROWS = 25, 5
"""Of 125 least hashes so many groups: two texts that are just alike have one in common 99 times in a hundred."""
_FORM = 20
"""What more articles than these have is a form, a table or a notice, and no reprint."""
_SIGNS = compiled(r"[\W_]+")
_SOURCE, _CLOSING = "文章来源", 60


def bands(folded: str) -> list[int]:
    """Numbers of a folded text, of which two texts that are alike have some in common; none of a short one."""
    pieces = _pieces(folded)
    if not pieces:
        return []
    hashes = RMinHash(num_perm=_BANDS * _ROWS, seed=1)
    hashes.update(list(pieces))
    told = hashes.digest()
    groups = (told[start : start + _ROWS] for start in range(0, _BANDS * _ROWS, _ROWS))
    spelled = (f"{number} {group}".encode() for number, group in enumerate(groups))
    return [int.from_bytes(blake2b(one, digest_size=8).digest(), signed=True) for one in spelled]


def reprints(db: sqlite3.Connection, codes: Collection[str] | None = None) -> dict[str, list[str]]:
    """Of articles that have reprints, their codes, by code; ``codes``: of these alone."""
    named, found = dict[int, str](), defaultdict[str, set[str]](set)
    among = "" if codes is None else _AMONG
    rows = db.execute(
        f"SELECT hash, id, code FROM bands JOIN posts USING (id) {among} ORDER BY hash",  # noqa: S608
        () if codes is None else (json.dumps(list(codes)),),
    )
    pairs = set[tuple[int, int]]()
    for _, some in groupby(rows, itemgetter(0)):
        ids = {number: code for _, number, code in some}
        if 1 < len(ids) <= _FORM:
            named |= ids
            pairs.update(combinations(sorted(ids), 2))
    for one, other in _alike(db, pairs):
        first, second = named[one], named[other]
        if digits(first) != digits(second):
            found[first].add(second)
            found[second].add(first)
    return {code: sorted(others) for code, others in found.items() if codes is None or code in codes}


_AMONG = "WHERE hash IN (SELECT hash FROM bands JOIN posts USING (id) WHERE code IN (SELECT value FROM json_each(?)))"


def _alike(db: sqlite3.Connection, pairs: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    @lru_cache(maxsize=256)
    def pieces(number: int) -> frozenset[str]:
        return _pieces(unpacked(db.execute("SELECT text FROM folded WHERE id = ?", (number,)).fetchone()[0]))

    for pair in sorted(pairs):
        one, other = map(pieces, pair)
        if len(one & other) >= ALIKE * len(one | other):
            yield pair


def _pieces(folded: str) -> frozenset[str]:
    """The runs of a text's letters and digits, the line that names the source left out; none of a short one."""
    text = _SIGNS.sub("", folded)
    before, mark, after = text.rpartition(_SOURCE)
    text = before if mark and len(after) < _CLOSING else text
    if len(text) < _SHORTEST:
        return frozenset()
    return frozenset(text[start : start + _PIECE] for start in range(len(text) - _PIECE + 1))
